//! The WebAssembly entry point.

use wasm_bindgen::prelude::wasm_bindgen;

/// Brings the page that the server sent to life; done when it is.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), app::App).await.forget();
}
