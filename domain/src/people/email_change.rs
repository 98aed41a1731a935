//! Changing one's own e-mail address, which the new address confirms.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Draft, Timestamp, Violations, text};

/// What the form sends.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct EmailChangeDraft {
    /// The new address.
    pub email: String,
    /// The current password, because whoever reads the mail can choose another one.
    pub password: String,
}

/// Without the password, which no log shall show.
impl fmt::Debug for EmailChangeDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailChangeDraft").field("email", &self.email).finish_non_exhaustive()
    }
}

impl Draft for EmailChangeDraft {
    /// The address so far.
    type Context<'a> = &'a str;
    /// The new address. Whether the password is right is for `services` to check.
    type Checked = String;

    fn check(self, before: &str) -> Result<String, Violations> {
        let mut violations = Violations::new();
        let email = if self.email.trim().is_empty() { Err("Enter your new e-mail address.".to_owned()) } else { text::email(&self.email) };
        let email = violations.accept("email", email).unwrap_or_default();
        violations.add_if(!email.is_empty() && email == before, "email", "This is your e-mail address already.");
        violations.add_if(self.password.is_empty(), "password", "Enter your current password.");
        violations.checked(email)
    }
}

/// An address that waits to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingEmail {
    /// The new address.
    pub email: String,
    /// Until when the link works.
    pub expires: Timestamp,
}

/// Whether users can change their own address, and what they began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailSetting {
    /// Whether a mail server is configured, without which nothing can be confirmed.
    pub has_mail: bool,
    /// The address that waits to be confirmed.
    pub pending: Option<PendingEmail>,
}

/// What the page of a link shows before the new address is confirmed. Whoever reads it may be the wrong person, so it has nothing else of the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailChangeLink {
    /// Login name.
    pub login: String,
    /// The new address.
    pub email: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_must_be_another_one() {
        let check = |email: &str, password: &str| {
            let draft = EmailChangeDraft { email: email.to_owned(), password: password.to_owned() };
            draft
                .check("ada@leoart.example")
                .map_err(|violations| violations.iter().map(|violation| violation.message.clone()).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(check(" grace@leoart.example ", "x").unwrap(), "grace@leoart.example");
        assert_eq!(check("", "").unwrap_err(), "Enter your new e-mail address. Enter your current password.");
        assert_eq!(check("ada@leoart.example", "x").unwrap_err(), "This is your e-mail address already.");
        assert_eq!(check("ada", "x").unwrap_err(), "Enter an e-mail address such as name@example.com.");
    }
}
