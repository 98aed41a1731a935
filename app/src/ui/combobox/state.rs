//! What is typed into a combobox, and what is chosen.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::matches::matches;
use crate::ui::{
    Choice,
    listbox::{ListKey, Listbox},
};

/// A combobox in use.
#[derive(Clone, Copy)]
pub(super) struct ComboboxState {
    /// The list below the box.
    pub(super) list: Listbox,
    /// The options that match what is typed; none while the list is closed.
    pub(super) matches: Memo<Vec<Choice>>,
    value: RwSignal<String>,
    chosen_label: Signal<String>,
    /// None: the box shows the choice. Some: what has been typed since it was opened.
    typed: RwSignal<Option<String>>,
    /// Whether the user searched or moved to the highlighted option. Opening the list also highlights one, which Tab must not choose.
    is_deliberate: RwSignal<bool>,
    required: bool,
    on_choose: Option<Callback<String>>,
}

impl ComboboxState {
    /// Closed, showing the choice.
    pub(super) fn new(id: &str, value: RwSignal<String>, options: Signal<Vec<Choice>>, required: bool, on_choose: Option<Callback<String>>) -> Self {
        let (is_open, typed) = (RwSignal::new(false), RwSignal::new(None::<String>));
        let chosen_label = Signal::derive(move || {
            let value = value.get();
            let known = options.with(|options| options.iter().find(|option| option.value == value).map(|option| option.label.clone()));
            known.unwrap_or(value)
        });
        let matches = Memo::new(move |_| match is_open.get() {
            true => options.with(|options| matches(options, &typed.get().unwrap_or_default())),
            false => Vec::new(),
        });
        let list = Listbox::new(id, is_open, Signal::derive(move || matches.with(Vec::len)));
        Self { list, matches, value, chosen_label, typed, is_deliberate: RwSignal::new(false), required, on_choose }
    }

    /// What stands in the box.
    pub(super) fn text(self) -> String {
        self.typed.get().unwrap_or_else(|| self.chosen_label.get())
    }

    /// Whether the list is open and empty.
    pub(super) fn finds_nothing(self) -> bool {
        self.list.is_open.get() && self.matches.with(Vec::is_empty)
    }

    /// Opens the list and selects the text, so that typing replaces it.
    pub(super) fn click(self) {
        self.open();
        if let Some(input) = self.list.input.get_untracked() {
            input.select();
        }
    }

    /// Searches for what is typed.
    pub(super) fn input(self, typed: String) {
        self.open();
        if typed.is_empty() && !self.required {
            self.value.set(String::new());
        }
        self.is_deliberate.set(!typed.is_empty());
        self.typed.set(Some(typed));
        self.list.active.set(0);
    }

    /// Chooses a value.
    pub(super) fn choose(self, value: String) {
        self.value.set(value.clone());
        self.close();
        if let Some(on_choose) = self.on_choose {
            on_choose.run(value);
        }
    }

    /// Closes the list; the box shows the choice again.
    pub(super) fn close(self) {
        self.list.is_open.set(false);
        self.typed.set(None);
        self.is_deliberate.set(false);
        // The box may hold what was typed although nothing reactive changed; put the choice back by hand.
        if let Some(input) = self.list.input.get_untracked() {
            input.set_value(&self.chosen_label.get_untracked());
        }
    }

    /// Does what a key asks for.
    pub(super) fn key(self, event: &KeyboardEvent) {
        if event.key() == "Tab" && self.list.is_open.get_untracked() && self.is_deliberate.get_untracked() {
            // Chooses, and still lets Tab move the focus.
            return self.choose_highlighted();
        }
        match self.list.meaning(event) {
            Some(ListKey::Open) => {
                self.open();
                self.list.highlight(self.list.active.get_untracked());
            }
            Some(ListKey::Highlight(at)) => self.list.highlight(at),
            Some(ListKey::Choose) => self.choose_highlighted(),
            Some(ListKey::Close) => self.close(),
            None => return,
        }
        self.is_deliberate.set(self.list.is_open.get_untracked());
        event.prevent_default();
        event.stop_propagation();
    }

    /// Opens the list with the choice highlighted.
    fn open(self) {
        if !self.list.is_open.get_untracked() {
            self.list.open();
            let chosen = self.value.get_untracked();
            let at = self.matches.with_untracked(|matches| matches.iter().position(|option| option.value == chosen));
            self.list.active.set(at.unwrap_or(0));
        }
    }

    fn choose_highlighted(self) {
        let at = self.list.active.get_untracked();
        if let Some(option) = self.matches.with_untracked(|matches| matches.get(at).cloned()) {
            self.choose(option.value);
        }
    }
}
