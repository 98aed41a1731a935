//! The bearer token of a request, and the caller whom it stands for (docs/spec/rest-api.md, "Tokens").

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Caller, Error, IP_REFUSAL, KeyRefusal, Origin};
use http::{HeaderMap, StatusCode, header::AUTHORIZATION};
use services::Services;

use crate::refusal::Refusal;

/// The caller whom a request's token stands for.
#[derive(Clone, Debug)]
pub(crate) struct Bearer(pub(crate) Caller);

/// Finds out who calls, before anything else is looked at.
pub(crate) async fn authenticate(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let origin = request.extensions().get::<Origin>().cloned().unwrap_or_else(Origin::unknown);
    if let Some(token) = bearer(request.headers()).map(str::to_owned) {
        match services.token_resolve(&token, &origin).await {
            Ok(Ok(caller)) => {
                tracing::Span::current()
                    .record("principal", tracing::field::display(&caller.user.login))
                    .record("tenant", tracing::field::display(caller.home()));
                let what = format!("{} {}", request.method(), request.uri().path());
                request.extensions_mut().insert(Bearer(caller.clone()));
                let response = next.run(request).await;
                if response.status() == StatusCode::FORBIDDEN {
                    services.request_refused(&caller, &what).await;
                }
                return response;
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
