//! The list of all keys, and the switch for those that are single characters.

use leptos::prelude::*;

use crate::{
    storage::{store, stored},
    ui::{Dialog, Kbd, SwitchField},
};

/// The name under which the browser stores that single characters do nothing.
const SINGLE_KEYS: &str = "single-keys";

/// Every key that does something, and what.
const KEYS: [(&str, &str); 9] = [
    ("Ctrl K  ⌘ K", "Search, or go to any page"),
    ("/", "Go to the search box of the page"),
    ("?", "Show this list"),
    ("↑ ↓", "Move in a list of options"),
    ("Page Up  Page Down", "Move faster in a list of options"),
    ("Enter", "Choose"),
    ("Esc", "Close a dialog, a menu or a list"),
    ("Tab  Shift Tab", "Go to the next field or button, or back"),
    ("Space", "Tick a box, press a button"),
];

/// Whether single characters do something.
pub(super) fn single_keys() -> bool {
    stored(SINGLE_KEYS) != "off"
}

/// The list.
#[component]
pub(super) fn KeysDialog(open: RwSignal<bool>) -> impl IntoView {
    let single = RwSignal::new(single_keys());
    Effect::new(move |before: Option<bool>| {
        let on = single.get();
        if before.is_some_and(|before| before != on) {
            store(SINGLE_KEYS, if on { "" } else { "off" });
        }
        on
    });
    let row = |(keys, what): (&'static str, &'static str)| {
        let keys = keys.split("  ").map(|keys| view! { <Kbd keys />" " }).collect_view();
        view! { <div><dt>{keys}</dt><dd>{what}</dd></div> }
    };
    view! {
        <Dialog id="keys" title="Keyboard shortcuts" open>
            <dl class="keys">{KEYS.into_iter().map(row).collect_view()}</dl>
            <SwitchField name="single-keys" label="Single-character shortcuts" hint="Switch them off if / and ? are pressed by accident." value=single />
        </Dialog>
    }
}
