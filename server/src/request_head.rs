//! Checks the head of every request before anything else sees it.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{
    HeaderName, Method, StatusCode, Version,
    header::{ALLOW, HOST},
    uri::Authority,
};

/// The header with the request's id, also in logs and the answer.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest request id accepted from a client.
const MAX_REQUEST_ID: usize = 128;

/// The methods of the console's routes.
const METHODS: &str = "GET, HEAD, POST";

/// Refuses a request without exactly one host or with a target that is no path, and drops a client's request id that isn't safe to log, so that a
/// generated one replaces it.
pub async fn check(mut request: Request, next: Next) -> Response {
    if !has_one_host(&request) {
        return (StatusCode::BAD_REQUEST, "Send one Host header, with the name of this server.").into_response();
    }
    // `CONNECT console:443` and `OPTIONS *` have no path, and the pages' renderer panics without one.
    if !request.uri().path_and_query().is_some_and(|target| target.path().starts_with('/')) {
        return (StatusCode::BAD_REQUEST, "Send a request whose target is a path, such as /.").into_response();
    }
    let mut ids = request.headers().get_all(REQUEST_ID).iter();
    let is_ours = matches!((ids.next(), ids.next()), (Some(id), None) if is_request_id(id.as_bytes()));
    if !is_ours {
        request.headers_mut().remove(REQUEST_ID);
    }
    next.run(request).await
}

/// With two `Host` headers a proxy can choose another one than we do. HTTP/1.1 requires one, HTTP/1.0 can omit it, and HTTP/2 has it in the URI.
fn has_one_host(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| host.parse::<Authority>().is_ok_and(|host| !host.as_str().contains('@'))),
        (None, _) => request.version() != Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

/// Refuses a method that no route of the console has: the page for an address that leads nowhere would answer any.
pub async fn method(request: Request, next: Next) -> Response {
    if [Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
        next.run(request).await
    } else {
        (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, METHODS)]).into_response()
    }
}

fn is_request_id(id: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'/' | b'+' | b'=');
    (1..=MAX_REQUEST_ID).contains(&id.len()) && id.iter().all(is_plain)
}
