//! What the operations share.

use axum::extract::FromRef;
use serde_json::Value;
use services::Services;

/// The state of the router.
#[derive(Clone)]
pub(crate) struct ApiState {
    /// The use cases.
    pub(crate) services: Services,
    /// The OpenAPI document.
    pub(crate) document: &'static Value,
    /// The path of the page that accepts an invitation, by its token.
    pub(crate) invitation_path: fn(&str) -> String,
}

impl FromRef<ApiState> for Services {
    fn from_ref(state: &ApiState) -> Self {
        state.services.clone()
    }
}
