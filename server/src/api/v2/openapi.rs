//! The OpenAPI document, made of the operations themselves.

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self,
        security::{ClientCredentials, Flow, OAuth2, Scopes, SecurityScheme},
    },
};

/// What the operations don't say themselves.
#[derive(OpenApi)]
#[openapi(
    info(title = "Tenantry REST API", description = "Run your tenants by script. Ask for a token with an API key, and send it as a bearer token."),
    security(("token" = [])),
    modifiers(&Security)
)]
pub(super) struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let flow = ClientCredentials::new("/auth/oauth/token", Scopes::from_iter([("global:manage", "What the key's role allows.")]));
        let scheme = SecurityScheme::OAuth2(OAuth2::new([Flow::ClientCredentials(flow)]));
        document.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// The whole document.
#[must_use]
pub fn openapi() -> openapi::OpenApi {
    super::router().into_openapi()
}

/// This document.
#[utoipa::path(get, path = "/api/v2/openapi.json", tag = "API", security(()), responses((status = 200, description = "The OpenAPI document.", body = serde_json::Value)))]
pub(super) async fn document() -> Json<openapi::OpenApi> {
    Json(openapi())
}
