//! Remembers, for this window, that a draft was saved while its page was left: the next page may have been read before that save arrived, and must not
//! take it for another device's.

use domain::DraftId;

/// The draft is saved on top of a version, and the page may be gone before the answer.
pub(super) fn set(draft: &DraftId, version: i64) {
    #[cfg(feature = "hydrate")]
    if let Some(storage) = storage() {
        _ = storage.set_item(&key(draft), &version.to_string());
    }
    let _ = (draft, version);
}

/// On top of which version it was saved when its page was last left.
pub(super) fn take(draft: &DraftId) -> Option<i64> {
    #[cfg(feature = "hydrate")]
    {
        let (storage, key) = (storage()?, key(draft));
        let version = storage.get_item(&key).ok()??;
        _ = storage.remove_item(&key);
        return version.parse().ok();
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
