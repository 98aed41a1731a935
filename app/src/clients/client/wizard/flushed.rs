//! Remembers in this window that a draft was saved while its page was left. The next page can load before that save arrives, and must not mistake it for
//! another device's.

use domain::DraftId;

/// Records that the draft is being saved on top of `version` while its page is left.
pub(super) fn set(draft: &DraftId, version: i64) {
    #[cfg(feature = "hydrate")]
    if let Some(storage) = storage() {
        _ = storage.set_item(&key(draft), &version.to_string());
    }
    let _ = (draft, version);
}

/// Takes the version of the draft that the last save before leaving the page was based on.
pub(super) fn take(draft: &DraftId) -> Option<i64> {
    #[cfg(feature = "hydrate")]
    {
        let (storage, key) = (storage()?, key(draft));
        let version = storage.get_item(&key).ok()??;
        _ = storage.remove_item(&key);
        version.parse().ok()
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = draft;
        None
    }
}

#[cfg(feature = "hydrate")]
fn key(draft: &DraftId) -> String {
    format!("draft-saved-{draft}")
}

#[cfg(feature = "hydrate")]
fn storage() -> Option<web_sys::Storage> {
    leptos::prelude::window().session_storage().ok().flatten()
}
