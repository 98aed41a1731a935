//! What only a browser can do. On the server, where nobody clicks, each of these does nothing.

use std::time::Duration;

use leptos::prelude::*;

pub(super) use crate::directory::focus;

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
