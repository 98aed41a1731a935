//! Passkeys: keys that a device, a security key or a password manager holds, and uses once its owner has proved to it that it's them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Draft, Timestamp, Violations, limits, text};

/// How many passkeys a person can have.
pub const MAX_PASSKEYS: usize = 20;

/// A passkey, as its owner and those who manage them see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// What tells it apart: what the authenticator calls it.
    pub id: String,
    /// As its owner calls it.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used.
    pub last_used: Timestamp,
}

/// What a browser is asked to make a passkey, or to use one. The answer counts once and soon.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyRequest {
    /// Tells the request apart when it is answered.
    pub ceremony: String,
    /// The options of the browser's call, as JSON (<https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON>).
    pub options: String,
}

/// What making a passkey takes.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct PasskeyDraft {
    /// As its owner will call it.
    pub name: String,
    /// The user's password; empty while a sign-in is being finished, which began with it.
    #[serde(default)]
    pub password: String,
    /// Of the request.
    pub ceremony: String,
    /// The new passkey, as the browser writes it in JSON.
    pub answer: String,
}

impl Draft for &PasskeyDraft {
    /// Whether a sign-in is being finished.
    type Context<'a> = bool;
    /// The name. Whether the answer and the password are right is for `services` to check.
    type Checked = String;

    fn check(self, signs_in: bool) -> Result<String, Violations> {
        let mut violations = Violations::new();
        violations.add_if(self.password.is_empty() && !signs_in, "password", "Enter your password.");
        let name = violations.accept("name", text::required(&self.name, limits::SHORT_NAME, "Enter a name for the passkey."));
        let name = violations.accept("name", text::line(&name.unwrap_or_default(), limits::SHORT_NAME)).unwrap_or_default();
        violations.checked(name)
    }
}

/// The use of a passkey.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct PasskeyProof {
    /// Of the request.
    pub ceremony: String,
    /// What the passkey signed, as the browser writes it in JSON.
    pub answer: String,
    /// After the password, whether this browser isn't asked again for a while. Where the partner doesn't allow that, it has no effect.
    #[serde(default)]
    pub trust: bool,
}

/// Nothing of it.
impl fmt::Debug for PasskeyRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasskeyRequest").finish_non_exhaustive()
    }
}

/// Without the password, which no log shall show.
impl fmt::Debug for PasskeyDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasskeyDraft").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Nothing that could be sent again.
impl fmt::Debug for PasskeyProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasskeyProof").field("trust", &self.trust).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passkey_has_a_name() {
        let named = |name: &str| (&PasskeyDraft { name: name.to_owned(), ..PasskeyDraft::default() }).check(true);
        assert_eq!(named(" Phone "), Ok("Phone".to_owned()));
        assert!(named("  ").is_err_and(|violations| violations.of("name") == Some("Enter a name for the passkey.")));
        assert!(named(&"x".repeat(81)).is_err());
    }
}
