//! Tokens by client credentials (reference "Tokens"): a key and its secret become a bearer token, and the token, with each request, a caller.

use std::collections::HashMap;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Request, State, rejection::BytesRejection},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Caller, Error, IP_REFUSAL, KeyRefusal, Origin};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{AUTHORIZATION, CACHE_CONTROL, RETRY_AFTER},
};
use serde::Serialize;
use services::{Services, TOKEN_SECONDS};

use super::answer::{Refusal, TokenFault};

/// Whoever a request's token speaks for.
#[derive(Clone, Debug)]
pub(super) struct Bearer(pub(super) Caller);

/// A token, as OAuth answers one.
#[derive(Serialize)]
struct Issued {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    scope: &'static str,
}

/// Answers a token for a key and its secret.
pub(super) async fn issue(State(services): State<Services>, Extension(origin): Extension<Origin>, body: Result<Bytes, BytesRejection>) -> Response {
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

/// Finds out who calls, before anything else is looked at.
pub(super) async fn authenticate(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let origin = request.extensions().get::<Origin>().cloned().unwrap_or_else(Origin::unknown);
    if let Some(token) = bearer(request.headers()).map(str::to_owned) {
        match services.token_resolve(&token, &origin).await {
            Ok(Ok(caller)) => {
                tracing::Span::current()
                    .record("principal", tracing::field::display(&caller.user.login))
                    .record("tenant", tracing::field::display(caller.home()));
                request.extensions_mut().insert(Bearer(caller));
            }
            Ok(Err(KeyRefusal::TenantInactive)) => return Refusal::Gone.into_response(),
            Ok(Err(KeyRefusal::Address)) => return Refusal::from(Error::forbidden(IP_REFUSAL)).into_response(),
            Ok(Err(refusal)) => return Refusal::Token(refusal.to_string()).into_response(),
            Err(fault) => return Refusal::from(fault).into_response(),
        }
    }
    next.run(request).await
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}
