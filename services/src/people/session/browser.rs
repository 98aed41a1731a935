//! A browser's tokens at sign-in.

use domain::SignInStep;
use secrecy::{ExposeSecret, SecretString};

use crate::{SessionToken, kernel::token::fingerprint};

/// How long a browser is recognized after a sign-in, in seconds: half a year.
pub const BROWSER_SECONDS: i64 = 180 * 24 * 3600;

/// The tokens that a browser sends. `Debug` doesn't show them.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    session: Option<SecretString>,
    known: Option<SecretString>,
}

impl Browser {
    /// `session` is the token of the current session, `known` the one that identifies the browser since an earlier sign-in.
    #[must_use]
    pub fn new(session: Option<&str>, known: Option<&str>) -> Self {
        let secret = |token: &str| SecretString::from(token.to_owned());
        Self { session: session.map(secret), known: known.map(secret) }
    }

    /// The stored hash of its session's token.
    pub(crate) fn session_key(&self) -> Option<String> {
        self.session.as_ref().map(|token| fingerprint(token.expose_secret()))
    }

    /// The stored hash of the browser's token.
    pub(crate) fn key(&self) -> Option<String> {
        self.known.as_ref().map(|token| fingerprint(token.expose_secret()))
    }
}

/// The tokens that a browser gets at sign-in.
#[derive(Debug)]
pub struct SignedIn {
    /// The token of the session.
    pub session: SessionToken,
    /// The token that identifies the browser from now on; none if it already has one, or must first prove the second factor.
    pub browser: Option<SessionToken>,
    /// Whether the account wasn't signed in to from this browser before.
    pub(crate) is_new_device: bool,
    /// What the session still lacks, without which it is good for nothing else.
    pub lacks: Option<SignInStep>,
}
