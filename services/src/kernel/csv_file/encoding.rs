//! How the bytes of a file stand for letters. UTF-8 can be recognized, and so can a byte order mark; one byte a letter could be any of many encodings.

use domain::TextEncoding::{self, Utf8, Utf16Be, Utf16Le, Windows1252};

/// The refusal of a file that isn't text.
const NO_TEXT: &str = "This isn’t a CSV file: save the table as “CSV UTF-8”, and choose that file.";

/// How files of other kinds begin: those of spreadsheet programs, archives and documents.
const OTHER_KINDS: [&[u8]; 4] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b"];

/// Byte order marks.
const MARKS: [(&[u8], TextEncoding); 3] = [(b"\xef\xbb\xbf", Utf8), (b"\xff\xfe", Utf16Le), (b"\xfe\xff", Utf16Be)];

/// What Windows-1252 has where Latin-1 has control characters, from 0x80 on; 0xFFFD for none.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

/// A file's text, and how it was read.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: TextEncoding,
    pub(super) has_mark: bool,
    pub(super) is_guess: bool,
}

/// The text of a file, in the encoding that was chosen or else recognized.
///
/// # Errors
/// A sentence for a file that isn't text, or not in the encoding that was chosen.
pub(super) fn decoded(file: &[u8], chosen: Option<TextEncoding>) -> Result<Decoded, String> {
    if OTHER_KINDS.iter().any(|kind| file.starts_with(kind)) {
        return Err(NO_TEXT.to_owned());
    }
    let mark = MARKS.iter().find(|(mark, encoding)| file.starts_with(mark) && chosen.is_none_or(|chosen| chosen == *encoding));
    let bytes = file.get(mark.map_or(0, |(mark, _)| mark.len())..).unwrap_or_default();
    let (encoding, is_guess) = match (chosen, mark) {
        (Some(chosen), _) => (chosen, false),
        (None, Some((_, encoding))) => (*encoding, false),
        (None, None) => recognized(bytes).ok_or(NO_TEXT)?,
    };
    let text = match encoding {
        Utf8 => std::str::from_utf8(bytes).map(ToOwned::to_owned).map_err(|error| error.valid_up_to()),
        Utf16Le => utf_16(bytes, u16::from_le_bytes),
        Utf16Be => utf_16(bytes, u16::from_be_bytes),
        Windows1252 => windows_1252(bytes),
    };
    let text = text.map_err(|byte| {
        let line = bytes.iter().take(byte).filter(|byte| **byte == b'\n').count() + 1;
        format!("Line {line} isn’t in {}: choose another encoding, or save the table as “CSV UTF-8”.", encoding.label())
    })?;
    Ok(Decoded { text, encoding, has_mark: mark.is_some(), is_guess })
}

/// The likeliest encoding of bytes without a mark, and whether that is a guess; none for what is no text.
fn recognized(bytes: &[u8]) -> Option<(TextEncoding, bool)> {
    // In UTF-16, most letters of tables have a zero byte: separators, digits, line breaks.
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        let letters = bytes.len() / 2;
        return match (even * 4 > letters, odd * 4 > letters) {
            (false, true) => Some((Utf16Le, true)),
            (true, false) => Some((Utf16Be, true)),
            _ => None,
        };
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Some((Utf8, false));
    }
    windows_1252(bytes).is_ok().then_some((Windows1252, true))
}

/// The text, or the byte at which it isn't UTF-16.
fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, usize> {
    let mut text = String::with_capacity(bytes.len() / 2);
    let (units, rest) = bytes.as_chunks::<2>();
    let mut at = 0;
    for letter in char::decode_utf16(units.iter().map(|pair| unit(*pair))) {
        let letter = letter.map_err(|_| at)?;
        text.push(letter);
        at += letter.len_utf16() * 2;
    }
    if rest.is_empty() { Ok(text) } else { Err(at) }
}

/// The text, or the byte that isn't in Windows-1252.
fn windows_1252(bytes: &[u8]) -> Result<String, usize> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for (at, byte) in bytes.iter().enumerate() {
        let special = byte.checked_sub(0x80).and_then(|index| WINDOWS_1252.get(usize::from(index)));
        match special {
            Some('\u{fffd}') => return Err(at),
            Some(letter) => text.push(*letter),
            None if *byte == 0 => return Err(at),
            None => text.push(char::from(*byte)),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Name,City\r\nMüller & Söhne,Köln\r\n";

    fn utf_16_bytes(unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        TEXT.encode_utf16().flat_map(unit).collect()
    }

    /// The encoding, whether it is a guess, and that the text is right.
    fn found(file: &[u8]) -> (TextEncoding, bool, bool) {
        let decoded = decoded(file, None).unwrap();
        assert_eq!(decoded.text, TEXT);
        (decoded.encoding, decoded.has_mark, decoded.is_guess)
    }

    #[test]
    fn marks_and_utf_8_are_certain() {
        let (le, be) = (utf_16_bytes(u16::to_le_bytes), utf_16_bytes(u16::to_be_bytes));
        assert_eq!(found(TEXT.as_bytes()), (Utf8, false, false));
        assert_eq!(found(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat()), (Utf8, true, false));
        assert_eq!(found(&[&b"\xff\xfe"[..], &le].concat()), (Utf16Le, true, false));
        assert_eq!(found(&[&b"\xfe\xff"[..], &be].concat()), (Utf16Be, true, false));
    }

    #[test]
    fn what_has_neither_is_a_guess() {
        let latin: Vec<u8> = TEXT.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        assert_eq!(found(&latin), (Windows1252, false, true));
        assert_eq!(found(&utf_16_bytes(u16::to_le_bytes)), (Utf16Le, false, true));
        assert_eq!(found(&utf_16_bytes(u16::to_be_bytes)), (Utf16Be, false, true));
        assert_eq!(decoded(b"\x80 100 \x96 \x9f", None).unwrap().text, "€ 100 – Ÿ");
    }

    #[test]
    fn a_choice_that_does_not_fit_is_told_with_its_line() {
        let sentence = |file: &[u8], chosen| decoded(file, Some(chosen)).unwrap_err();
        assert!(sentence(b"a\nb\xfc\n", Utf8).starts_with("Line 2 isn’t in UTF-8"));
        assert!(sentence(b"a\n\x81\n", Windows1252).starts_with("Line 2 isn’t in Windows-1252"));
        assert!(sentence(b"a\0\n\0b", Utf16Le).starts_with("Line 2 isn’t in UTF-16"));
        assert!(sentence(b"\xd8\0a\0", Utf16Be).starts_with("Line 1"), "half a pair");
    }

    #[test]
    fn files_of_other_kinds_are_refused() {
        for file in [&b"PK\x03\x04\x14\xff"[..], b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"\x1f\x8b\x08", b"a\0\0\0b\0\0\0\x81\xff", b"\x81\x8d"] {
            assert_eq!(decoded(file, None).unwrap_err(), NO_TEXT, "{file:?}");
        }
    }
}
