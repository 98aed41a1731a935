//! Secrets that are shown once and stored only as a hash.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// A session's token. `Debug` doesn't show it.
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

    /// The stored hash of the token.
    pub(crate) fn key(&self) -> String {
        fingerprint(self.expose())
    }
}

/// A secret encoded for cookies and URLs.
pub(crate) fn token_text(secret: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(secret)
}

/// A secret as letters and digits, one per byte, for programs that don't escape URLs. The slight bias towards some letters costs less than one bit in
/// ten letters.
pub(crate) fn letters(secret: &[u8]) -> String {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    secret.iter().filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len())).map(|letter| char::from(*letter)).collect()
}

/// Compares two texts in constant time.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |differing, (one, other)| differing | (one ^ other));
    one.len() == other.len() && std::hint::black_box(differing) == 0
}

/// SHA-256 as text. Enough for random secrets; passwords need [`super::password`].
pub(crate) fn fingerprint(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}
