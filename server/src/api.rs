//! The REST API, as providers' scripts speak it (reference "REST API v2: the contract"). The vendor's spellings stop here: every operation is a
//! line of `services` between a wire type and another.

mod answer;
mod date;
mod docs;
mod fields;
mod paging;
mod params;
mod path;
mod picture;
mod query_string;
mod rate;
mod strict;
mod tenant;
mod token;
mod v2;

use app::paths;
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    middleware::from_fn_with_state,
    response::Response,
    routing::{any, get, post},
};
use services::Services;
use tower::ServiceExt;

/// The largest body of a request: a client with its images, base64.
const MAX_BODY: usize = 32 * 1024 * 1024;

/// The largest body of a token request.
const MAX_TOKEN_BODY: usize = 16 * 1024;

/// Every route of the API, and of the tokens that open it.
pub(crate) fn api(services: Services, calls_a_minute: u32) -> Router {
    let (v2, _) = v2::router().split_for_parts();
    let rate = rate::Rate::of(calls_a_minute, services.clone());
    let v2 = v2
        .fallback(answer::nothing_here)
        .method_not_allowed_fallback(answer::not_that_way)
        .with_state(services.clone())
        .layer(from_fn_with_state(rate.clone(), rate::limit))
        .layer(from_fn_with_state(services.clone(), token::authenticate));
    // A path is served as if it were written plainly, so it is tidied before it is matched.
    let tidied = any(move |request: Request| async move {
        let Ok(response) = v2.oneshot(path::tidied(request)).await;
        Response::<Body>::from(response)
    });
    Router::new()
        .route("/auth/oauth/token", post(token::issue))
        .route("/tenancy/auth/oauth/token", post(token::issue))
        .layer(DefaultBodyLimit::max(MAX_TOKEN_BODY))
        .with_state(services)
        .route(&paths::api_docs(), get(docs::page))
        .route("/api/{*rest}", tidied)
        .layer(from_fn_with_state(rate, rate::unlimited))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}
