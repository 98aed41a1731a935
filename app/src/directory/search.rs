//! The search box of a list: it and the address follow each other.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// Short enough to feel like at once, long enough not to ask for every letter of a quick typist.
const TYPING: Duration = Duration::from_millis(120);

/// The id of the search box of a list.
pub(crate) const SEARCH_BOX: &str = "q";

/// The words in the search box of a list.
#[derive(Clone, Copy)]
pub(crate) struct SearchWords {
    /// As typed.
    pub(crate) typed: RwSignal<String>,
    /// What the box last asked for: an address that says something else was reached by a link or the Back button, and changes the box.
    asked: StoredValue<String>,
}

impl SearchWords {
    /// `there` is what the address searches for, `go` leads to other words when typing has rested.
    pub(crate) fn new(there: Signal<String>, go: impl Fn(String) + Copy + Send + Sync + 'static) -> Self {
        let now = there.get_untracked();
        let words = Self { typed: RwSignal::new(now.clone()), asked: StoredValue::new(now) };
        while_typing(words.typed, move || {
            let typed = words.take();
            if there.get_untracked() != typed {
                go(typed);
            }
        });
        Effect::new(move |_| {
            let there = there.get();
            if words.asked.with_value(|asked| *asked != there) {
                words.asked.set_value(there.clone());
                words.typed.set(there);
            }
        });
        focus_on_slash();
        words
    }

    /// The words, to be asked for now.
    pub(crate) fn take(self) -> String {
        let typed = self.typed.get_untracked().trim().to_owned();
        self.asked.set_value(typed.clone());
        typed
    }
}

/// What a search form doesn't ask for, but must not forget: those of the pairs that are not at their default.
pub(crate) fn kept<const N: usize>(pairs: [(&'static str, String, bool); N]) -> impl IntoView + use<N> {
    let kept = pairs.into_iter().filter(|(_, _, kept)| *kept);
    kept.map(|(name, value, _)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

/// Calls when the text has changed and then rested for a moment.
pub(crate) fn while_typing(text: RwSignal<String>, call: impl Fn() + Copy + Send + Sync + 'static) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || _ = timer.try_update_value(|timer| timer.take().map(|timer| timer.clear()));
    Effect::new(move |before: Option<()>| {
        text.track();
        if before.is_some() {
            stop();
            timer.set_value(set_timeout_with_handle(call, TYPING).ok());
        }
    });
    on_cleanup(stop);
}

/// `/` goes to the search box, unless something is being typed elsewhere.
fn focus_on_slash() {
    Effect::new(move |_| {
        let listener = window_event_listener(leptos::ev::keydown, |event| {
            let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
            let typing = element
                .is_some_and(|element| element.closest("input, textarea, select, dialog, [contenteditable]").is_ok_and(|field| field.is_some()));
            if event.key() == "/" && !typing && !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
                event.prevent_default();
                focus(SEARCH_BOX);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// Puts the focus on an element that this turn may only be about to put into the page.
pub(crate) fn focus(id: impl Into<String>) {
    focus_on(format!("#{}", id.into()));
}

/// As [`focus`], by a selector.
pub(crate) fn focus_on(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        let element = document().query_selector(&selector).ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element {
            _ = element.focus();
        }
    });
}

/// Presses a hidden file input.
pub(crate) fn press(input: NodeRef<leptos::html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.click();
    }
}
