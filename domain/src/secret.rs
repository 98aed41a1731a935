//! Secrets as they are typed, on their way to being encrypted.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A password or key that somebody typed. It has no words: `Debug` doesn't show it, it has no `Display`, and no [`Change`](crate::Change) can be made of it.
/// What a record says of a secret is only whether there is one, and whether it is new.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Whether nothing was typed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The secret itself, for what checks and encrypts it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(typed: String) -> Self {
        Self(typed)
    }
}

impl From<&str> for Secret {
    fn from(typed: &str) -> Self {
        Self(typed.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "Secret(none)" } else { "Secret(…)" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_travels_as_text_and_shows_nothing() {
        let secret = Secret::from("hunter2");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"hunter2\"");
        assert_eq!(format!("{secret:?} {:?}", Secret::default()), "Secret(…) Secret(none)");
    }
}
