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

/// A secret as letters and digits alone, one per byte: for programs that put it into an address as it is. That some letters are a little
/// likelier than others costs less than a bit in ten letters.
pub(crate) fn letters(secret: &[u8]) -> String {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    secret.iter().filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len())).map(|letter| char::from(*letter)).collect()
}

/// Whether two texts are the same, in a time that doesn't tell where they begin to differ.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |differing, (one, other)| differing | (one ^ other));
    one.len() == other.len() && std::hint::black_box(differing) == 0
}

/// SHA-256 as text. Enough for what nobody can guess anyway; passwords need [`super::password`].
pub(crate) fn fingerprint(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}
