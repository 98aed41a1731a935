//! What remains readable of a user who was terminated.

use serde::{Deserialize, Serialize};

use crate::{UserId, UserProfile, choice::choice};

choice!(
    /// How much of a terminated user is made unreadable (docs/spec/people.md, "Masks"; the API's `maskType`).
    Mask {
        /// Name and function stay, for the history to be understood; login and e-mail addresses keep their first letter; all else is erased.
        Partial = "PARTIAL", "Partial";
        /// The history is anonymized.
        Full = "FULL", "Full";
    }
);

impl Mask {
    /// What stays of a profile.
    #[must_use]
    pub fn applied(self, id: UserId, profile: &UserProfile) -> UserProfile {
        let bare = UserProfile { login: id.to_string(), account_type: profile.account_type, ..UserProfile::default() };
        match self {
            Self::Full => UserProfile { first_name: "Terminated".to_owned(), last_name: "User".to_owned(), ..bare },
            Self::Partial => UserProfile {
                login: first_letter(&profile.login),
                first_name: profile.first_name.clone(),
                last_name: profile.last_name.clone(),
                designation: profile.designation.clone(),
                email: first_letter(&profile.email),
                alternate_email: first_letter(&profile.alternate_email),
                notification_email: first_letter(&profile.notification_email),
                ..bare
            },
        }
    }
}

fn first_letter(text: &str) -> String {
    text.chars().next().map(|letter| format!("{letter}***")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_leaves_what_it_says() {
        let text = str::to_owned;
        let profile = UserProfile {
            login: text("ada@leoart.example"),
            first_name: text("Ada"),
            email: text("ada@leoart.example"),
            phone: text("8096250653"),
            ..UserProfile::default()
        };
        let partial = Mask::Partial.applied(UserId::new(3), &profile);
        assert_eq!((partial.login.as_str(), partial.name().as_str(), partial.email.as_str(), partial.phone.as_str()), ("a***", "Ada", "a***", ""));
        let full = Mask::Full.applied(UserId::new(3), &profile);
        assert_eq!((full.login.as_str(), full.name().as_str(), full.email.as_str()), ("USR0000000003", "Terminated User", ""));
    }
}
