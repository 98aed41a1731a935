//! The page's files, inside the binary: hashed names, precompressed, cached for ever.

use std::sync::OnceLock;

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode, Uri,
    header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY},
};
use rust_embed::RustEmbed;

pub use app::document::Assets as Manifest;

/// What the build put together: hashed files, each beside its `.br` and `.gz`, and `manifest.json`.
#[derive(RustEmbed)]
#[folder = "$TENANTRY_SITE"]
#[allow_missing = true]
struct Site;

/// Access to the manifest.
pub struct Assets;

impl Assets {
    /// The names of this build's files, as addresses.
    #[must_use]
    pub fn get() -> Option<&'static Manifest> {
        static MANIFEST: OnceLock<Option<Manifest>> = OnceLock::new();
        let read = || serde_json::from_slice(&Site::get("manifest.json")?.data).ok();
        MANIFEST.get_or_init(read).as_ref()
    }
}

/// Answers with a file of the page, whose name changes with its content.
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    answer(&name, &headers, "public, max-age=31536000, immutable")
}

/// Answers with a file whose name browsers and robots know by themselves.
pub async fn well_known(uri: Uri, headers: HeaderMap) -> Response {
    answer(uri.path().trim_start_matches('/'), &headers, "public, max-age=86400")
}

fn answer(name: &str, headers: &HeaderMap, caching: &'static str) -> Response {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |coding: &str| accepted.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() == coding));
    let media_type = media_type(name);
    let found = [("br", ".br"), ("gzip", ".gz"), ("", "")]
        .into_iter()
        .filter(|(coding, _)| coding.is_empty() || accepts(coding))
        .find_map(|(coding, suffix)| Site::get(&format!("{name}{suffix}")).map(|file| (coding, file.data)));
    let (Some((coding, data)), Some(media_type)) = (found, media_type) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = data.into_owned().into_response();
    let set: [(HeaderName, &'static str); 3] = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, caching), (VARY, "accept-encoding")];
    for (header, value) in set {
        response.headers_mut().insert(header, HeaderValue::from_static(value));
    }
    if !coding.is_empty() {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Only files of these kinds are served.
fn media_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}
