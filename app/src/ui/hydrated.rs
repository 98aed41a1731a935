//! Until WebAssembly has arrived, the page can be read and plain forms can be sent, but what needs scripts does nothing: its buttons say so.

use leptos::prelude::*;

/// Why a button can't be used yet.
pub(super) const LOADING: &str = "The page is still loading.";

#[derive(Clone, Copy)]
struct Hydrated(RwSignal<bool>);

/// Given to the content of a form that a script sends, not the browser.
#[derive(Clone, Copy, Debug)]
pub struct SentByScript;

/// Makes buttons below wait for WebAssembly; once, at the root of the page.
pub fn provide_hydrated() {
    let hydrated = Hydrated(RwSignal::new(false));
    provide_context(hydrated);
    // Runs in the browser only, when the whole page is hydrated.
    Effect::new(move |_| hydrated.0.set(true));
}

/// Whether the page answers clicks by itself. Without a root that provides it, there is nothing to wait for.
pub(super) fn hydrated() -> Signal<bool> {
    use_context::<Hydrated>().map_or_else(|| Signal::stored(true), |hydrated| hydrated.0.into())
}

pub(super) fn is_sent_by_script() -> bool {
    use_context::<SentByScript>().is_some()
}
