//! E-mail addresses.

use super::line;
use crate::limits;

/// An e-mail address that mail can be sent to, or an empty text. Only the server, which has the IDNA tables, checks domains beyond ASCII.
pub(crate) fn email(text: &str) -> Result<String, String> {
    let text = line(text, limits::EMAIL)?;
    if text.is_empty() || is_email(&text) { Ok(text) } else { Err("Enter an e-mail address such as name@example.com.".to_owned()) }
}

/// Whether a text is an e-mail address.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let atom = |atom: &str| !atom.is_empty() && atom.chars().all(plain);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    local.len() <= 64 && local.split('.').all(atom) && host.contains('.') && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        for right in ["", "a@b.co", "first.last+tag@sub.example.com", "ö@exämple.de", "o'neil@example.com"] {
            assert!(email(right).is_ok(), "{right}");
        }
        for wrong in ["a", "a@b", "@b.co", "a@-b.co", "a b@c.de", "a@b..co", "a@b.co\n.x", ".a@b.co", "a.@b.co", "a..b@b.co", "a\u{200b}@b.co"] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
    }
}
