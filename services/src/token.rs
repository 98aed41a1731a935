//! Secrets that are handed out once and kept only as a fingerprint.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// What a browser proves its session with. Its `Debug` shows nothing.
#[derive(Clone, Debug)]
pub struct SessionToken(SecretString);

impl SessionToken {
    pub(crate) fn new(secret: [u8; 32]) -> Self {
        Self(token_text(secret).into())
    }

    /// The token itself, for the cookie.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What the database knows it by.
    pub(crate) fn key(&self) -> String {
        fingerprint(self.expose())
    }
}

/// A secret as text that may stand in a cookie and in an address.
pub(crate) fn token_text(secret: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(secret)
}

/// SHA-256 as text. Enough for what nobody can guess anyway; passwords need [`crate::password`].
pub(crate) fn fingerprint(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}
