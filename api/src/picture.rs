//! Pictures inside JSON.

use axum::body::Bytes;
use base64::{Engine, engine::general_purpose::STANDARD};

/// The refusal of text that isn't base64.
pub(crate) const NOT_BASE64: &str = "Send the picture’s bytes in base64.";

/// Decodes a picture from base64, which can have line breaks, as the `base64` command writes them, and a `data:` prefix.
pub(crate) fn decode(text: &str) -> Option<Bytes> {
    let text = text.trim();
    let text = match text.split_once(',') {
        Some((prefix, rest)) if prefix.starts_with("data:") && prefix.ends_with(";base64") => rest,
        _ => text,
    };
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(digits).ok().map(Bytes::from)
}

/// Encodes a picture as base64.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_as_programs_write_it() {
        let read = |text: &str| decode(text).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        for text in ["cGljdHVyZQ==", " cGljdHVyZQ==\n", "cGlj\ndHVy\r\nZQ==\n", "data:image/png;base64,cGljdHVyZQ==", "data:;base64,cGlj\ndHVyZQ=="] {
            assert_eq!(read(text).as_deref(), Some("picture"), "{text}");
        }
        assert_eq!(read("").as_deref(), Some(""));
        for text in ["?", "cGljdHVyZQ", "data:image/png,cGljdHVyZQ==", "image/png;base64,cGljdHVyZQ=="] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
