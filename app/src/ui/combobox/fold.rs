//! Folds text as the database does.

/// As [`domain::fold`], with the browser's Unicode tables.
#[cfg(not(feature = "ssr"))]
pub(crate) fn fold(text: &str) -> String {
    domain::fold::<Browser>(text)
}

#[cfg(feature = "ssr")]
pub(crate) use services::fold;

#[cfg(not(feature = "ssr"))]
enum Browser {}

#[cfg(not(feature = "ssr"))]
impl domain::Normalize for Browser {
    fn nfkd(text: &str) -> String {
        normalized(text, "NFKD")
    }

    fn nfc(text: &str) -> String {
        normalized(text, "NFC")
    }
}

#[cfg(feature = "hydrate")]
fn normalized(text: &str, form: &str) -> String {
    js_sys::JsString::from(text).normalize(form).into()
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
fn normalized(text: &str, _: &str) -> String {
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_case_and_accents() {
        for (text, folded) in [
            ("Österreich", "osterreich"),
            ("ÅLAND", "aland"),
            ("Łódź", "lodz"),
            ("e\u{301}", "e"),
            ("日本", "日本"),
            ("ΟΔΟΣ", "οδοσ"),
            ("Οδός", "οδοσ"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
