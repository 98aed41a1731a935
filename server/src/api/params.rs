//! The parameters of a request. Of a repeated one the last counts: a real client asks for the second page by appending another `pageNo`.

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use http::request::Parts;
use std::convert::Infallible;

/// All parameters.
#[derive(Debug, Default)]
pub(super) struct Params(HashMap<String, String>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect()))
    }
}

impl Params {
    /// A parameter's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
