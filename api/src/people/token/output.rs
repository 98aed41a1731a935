//! A token, as OAuth 2.0 answers one.

use serde::Serialize;

/// A token, as OAuth answers one.
#[derive(Serialize)]
pub(crate) struct Issued {
    pub(crate) access_token: String,
    pub(crate) token_type: &'static str,
    /// Seconds.
    pub(crate) expires_in: i64,
    pub(crate) scope: &'static str,
}
