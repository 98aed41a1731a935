//! Rules for short texts, shared by every draft.

mod email;
mod fold;
mod letters;
mod phone;

pub(crate) use email::email;
pub use email::is_email;
pub use fold::{Normalize, fold, fold_login};
pub(crate) use phone::{is_phone, phone};

use letters::{is_seen, refused};

/// Trims, then checks the length in characters. Refuses control characters other than line breaks and tabs, the characters of [`letters::refused`], and
/// text without a visible character.
pub(crate) fn limited(text: &str, max: usize) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() > max {
        return Err(format!("Use at most {max} characters."));
    }
    if let Some((letter, what)) = text.chars().find_map(|letter| refused(letter).map(|what| (letter, what))) {
        return Err(format!("Remove the invisible character U+{:04X} ({what}).", u32::from(letter)));
    }
    if !text.is_empty() && !text.chars().any(is_seen) {
        return Err("Use characters that can be seen.".to_owned());
    }
    Ok(text.to_owned())
}

/// As [`limited`], and not empty.
pub(crate) fn required(text: &str, max: usize, missing: &str) -> Result<String, String> {
    let text = limited(text, max)?;
    if text.is_empty() { Err(missing.to_owned()) } else { Ok(text) }
}

/// One line that isn't empty.
pub(crate) fn required_line(text: &str, max: usize, missing: &str) -> Result<String, String> {
    line(&required(text, max, missing)?, max)
}

/// One line: as [`limited`], without line breaks.
pub(crate) fn line(text: &str, max: usize) -> Result<String, String> {
    if text.trim().contains(['\n', '\r', '\t']) { Err("Use one line.".to_owned()) } else { limited(text, max) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_characters() {
        assert_eq!(limited("  äöü ", 3).as_deref(), Ok("äöü"));
        assert!(limited("abcd", 3).is_err());
        assert!(line("a\nb", 9).is_err());
    }

    #[test]
    fn a_character_that_is_refused_is_named() {
        let cases = [
            ("a\u{0}b", "U+0000 (control character)"),
            ("a\u{85}b", "U+0085 (control character)"),
            ("a\u{2028}b", "U+2028 (line separator)"),
            ("a\u{2029}b", "U+2029 (paragraph separator)"),
            ("abc\u{202e}fdp.exe", "U+202E (text direction)"),
            ("a\u{2066}b", "U+2066 (text direction)"),
            ("a\u{fffe}b", "U+FFFE (not a character)"),
            ("a\u{1ffff}b", "U+1FFFF (not a character)"),
            ("a\u{fdd0}b", "U+FDD0 (not a character)"),
        ];
        for (text, named) in cases {
            assert_eq!(limited(text, 99), Err(format!("Remove the invisible character {named}.")));
        }
        for right in ["a\nb\tc", "نص\u{200f}", "👩\u{200d}🚀", "a\u{ad}b", "Zoë", "e\u{301}"] {
            assert_eq!(limited(right, 99).as_deref(), Ok(right));
        }
    }

    #[test]
    fn a_name_of_which_nothing_is_seen_is_refused() {
        let blank =
            ["\u{200b}", "\u{3164}", "\u{2800}", "\u{ad}", "\u{fe0f}", "\u{e0041}\u{e007f}", "\u{301}\u{308}", "\u{feff} \u{2060}", "\u{34f}"];
        for name in blank {
            assert_eq!(required(name, 9, "Enter a name."), Err("Use characters that can be seen.".to_owned()), "{name:?}");
            assert!(line(name, 9).is_err(), "{name:?}");
        }
        for name in ["", "  ", "\u{a0}", "\u{3000}"] {
            assert_eq!(required(name, 9, "Enter a name."), Err("Enter a name.".to_owned()), "{name:?}");
        }
    }
}
