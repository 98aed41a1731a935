//! Sends requests with the browser's `fetch`.

use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use leptos::{
    prelude::{document, window},
    server_fn::redirect::REDIRECT_HEADER,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response, VisibilityState};

use super::wire::{OUTLIVES_PAGE, PageRequest, PageResponse, USER_HEADER};
use crate::error::UiError;

/// In bytes. Browsers allow 64 KiB in total for requests that outlive their page.
const MAX_KEEPALIVE: usize = 60_000;

/// Aborts a request when its future is dropped.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = self.0.take() {
            controller.abort();
        }
    }
}

/// Sends a request and reads its answer. Any failure counts as [`UiError::Unreachable`].
pub(super) async fn fetch(request: &PageRequest) -> Result<PageResponse, UiError> {
    let mut abort = AbortOnDrop(AbortController::new().ok());
    let response = send(request, abort.0.as_ref()).await;
    // The request is finished, so dropping the guard must not abort it.
    abort.0 = None;
    response.map_err(|_| UiError::Unreachable)
}

async fn send(request: &PageRequest, abort: Option<&AbortController>) -> Result<PageResponse, JsValue> {
    let sent = window().fetch_with_str_and_init(&request.address, &options(request, abort)?);
    let response: Response = JsFuture::from(sent).await?.dyn_into()?;
    let headers = response.headers();
    let location = headers.get("Location")?.unwrap_or_else(|| response.url());
    let has_redirect = headers.has(REDIRECT_HEADER)?;
    let body: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.dyn_into()?;
    Ok(PageResponse { status: response.status(), location, has_redirect, body: Uint8Array::new(&body).to_vec().into() })
}

fn options(request: &PageRequest, abort: Option<&AbortController>) -> Result<RequestInit, JsValue> {
    let options = RequestInit::new();
    options.set_method(request.method.as_str());
    options.set_signal(abort.map(AbortController::signal).as_ref());
    let headers = web_sys::Headers::new()?;
    headers.set("Content-Type", &request.content_type)?;
    headers.set("Accept", &request.accepts)?;
    if let Some(user) = crate::people::session::user_of_page() {
        headers.set(USER_HEADER, &user.to_string())?;
    }
    options.set_headers(&headers);
    if let Some(body) = &request.body {
        options.set_body(&Uint8Array::from(body.as_ref()));
        let may_be_left = document().visibility_state() == VisibilityState::Hidden || request.address == OUTLIVES_PAGE;
        if may_be_left && body.len() <= MAX_KEEPALIVE {
            // The browser finishes the request even if the page is left, which can always happen during a draft's save.
            Reflect::set(&options, &"keepalive".into(), &true.into())?;
        }
    }
    Ok(options)
}
