//! Whether the page is hydrated. Until then it can be read and plain forms work, but buttons that need scripts say that the page is loading.

use leptos::prelude::*;

/// Why a button can't be used yet.
pub(super) const LOADING: &str = "The page is still loading.";

#[derive(Clone, Copy)]
struct Hydrated(RwSignal<bool>);

/// Context for the content of a form that is sent by script instead of by the browser.
#[derive(Clone, Copy, Debug)]
pub struct SentByScript;

/// Provides the hydration state; called once, at the root of the page.
pub fn provide_hydrated() {
    let hydrated = Hydrated(RwSignal::new(false));
    provide_context(hydrated);
    // Effects run only in the browser, after hydration.
    Effect::new(move |_| hydrated.0.set(true));
}

/// Whether the page is hydrated; true if no root provides the state.
pub(super) fn hydrated() -> Signal<bool> {
    use_context::<Hydrated>().map_or_else(|| Signal::stored(true), |hydrated| hydrated.0.into())
}

pub(super) fn is_sent_by_script() -> bool {
    use_context::<SentByScript>().is_some()
}
