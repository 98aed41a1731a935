//! What only a browser can do. On the server each of these does nothing.

use std::time::Duration;

pub(super) use crate::ui::{focus, press, unfold};

/// Waits.
pub(super) async fn pause(time: Duration) {
    #[cfg(feature = "hydrate")]
    gloo_timers::future::sleep(time).await;
    #[cfg(not(feature = "hydrate"))]
    let _ = time;
}

/// Writes another address into the address bar. The page stays, and the router doesn't hear of it, so the focus stays where it is.
pub(super) fn replace_address(address: &str) {
    #[cfg(feature = "hydrate")]
    if let Ok(history) = leptos::prelude::window().history() {
        _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = address;
}

/// A key for a new row, unlike any other of its list.
pub(super) fn new_key() -> String {
    #[cfg(feature = "hydrate")]
    let key = format!("{:x}", (js_sys::Math::random() * 2_f64.powi(52)) as u64);
    #[cfg(not(feature = "hydrate"))]
    let key = String::new();
    key
}
