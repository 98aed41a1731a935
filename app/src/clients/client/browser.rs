//! What only a browser can do. On the server each of these does nothing.

use std::time::Duration;

pub(super) use crate::ui::{focus, press};

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
