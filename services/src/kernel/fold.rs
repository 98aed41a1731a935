//! Text normalization on the server, by Unicode's tables.

use std::borrow::Cow;

use domain::Normalize;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Unicode's tables.
enum Tables {}

impl Normalize for Tables {
    fn nfkd(text: &str) -> String {
        text.nfkd().collect()
    }

    fn nfc(text: &str) -> String {
        text.nfc().collect()
    }
}

/// As [`domain::fold`].
#[must_use]
pub fn fold(text: &str) -> String {
    domain::fold::<Tables>(text)
}

/// A text in its stored form: normal form C, so that equal texts have equal bytes.
pub(super) fn stored(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// A password as it is hashed: in normal form KC (RFC 8265), because keyboards encode the same letters differently.
pub(crate) fn password(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

/// The unique key of a login name: [`domain::fold_login`] with the domain of an e-mail address in Unicode.
pub(crate) fn login_key(login: &str) -> String {
    domain::fold_login::<Tables>(&super::email::readable(login))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_white_space_and_the_unseen_fold_away() {
        let cases = [
            ("  Über  Café\tGmbH ", "uber cafe gmbh"),
            ("Cafe\u{301}", "cafe"),
            ("STRASSE Straße", "strasse strasse"),
            ("Łódź Ørsted Æther", "lodz orsted aether"),
            ("İstanbul ılık", "istanbul ilik"),
            ("東京 50%_x", "東京 50%_x"),
            ("ＡＢＣ ﬁrst", "abc first"),
            ("ΟΔΟΣ Οδός", "οδοσ οδοσ"),
            ("СЕРВЕР Йод", "сервер иод"),
            ("Ac\u{200b}me \u{ad}x\u{feff}", "acme x"),
            ("O’Neil", "o'neil"),
            ("", ""),
            ("\u{3164}", ""),
            ("´", "\u{301}"),
            ("a ¨", "a \u{308}"),
            ("¯a", "a"),
        ];
        for (text, folded) in cases {
            assert_eq!(fold(text), folded, "{text}");
            assert_eq!(fold(folded), folded, "folding twice changes nothing");
        }
    }

    #[test]
    fn signs_that_tell_words_apart_stay() {
        assert_ne!(fold("ハス"), fold("バス"));
        assert_ne!(fold("कि"), fold("का"));
        assert_eq!(fold("ﾊﾞｽ"), fold("バス"), "half-width letters are the same");
        assert_eq!(fold("한국"), fold(&"한국".nfd().collect::<String>()));
    }

    #[test]
    fn a_login_name_is_the_same_in_every_spelling() {
        for (one, other) in [("café", "cafe\u{301}"), ("Ada@Example.com", "ada@example.com"), ("a\u{200b}da", "ada"), ("ΝΙΚΟΣ", "νικος")] {
            assert_eq!(login_key(one), login_key(other), "{one}");
        }
        assert_eq!(login_key("user@exämple.com"), login_key("user@xn--exmple-cua.com"));
        assert_ne!(login_key("café"), login_key("cafe"));
    }
}
