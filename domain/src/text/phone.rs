//! Phone numbers.

use super::line;
use crate::limits;

/// What can precede the digits of an extension.
const EXTENSION: [&str; 4] = ["extension", "ext.", "ext", "x"];

/// A phone number as people write it, with or without an extension, or an empty text.
pub(crate) fn phone(text: &str) -> Result<String, String> {
    let text = line(text, limits::PHONE)?;
    if text.is_empty() || is_phone(&text) {
        Ok(text)
    } else {
        let example = "Enter a phone number such as +1 809 625 0653 or 020 7946 0018 ext. 5";
        Err(format!("{example}: 3 to 20 digits, spaces, + - ( ) . / # and an extension."))
    }
}

/// Whether it is a phone number as people write it.
pub(crate) fn is_phone(text: &str) -> bool {
    let text = text.to_lowercase();
    let (number, extension) = match EXTENSION.iter().find_map(|word| text.split_once(word)) {
        Some((number, extension)) => (number, Some(extension)),
        None => (text.as_str(), None),
    };
    // Spaces and dashes of every width, because numbers are pasted from documents.
    let plain = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-‐‑–().#/".contains(c);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let right = match extension {
        Some(extension) => digits(extension) > 0 && extension.chars().all(plain) && (number.trim().is_empty() || digits(number) >= 3),
        None => digits(number) >= 3,
    };
    right && number.chars().all(plain) && digits(&text) <= 20
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones() {
        let right = [
            "",
            "8096250653",
            "+49 (0)30 1234-567",
            "020 7946 0018 x12",
            "+49 (0)170 1-2 ext. 5",
            "x123",
            "809 625 0653 Ext 7",
            "+1\u{a0}809\u{202f}625 0653",
            "030/1234–567",
            "+1 809 625 0653 extension 12",
        ];
        for right in right {
            assert_eq!(phone(right).as_deref(), Ok(right));
        }
        for wrong in ["12", "call me", "123456789012345678901", "x", "ext. five", "12 x5", "809 625 0653 ext.", "1234567 exe 5"] {
            assert!(phone(wrong).is_err_and(|error| error.contains("ext. 5")), "{wrong}");
        }
        assert!(phone("809\n625 0653").is_err());
    }
}
