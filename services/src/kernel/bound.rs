//! Normalizes every text that is bound to a statement, so equal texts have equal bytes and both databases accept them.

use std::{borrow::Cow, sync::Arc};

use sqlx::{
    Any, Execute, SqlStr,
    any::{AnyArguments, AnyStatement},
    error::BoxDynError,
};
use sqlx_core::any::AnyValueKind;

use super::fold::stored;

/// A statement whose texts are bound in normal form C, with U+FFFD for NUL, which PostgreSQL refuses. Only searches contain NUL and then find nothing: `domain`
/// refuses it in fields.
pub(super) struct Bound<E>(pub(super) E);

impl<'q, E: Execute<'q, Any>> Execute<'q, Any> for Bound<E> {
    fn sql(self) -> SqlStr {
        self.0.sql()
    }

    fn statement(&self) -> Option<&AnyStatement> {
        self.0.statement()
    }

    fn take_arguments(&mut self) -> Result<Option<AnyArguments>, BoxDynError> {
        let mut arguments = self.0.take_arguments()?;
        for value in arguments.iter_mut().flat_map(|arguments| &mut arguments.values.0) {
            match value {
                AnyValueKind::Text(text) => bound(text).into_iter().for_each(|changed| *text = Arc::new(changed)),
                AnyValueKind::TextSlice(text) => bound(text).into_iter().for_each(|changed| *text = changed.into()),
                _ => {}
            }
        }
        Ok(arguments)
    }

    fn persistent(&self) -> bool {
        self.0.persistent()
    }
}

/// A text as a statement stores it.
pub(super) fn as_stored(text: String) -> String {
    bound(&text).unwrap_or(text)
}

/// The normalized text; none if it is already normalized.
fn bound(text: &str) -> Option<String> {
    let mut text = stored(text);
    if text.contains('\0') {
        text = Cow::Owned(text.replace('\0', "\u{fffd}"));
    }
    match text {
        Cow::Borrowed(_) => None,
        Cow::Owned(changed) => Some(changed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_one_spelling_and_no_nul() {
        assert_eq!(bound("plain"), None);
        assert_eq!(bound("caf\u{e9}"), None);
        assert_eq!(bound("cafe\u{301}").as_deref(), Some("caf\u{e9}"));
        assert_eq!(bound("a\0b").as_deref(), Some("a\u{fffd}b"));
        let mut statement = Bound(sqlx::query::<Any>("SELECT $1, $2, $3").bind("a\0".to_owned()).bind("\0b").bind(7_i64));
        let arguments = statement.take_arguments().unwrap().unwrap();
        let text = |value: &AnyValueKind| match value {
            AnyValueKind::Text(text) => text.to_string(),
            AnyValueKind::TextSlice(text) => text.to_string(),
            _ => String::new(),
        };
        assert_eq!(arguments.values.0.iter().map(text).collect::<Vec<_>>(), ["a\u{fffd}", "\u{fffd}b", ""]);
    }
}
