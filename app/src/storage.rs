//! What a browser stores for its user.

#[cfg(feature = "hydrate")]
use leptos::{prelude::window, web_sys};

/// What this browser stores under a name; empty if it stores nothing.
#[cfg(feature = "hydrate")]
pub(crate) fn stored(key: &str) -> String {
    storage().and_then(|storage| storage.get_item(key).ok().flatten()).unwrap_or_default()
}

/// What this browser stores under a name: nothing, while the server renders.
#[cfg(not(feature = "hydrate"))]
pub(crate) const fn stored(_: &str) -> String {
    String::new()
}

/// Stores it, where the browser allows that.
#[cfg(feature = "hydrate")]
pub(crate) fn store(key: &str, text: &str) {
    if let Some(storage) = storage() {
        _ = storage.set_item(key, text);
    }
}

/// Stores nothing, while the server renders.
#[cfg(not(feature = "hydrate"))]
pub(crate) const fn store(_: &str, _: &str) {}

#[cfg(feature = "hydrate")]
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
