//! Signing in, as typed and as listed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Draft, NewPassword, SessionId, Timestamp, UserId, Violations, counted, limits, text};

/// What the sign-in form sends.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SignInDraft {
    /// Login name, an e-mail address as a rule; upper and lower case are the same.
    pub login: String,
    /// Password.
    pub password: String,
}

/// What the form of the one-time set-up link sends: the first administrator.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct AdministratorDraft {
    /// The partner's name.
    pub organization: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address, which is the login name too.
    pub email: String,
    /// Password.
    pub password: String,
    /// The same again.
    pub confirmation: String,
}

/// Without the password, which no log shall show.
impl fmt::Debug for SignInDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInDraft").field("login", &self.login).finish_non_exhaustive()
    }
}

/// Without the password.
impl fmt::Debug for AdministratorDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdministratorDraft").field("email", &self.email).finish_non_exhaustive()
    }
}

/// The first administrator and the partner, checked and trimmed.
pub struct AdministratorProfile {
    /// The partner's name.
    pub organization: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address, which is the login name too.
    pub email: String,
    /// Password.
    pub password: NewPassword,
}

impl Draft for AdministratorDraft {
    type Context<'a> = ();
    type Checked = AdministratorProfile;

    fn check(self, (): ()) -> Result<AdministratorProfile, Violations> {
        let mut violations = Violations::new();
        let name = text::required_line;
        let organization = violations.accept("organization", name(&self.organization, limits::NAME, "Enter the name of your company."));
        let first_name = violations.accept("first_name", name(&self.first_name, limits::PERSON_NAME, "Enter your first name."));
        let last_name = violations.accept("last_name", name(&self.last_name, limits::PERSON_NAME, "Enter your last name."));
        let email = violations
            .accept("email", if self.email.trim().is_empty() { Err("Enter your e-mail address.".to_owned()) } else { text::email(&self.email) });
        let password = NewPassword::check(&self.password, &self.confirmation, "password", "confirmation", &mut violations);
        match (organization, first_name, last_name, email, password) {
            (Some(organization), Some(first_name), Some(last_name), Some(email), Some(password)) => {
                Ok(AdministratorProfile { organization, first_name, last_name, email, password })
            }
            _ => Err(violations),
        }
    }
}

/// The state of a page's session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionState {
    /// Its user.
    pub user: UserId,
    /// Seconds until it ends if it isn't used.
    pub ends_in: i64,
}

/// The refusal after too many attempts, with how long to wait.
#[must_use]
pub fn too_many_attempts(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    let wait = if seconds < 120 { counted(seconds, "second", "seconds") } else { counted(seconds.div_ceil(60), "minute", "minutes") };
    format!("Too many attempts. Wait {wait} and try again.")
}

/// A session in the list of a user's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Which one, of no use for signing in.
    pub id: SessionId,
    /// When the user signed in.
    pub created: Timestamp,
    /// The last request, to a minute or so.
    pub last_seen: Timestamp,
    /// From which address it was last used.
    pub ip: String,
    /// The browser's description of itself.
    pub user_agent: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_a_sentence() {
        for (seconds, wait) in [(1, "1 second"), (2, "2 seconds"), (64, "64 seconds"), (121, "3 minutes"), (900, "15 minutes")] {
            assert_eq!(too_many_attempts(seconds), format!("Too many attempts. Wait {wait} and try again."));
        }
    }
}
