//! The one closed error of the product: safe to show, with no transport in it.

use serde::{Deserialize, Serialize};

use crate::SignInStep;

/// One rule that one field breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The field's path as in the draft, parts joined by dots: `name`, `access.0.port`. It is also the id of the input on the page.
    pub field: String,
    /// A sentence that says what to do.
    pub message: String,
}

/// Collects violations so that every wrong field is named in one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// None so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// One of a field.
    #[must_use]
    pub fn of_field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self(vec![Violation { field: field.into(), message: message.into() }])
    }

    /// Adds one.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(Violation { field: field.into(), message: message.into() });
    }

    /// Adds one if `broken`.
    pub fn add_if(&mut self, broken: bool, field: &str, message: &str) {
        if broken {
            self.add(field, message);
        }
    }

    /// The value of a field's check. An error is added under `field` and gives `None`.
    pub fn accept<T, M: Into<String>>(&mut self, field: &str, result: Result<T, M>) -> Option<T> {
        result.map_err(|message| self.add(field, message)).ok()
    }

    /// The same violations of a part of a larger draft: `port` within `access.0` is `access.0.port`.
    #[must_use]
    pub fn within(self, part: &str) -> Self {
        self.into_iter().map(|Violation { field, message }| Violation { field: format!("{part}.{field}"), message }).collect()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order of the fields.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// The first message of a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|violation| violation.field == field).map(|violation| violation.message.as_str())
    }

    /// `Ok` if there is none.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all of them.
    pub fn into_result(self) -> Result<(), Error> {
        Ok(self.checked(())?)
    }

    /// A value if there is no violation.
    ///
    /// # Errors
    /// All violations.
    pub fn checked<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }

    /// The result of another check if there is no violation here either.
    ///
    /// # Errors
    /// All violations, those of the other check first.
    pub fn join<T>(self, other: Result<T, Self>) -> Result<T, Self> {
        match other {
            Ok(value) => self.checked(value),
            Err(mut violations) => {
                violations.extend(self);
                Err(violations)
            }
        }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Invalid { violations }
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        Self(violations.into_iter().collect())
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        self.0.extend(violations);
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Why a call was refused or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Error {
    /// No user is signed in, or the session ended.
    #[error("Please sign in.")]
    Unauthenticated,
    /// The password was right, but the session lacks a step of signing in, before which nothing else can be done.
    #[error("{}", step.sentence())]
    Unfinished {
        /// Which.
        step: SignInStep,
    },
    /// The caller may do it, but has to prove the second factor first: then the same request succeeds.
    #[error("Confirm it’s you with a code from your authenticator app.")]
    Unproved,
    /// The caller sees the thing but may not do this to it. The reason is a sentence.
    #[error("{reason}")]
    Forbidden {
        /// A sentence that says which permission is missing, or which rule refuses.
        reason: String,
    },
    /// It does not exist, or the caller may not know that it does.
    #[error("It doesn’t exist, or you don’t have access to it.")]
    NotFound,
    /// Somebody else changed the thing since the caller read it.
    #[error("{reason}")]
    Conflict {
        /// A sentence that says what to do.
        reason: String,
    },
    /// Wrong input, every wrong field at once.
    #[error("Please correct the marked fields.")]
    Invalid {
        /// All that is wrong.
        violations: Violations,
    },
    /// A lock or connection could not be had in time. The same request can succeed a little later.
    #[error("The server is busy. Nothing was changed. Try again in a moment.")]
    Busy,
    /// Our fault. The cause is in the log under the reference.
    #[error("Something went wrong on our side. Please try again; if it happens again, tell support the reference {reference}.")]
    Internal {
        /// What to search for in the log.
        reference: String,
    },
}

impl Error {
    /// An [`Error::Invalid`] of one field.
    #[must_use]
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Violations::of_field(field, message).into()
    }

    /// What is wrong, where no field can be marked: of wrong input, the sentence of every field.
    #[must_use]
    pub fn sentences(&self) -> String {
        match self {
            Self::Invalid { violations } => violations.iter().map(|violation| violation.message.as_str()).collect::<Vec<_>>().join(" "),
            other => other.to_string(),
        }
    }

    /// Seconds until a retry makes sense; none if waiting doesn't help.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u64> {
        if matches!(self, Self::Busy) { Some(2) } else { None }
    }

    /// An [`Error::Forbidden`] with its reason.
    #[must_use]
    pub fn forbidden(reason: impl Into<String>) -> Self {
        Self::Forbidden { reason: reason.into() }
    }

    /// An [`Error::Conflict`] with its reason.
    #[must_use]
    pub fn conflict(reason: impl Into<String>) -> Self {
        Self::Conflict { reason: reason.into() }
    }

    /// The conflict of a save with one that came first.
    #[must_use]
    pub fn stale(noun: &str) -> Self {
        Self::conflict(format!("Somebody else changed the {noun} meanwhile. Look at it again before you save."))
    }
}
