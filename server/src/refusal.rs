//! A refusal outside the page: as a page of its own, and as an answer to a script.

use app::{error::UiError, paths, rpc::status, ui::escaped};
use axum::{
    Json,
    extract::Request,
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use domain::Error;
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};

use crate::assets::Assets;

/// A whole page that says why, for a request that never reaches the console.
#[must_use]
pub fn page(error: &Error) -> Response {
    let style = Assets::get().map(|assets| paths::asset(&assets.css)).unwrap_or_default();
    let (icon, login) = (paths::favicon(), paths::login());
    let sentence = escaped(&error.to_string());
    let html = format!(
        r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>No access · Tenantry</title><link rel="icon" type="image/svg+xml" href="{icon}"><link rel="stylesheet" href="{style}"></head><body><main class="refusal"><h1>No access</h1><p role="alert">{sentence}</p><p><a href="{login}">Use another account</a></p></main></body></html>"#
    );
    answer(error, Html(html))
}

/// The error itself with its status, for a script.
#[must_use]
pub fn json(error: &Error) -> Response {
    answer(error, Json(error))
}

fn answer(error: &Error, body: impl IntoResponse) -> Response {
    let mut response = (status(error), body).into_response();
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Adds a message for the page's script to a 413, because the limiting layer sends none.
pub async fn too_large(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return response;
    }
    let error = UiError::Refused(Error::invalid("", "This is too large to save at once. Save part of it first, then the rest."));
    (StatusCode::PAYLOAD_TOO_LARGE, Json(error)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_server_says_when_to_come_again() {
        for answer in [page(&Error::Busy), json(&Error::Busy)] {
            assert_eq!((answer.status().as_u16(), answer.headers()[RETRY_AFTER].as_bytes()), (503, &b"2"[..]));
        }
        assert!(json(&Error::NotFound).headers().get(RETRY_AFTER).is_none());
    }
}
