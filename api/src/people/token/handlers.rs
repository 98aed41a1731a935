//! Tokens by client credentials (docs/spec/rest-api.md, "Tokens"): a key and its secret become a bearer token.

use std::collections::HashMap;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    response::{IntoResponse, Response},
};
use domain::{KeyRefusal, Origin};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, RETRY_AFTER},
};
use services::{Services, TOKEN_SECONDS};

use super::output::Issued;
use crate::refusal::{Refusal, TokenFault};

/// Answers a token for a key and its secret.
pub(crate) async fn issue(State(services): State<Services>, Extension(origin): Extension<Origin>, body: Result<Bytes, BytesRejection>) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => {
            let fault = TokenFault { error: "invalid_request".into(), error_description: "The request can’t be read, or is too large.".into() };
            return (rejection.status(), Json(fault)).into_response();
        }
    };
    let form: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if field("grant_type") != "client_credentials" {
        let fault =
            TokenFault { error: "unsupported_grant_type".into(), error_description: "Only the grant type client_credentials is supported.".into() };
        return (StatusCode::BAD_REQUEST, Json(fault)).into_response();
    }
    match services.token_issue(field("client_id"), field("client_secret"), &origin).await {
        Ok(Ok(token)) => {
            let access_token = token.expose().to_owned();
            let issued = Issued { access_token, token_type: "bearer", expires_in: TOKEN_SECONDS, scope: "global:manage" };
            ([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(issued)).into_response()
        }
        Ok(Err(refusal)) => {
            let (status, error) = match refusal {
                KeyRefusal::Address => (StatusCode::FORBIDDEN, "unauthorized"),
                KeyRefusal::Throttled { .. } => (StatusCode::TOO_MANY_REQUESTS, "throttled"),
                _ => (StatusCode::UNAUTHORIZED, "unauthorized"),
            };
            let mut response = (status, Json(TokenFault { error: error.into(), error_description: refusal.to_string().into() })).into_response();
            if let KeyRefusal::Throttled { seconds } = refusal {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
        Err(fault) => Refusal::from(fault).into_response(),
    }
}
