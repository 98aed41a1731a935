//! What a page can be told instead of an answer.

use domain::{Error, Violation, Violations};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// A refusal by the server, or no answer at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum UiError {
    /// The server said no, or failed.
    #[error(transparent)]
    Refused(#[from] Error),
    /// The request or its answer got lost.
    #[error("The server can’t be reached. Check your connection and try again; what you typed is still here.")]
    Unreachable,
    /// Page and server don't understand each other, as after an update of the server.
    #[error("This page is out of date. Reload it and try again.")]
    Outdated,
}

impl UiError {
    /// The violations, if that is what it is; none otherwise.
    #[must_use]
    pub fn violations(&self) -> Violations {
        match self {
            Self::Refused(Error::Invalid { violations }) => violations.clone(),
            _ => Violations::new(),
        }
    }

    /// Violations, and any other error as one of the whole form (field `""`): what a form shows.
    #[must_use]
    pub fn into_violations(self) -> Violations {
        match self {
            Self::Refused(Error::Invalid { violations }) => violations,
            other => std::iter::once(Violation { field: String::new(), message: other.to_string() }).collect(),
        }
    }

    /// Whether the session ended, or isn't whole yet.
    #[must_use]
    pub const fn is_signed_out(&self) -> bool {
        matches!(self, Self::Refused(Error::Unauthenticated | Error::Unfinished { .. }))
    }

    /// Whether somebody else changed the thing meanwhile.
    #[must_use]
    pub const fn is_conflict(&self) -> bool {
        matches!(self, Self::Refused(Error::Conflict { .. }))
    }
}

impl FromServerFnError for UiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unreachable,
            _ => {
                // The server can't read what was sent to it: that is the sender's fault.
                #[cfg(feature = "ssr")]
                crate::page_status::answer_with(http::StatusCode::BAD_REQUEST);
                Self::Outdated
            }
        }
    }
}
