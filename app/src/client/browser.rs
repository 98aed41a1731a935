//! What only a browser can do. On the server, where nobody clicks, each of these does nothing.

use std::time::Duration;

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// Puts the focus on an element that this turn is about to put into the page.
pub(super) fn focus(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element {
            _ = element.focus();
        }
    });
}

/// Presses a hidden file input.
pub(super) fn press(input: NodeRef<leptos::html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.click();
    }
}

/// Waits.
pub(super) async fn pause(time: Duration) {
    #[cfg(feature = "hydrate")]
    gloo_timers::future::sleep(time).await;
    #[cfg(not(feature = "hydrate"))]
    let _ = time;
}

/// A key for a new row, unlike any other of its list.
pub(super) fn new_key() -> String {
    #[cfg(feature = "hydrate")]
    let key = format!("{:x}", (js_sys::Math::random() * 2_f64.powi(52)) as u64);
    #[cfg(not(feature = "hydrate"))]
    let key = String::new();
    key
}
