//! What every request must have, whatever it asks for, and what is made of it before anything else looks.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderName, StatusCode, Version, header::HOST, uri::Authority};

/// What a request is called in logs and in its answer.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that a caller may give its request.
const MAX_REQUEST_ID: usize = 128;

/// Refuses a request that doesn't say once to which host it goes, and drops a request's id that doesn't belong in a log: it then gets one of ours.
pub async fn check(mut request: Request, next: Next) -> Response {
    if !has_one_host(&request) {
        return (StatusCode::BAD_REQUEST, "Send one Host header, with the name of this server.").into_response();
    }
    let mut ids = request.headers().get_all(REQUEST_ID).iter();
    let is_ours = matches!((ids.next(), ids.next()), (Some(id), None) if is_request_id(id.as_bytes()));
    if !is_ours {
        request.headers_mut().remove(REQUEST_ID);
    }
    next.run(request).await
}

/// Programs in front of us may go by another one of two, and HTTP/1.1 needs one. HTTP/1.0 knows none, HTTP/2 has it in the address.
fn has_one_host(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| host.parse::<Authority>().is_ok_and(|host| !host.as_str().contains('@'))),
        (None, _) => request.version() != Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

fn is_request_id(id: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'/' | b'+' | b'=');
    (1..=MAX_REQUEST_ID).contains(&id.len()) && id.iter().all(is_plain)
}
