//! The REST API, as providers' scripts speak it (docs/spec/rest-api.md, "REST API v2"). The vendor's spellings stop here: every operation is a
//! line of `services` between a wire type and another.

mod access;
mod answer;
mod aws;
mod bearer;
mod body;
mod clients;
mod date;
mod field_name;
mod inventory;
mod leaving;
mod limits;
mod listed;
mod openapi;
mod operations;
mod paging;
mod params;
mod path;
mod patterns;
mod people;
mod picture;
mod query_string;
mod rate;
mod refusal;
mod short_user;
mod state;
mod strict;
mod tenant;

use std::sync::OnceLock;

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    middleware::from_fn_with_state,
    response::Response,
    routing::{any, post},
};
use serde_json::Value;
use services::Services;
use tower::ServiceExt;

use limits::{MAX_BODY, MAX_TOKEN_BODY};
use people::token;
use rate::Rate;
use state::ApiState;

/// Every route of the API, and of the tokens that open it. `invitation_path` gives the console's page on which a new user chooses a password, by
/// the invitation's token.
pub fn router(services: Services, calls_a_minute: u32, invitation_path: fn(&str) -> String) -> Router {
    let (v2, _) = operations::operations().split_for_parts();
    let rate = Rate::of(calls_a_minute, services.clone());
    let v2 = v2
        .fallback(refusal::unknown_path)
        .method_not_allowed_fallback(refusal::unknown_method)
        .with_state(ApiState { services: services.clone(), document: openapi(), invitation_path })
        .layer(from_fn_with_state(rate.clone(), rate::limit))
        .layer(from_fn_with_state(services.clone(), bearer::authenticate));
    // Scripts send doubled and trailing slashes, so paths are normalized before they are matched.
    let tidied = any(move |request: Request| async move {
        let Ok(response) = v2.oneshot(path::tidied(request)).await;
        Response::<Body>::from(response)
    });
    Router::new()
        .route("/auth/oauth/token", post(token::handlers::issue))
        .route("/tenancy/auth/oauth/token", post(token::handlers::issue))
        .layer(DefaultBodyLimit::max(MAX_TOKEN_BODY))
        .with_state(services)
        .route("/api/{*rest}", tidied)
        .layer(from_fn_with_state(rate, rate::unlimited))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

/// The OpenAPI document. It is the same for the life of the process.
pub fn openapi() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| openapi::finish(operations::operations().into_openapi()))
}
