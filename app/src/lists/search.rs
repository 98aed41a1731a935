//! The search box of a list: it and the address follow each other.

use leptos::prelude::*;

use crate::ui::{TYPING, when_rested};

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
        let search = move || {
            let typed = words.take();
            if there.get_untracked() != typed {
                go(typed);
            }
        };
        when_rested(move || words.typed.track(), TYPING, search);
        Effect::new(move |_| {
            let there = there.get();
            if words.asked.with_value(|asked| *asked != there) {
                words.asked.set_value(there.clone());
                words.typed.set(there);
            }
        });
        words
    }

    /// The words, to be asked for now.
    pub(crate) fn take(self) -> String {
        let typed = self.typed.get_untracked().trim().to_owned();
        self.asked.set_value(typed.clone());
        typed
    }
}

/// Hidden inputs that carry the rest of the address along with a search.
pub(crate) fn hidden_inputs(pairs: Vec<(&'static str, String)>) -> impl IntoView + use<> {
    pairs.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}
