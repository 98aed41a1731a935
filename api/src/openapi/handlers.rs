//! The document as an operation of its own.

use axum::{Json, extract::State};
use serde_json::Value;

use crate::state::ApiState;

/// This document.
#[utoipa::path(
    get, path = "/api/v2/openapi.json", tag = "API", security(()),
    responses((status = 200, description = "The OpenAPI document.", body = serde_json::Value)),
)]
pub(crate) async fn document(State(api): State<ApiState>) -> Json<&'static Value> {
    Json(api.document)
}
