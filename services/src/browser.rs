//! What a browser brings along to a sign-in, and what it is given.

use secrecy::{ExposeSecret, SecretString};

use crate::{SessionToken, token::fingerprint};

/// How long a browser stays known after a sign-in, in seconds: half a year.
pub const BROWSER_SECONDS: i64 = 180 * 24 * 3600;

/// What a browser brings along. Its `Debug` shows no secret.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    session: Option<SecretString>,
    known: Option<SecretString>,
}

impl Browser {
    /// By the token of its present session, and the one by which it is known from earlier sign-ins, if it has them.
    #[must_use]
    pub fn new(session: Option<&str>, known: Option<&str>) -> Self {
        let secret = |token: &str| SecretString::from(token.to_owned());
        Self { session: session.map(secret), known: known.map(secret) }
    }

    /// What the database knows its present session by.
    pub(crate) fn session_key(&self) -> Option<String> {
        self.session.as_ref().map(|token| fingerprint(token.expose_secret()))
    }

    /// What the database knows the browser by.
    pub(crate) fn key(&self) -> Option<String> {
        self.known.as_ref().map(|token| fingerprint(token.expose_secret()))
    }
}

/// What a browser is given at a sign-in.
#[derive(Debug)]
pub struct SignedIn {
    /// The token of the session.
    pub session: SessionToken,
    /// By what the browser is known from now on, unless it is known already.
    pub browser: Option<SessionToken>,
}
