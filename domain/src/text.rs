//! Rules for short texts, shared by every draft.

/// Trims, then checks the length in characters. A control character other than a line break is refused.
pub(crate) fn limited(text: &str, max: usize) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() > max {
        return Err(format!("Use at most {max} characters."));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        return Err("Remove the invisible control characters.".to_owned());
    }
    Ok(text.to_owned())
}

/// As [`limited`], and not empty.
pub(crate) fn required(text: &str, max: usize, missing: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err(missing.to_owned()) } else { limited(text, max) }
}

/// One line: as [`limited`], without line breaks.
pub(crate) fn line(text: &str, max: usize) -> Result<String, String> {
    if text.trim().contains(['\n', '\r', '\t']) { Err("Use one line.".to_owned()) } else { limited(text, max) }
}

/// An e-mail address as browsers accept it, or nothing.
pub(crate) fn email(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || is_email(text) { limited(text, 254) } else { Err("Enter an e-mail address such as name@example.com.".to_owned()) }
}

fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    !local.is_empty() && local.len() <= 64 && local.chars().all(plain) && host.contains('.') && host.split('.').all(label)
}

/// A telephone number as people write it, or nothing.
pub(crate) fn phone(text: &str) -> Result<String, String> {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || " +-().#/x".contains(c));
    if text.is_empty() || (plain && (3..=20).contains(&digits)) {
        limited(text, 40)
    } else {
        Err("Enter a telephone number such as +1 809 625 0653.".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        for right in ["", "a@b.co", "first.last+tag@sub.example.com", "ö@exämple.de"] {
            assert!(email(right).is_ok(), "{right}");
        }
        for wrong in ["a", "a@b", "@b.co", "a@-b.co", "a b@c.de", "a@b..co", "a@b.co\n.x"] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn phones() {
        for right in ["", "8096250653", "+49 (0)30 1234-567", "020 7946 0018 x12"] {
            assert!(phone(right).is_ok(), "{right}");
        }
        for wrong in ["12", "call me", "123456789012345678901"] {
            assert!(phone(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lengths_count_characters_and_control_characters_are_refused() {
        assert_eq!(limited("  äöü ", 3).as_deref(), Ok("äöü"));
        assert!(limited("abcd", 3).is_err());
        assert!(limited("a\u{0}b", 9).is_err());
        assert!(line("a\nb", 9).is_err());
    }
}
