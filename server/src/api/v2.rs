//! Version 2: every noun's operations, and the document that describes them.

mod cfg;
mod client;
mod client_wire;
mod credential_set_wire;
mod openapi;
mod partner;
mod permission_set;
mod role;
mod role_wire;

use services::Services;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

/// All operations. Whoever adds one adds it here, and so to the document and to the tests that try every operation.
pub(super) fn router() -> OpenApiRouter<Services> {
    OpenApiRouter::with_openapi(openapi::Document::openapi())
        .routes(routes!(openapi::document))
        .routes(routes!(cfg::countries))
        .routes(routes!(cfg::time_zones))
        .routes(routes!(partner::get))
        .routes(routes!(client::create))
        .routes(routes!(client::minimal))
        .routes(routes!(client::search))
        .routes(routes!(client::get, client::update))
        .routes(routes!(client::activate))
        .routes(routes!(client::suspend))
        .routes(routes!(role::create))
        .routes(routes!(role::search))
        .routes(routes!(role::get, role::update, role::delete))
        .routes(routes!(permission_set::list, permission_set::create))
        .routes(routes!(permission_set::get, permission_set::update, permission_set::delete))
}
