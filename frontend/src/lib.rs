//! The WebAssembly entry point.

use leptos::{prelude::location, tachys::dom::body};
use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the page that the server sent to life; done when it is.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    // With the page's lazy files already here, the page is hydrated at once and never half alive.
    app::preload(&location().pathname().unwrap_or_default()).await;
    leptos::mount::hydrate_from(body(), app::App).forget();
}
