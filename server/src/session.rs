//! Turns a request's cookie into its caller.

use app::{
    pages::{Access, access},
    paths,
    rpc::Authenticated,
    session::cookie,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Error, Origin};
use http::{Method, header::SET_COOKIE};
use services::{Services, SessionToken};

use crate::refusal;

/// Resolves the session, puts the caller and the services among the request's extensions, and hands a renewed cookie out.
/// A page that needs somebody signed in leads to the sign-in page; one that is refused says why.
pub async fn session(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let origin = request.extensions().get::<Origin>().cloned().unwrap_or_else(Origin::unknown);
    let mut renewed: Option<SessionToken> = None;
    let caller = match cookie::read(request.headers()).map(str::to_owned) {
        None => Err(Error::Unauthenticated),
        Some(token) => match services.session_resolve(&token, &origin).await {
            Ok(resolved) => {
                renewed = resolved.renewed;
                Ok(resolved.caller)
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
            Err(error) => return refusal::page(error),
        }
    }
    if let Ok(caller) = &caller {
        tracing::Span::current()
            .record("principal", tracing::field::display(caller.user.id))
            .record("tenant", tracing::field::display(caller.home()));
    }
    request.extensions_mut().insert(Authenticated(caller));
    request.extensions_mut().insert(services);
    let mut response = next.run(request).await;
    // An answer that begins or ends a session says itself what becomes of the cookie.
    if let Some(token) = renewed.filter(|_| !cookie::is_set(response.headers())) {
        response.headers_mut().append(SET_COOKIE, cookie::set(token.expose()));
    }
    response
}

/// Whether a page is asked for, which is what a browser does by GET, that only people who are signed in may open.
fn is_private_page(request: &Request) -> bool {
    let path = request.uri().path();
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD) && !path.starts_with("/rpc/") && !path.starts_with("/images");
    is_page && access(path) == Access::SignedIn
}
