//! Turns a request's cookie into its caller.

use app::{
    audit::rpc::RefreshAuditRecords,
    pages::{Access, access, without_secret},
    paths,
    people::session::{Channel, cookie, rpc::GetSessionState},
    rpc::{Authenticated, Forbidden},
    transport::USER_HEADER,
};
use axum::{
    Extension,
    extract::{Query, Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Caller, Error, Origin};
use http::{HeaderMap, Method, StatusCode, header::SET_COOKIE};
use leptos::server_fn::ServerFn;
use serde::Deserialize;
use services::{Services, SessionToken};

use crate::refusal;

/// Where pages hear of news as long as they are open.
const EVENTS: [&str; 2] = [paths::JOB_EVENTS, paths::AUDIT_EVENTS];

/// Resolves the session, puts the caller and the services among the request's extensions, and hands a renewed cookie out.
/// A page that needs somebody signed in leads to the sign-in page; one that is refused says why.
pub async fn session(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let origin = request.extensions().get::<Origin>().cloned().unwrap_or_else(Origin::unknown);
    let channel = request.extensions().get::<Channel>().copied().unwrap_or_default();
    let mut renewed: Option<SessionToken> = None;
    // What a page asks by itself must not extend the session: the state check, the news of jobs and records, and new records.
    let path = request.uri().path();
    let token = channel.session(request.headers()).filter(|_| path != GetSessionState::url() && !EVENTS.contains(&path));
    let caller = match token.map(str::to_owned) {
        None => Err(Error::Unauthenticated),
        Some(token) if path == RefreshAuditRecords::url() => services.session_peek(&token, &origin).await.map_err(Error::from),
        Some(token) => match services.session_resolve(&token, &origin).await {
            Ok(resolved) => {
                renewed = resolved.renewed;
                Some(resolved.caller).filter(|caller| is_user_of_page(&request, caller)).ok_or(Error::Unauthenticated)
            }
            Err(fault) => Err(fault.into()),
        },
    };
    if is_private_page(&request) {
        match &caller {
            Ok(_) => {}
            Err(Error::Unauthenticated) => {
                let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
                return Redirect::to(&paths::login_then(here)).into_response();
            }
            Err(Error::Unfinished { step }) => {
                let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
                return Redirect::to(&paths::second_factor(*step, here)).into_response();
            }
            Err(error) => return refusal::page(error),
        }
    }
    if let Ok(caller) = &caller {
        tracing::Span::current()
            .record("principal", tracing::field::display(caller.user.id))
            .record("tenant", tracing::field::display(caller.home()));
    }
    let refused = caller
        .as_ref()
        .ok()
        .cloned()
        .map(|caller| (services.clone(), caller, format!("{} {}", request.method(), without_secret(request.uri().path()))));
    request.extensions_mut().insert(Authenticated(caller));
    request.extensions_mut().insert(services);
    let forbidden = Forbidden::default();
    request.extensions_mut().insert(forbidden.clone());
    let mut response = next.run(request).await;
    if forbidden.get() && response.status() != StatusCode::FORBIDDEN {
        tracing::info!("refused");
    }
    if let Some((services, caller, what)) = refused.filter(|_| forbidden.get() || response.status() == StatusCode::FORBIDDEN) {
        services.request_refused(&caller, &what).await;
    }
    // An answer that begins or ends a session says itself what becomes of the cookie.
    if let Some(token) = renewed.filter(|_| !cookie::is_session_set(response.headers())) {
        response.headers_mut().append(SET_COOKIE, channel.set_session(token.expose()));
    }
    response
}

/// Whether the page was made for this user. If somebody else signed in in another tab since, the page's input must not be sent in their name.
fn is_user_of_page(request: &Request, caller: &Caller) -> bool {
    request.headers().get(USER_HEADER).is_none_or(|user| user.as_bytes() == caller.user.id.to_string().as_bytes())
}

/// Whether the request is for a page that needs a signed-in user.
fn is_private_page(request: &Request) -> bool {
    let path = request.uri().path();
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD)
        && !path.starts_with("/rpc/")
        && !path.starts_with("/images")
        && !EVENTS.contains(&path);
    is_page && path != paths::COOKIE_CHECK && access(path) == Access::SignedIn
}

/// The query of [`cookie_check`].
#[derive(Debug, Deserialize)]
pub struct CookieCheck {
    #[serde(default)]
    next: String,
}

/// The redirect target after a sign-in attempt. If neither the session cookie nor the refusal cookie came back, the browser blocks cookies, and the sign-in
/// page says so.
pub async fn cookie_check(
    Extension(channel): Extension<Channel>,
    Extension(Authenticated(caller)): Extension<Authenticated>,
    Query(CookieCheck { next }): Query<CookieCheck>,
    headers: HeaderMap,
) -> Redirect {
    let next = paths::own(&next);
    let address = match caller {
        _ if channel.refusal(&headers).is_some() => paths::login_then(&next),
        Err(Error::Unauthenticated) => paths::login_without_cookie(&next),
        _ => next,
    };
    Redirect::to(&address)
}
