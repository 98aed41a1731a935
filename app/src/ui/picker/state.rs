//! What is typed into a picker, and what the search for it has found.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::{Candidates, Found, Picked};
use crate::ui::{
    Choice, Debounce, TYPING,
    listbox::{ListKey, Listbox},
};

/// How a search stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Search {
    Waiting,
    Failed(String),
    Done(Found),
}

/// A picker in use.
#[derive(Clone, Copy)]
pub(super) struct PickerState {
    /// The list below the box.
    pub(super) list: Listbox,
    /// What is typed.
    pub(super) words: RwSignal<String>,
    /// What is found, each with whether it was chosen before.
    pub(super) choices: Memo<Vec<(Choice, bool)>>,
    picked: Picked,
    candidates: StoredValue<Candidates>,
    search: RwSignal<Search>,
    /// Counts the searches: an answer is shown only if no other was begun meanwhile.
    searches: StoredValue<u32>,
    debounce: Debounce,
    single: bool,
}

impl PickerState {
    /// Closed, nothing typed.
    pub(super) fn new(id: &str, picked: Picked, candidates: Candidates, single: bool) -> Self {
        let search = RwSignal::new(Search::Waiting);
        let choices = Memo::new(move |_| search.with(|search| if let Search::Done(found) = search { found.choices.clone() } else { Vec::new() }));
        Self {
            list: Listbox::new(id, RwSignal::new(false), Signal::derive(move || choices.with(Vec::len))),
            words: RwSignal::new(String::new()),
            choices,
            picked,
            candidates: StoredValue::new(candidates),
            search,
            searches: StoredValue::new(0),
            debounce: Debounce::new(),
            single,
        }
    }

    /// Opens the list and searches, unless it is open.
    pub(super) fn open(self) {
        if !self.list.is_open.get_untracked() {
            self.list.open();
            self.search.set(Search::Waiting);
            self.search_now();
        }
    }

    /// Closes the list.
    pub(super) fn close(self) {
        self.list.is_open.set(false);
        self.words.set(String::new());
    }

    /// Searches for what is typed, once typing rests.
    pub(super) fn input(self, words: String) {
        self.words.set(words);
        if self.list.is_open.get_untracked() {
            self.debounce.call_in(TYPING, move || self.search_now());
        } else {
            self.open();
        }
    }

    /// Chooses a candidate, or takes the choice back; `before` says whether it was chosen before.
    pub(super) fn toggle(self, choice: Choice, before: bool) {
        if self.single {
            self.debounce.cancel();
            self.picked.choose_only(choice);
            return self.close();
        }
        self.picked.toggle(choice, before);
        // Each choice starts a new search.
        if !self.words.with_untracked(String::is_empty) {
            self.words.set(String::new());
            self.debounce.cancel();
            self.search_now();
        }
    }

    /// Does what a key asks for.
    pub(super) fn key(self, event: &KeyboardEvent) {
        match self.list.meaning(event) {
            Some(ListKey::Open) => self.open(),
            Some(ListKey::Highlight(at)) => self.list.highlight(at),
            Some(ListKey::Choose) => self.toggle_highlighted(),
            Some(ListKey::Close) => self.close(),
            None => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// What the list says besides its options.
    pub(super) fn note(self) -> Option<String> {
        self.search.with(|search| match search {
            Search::Waiting => Some("Searching…".to_owned()),
            Search::Failed(reason) => Some(reason.clone()),
            Search::Done(found) if found.choices.is_empty() => Some("Nothing found".to_owned()),
            Search::Done(found) => found.more.then(|| "There are more. Type to find them.".to_owned()),
        })
    }

    fn toggle_highlighted(self) {
        let at = self.list.active.get_untracked();
        if let Some((choice, before)) = self.choices.with_untracked(|choices| choices.get(at).cloned()) {
            self.toggle(choice, before);
        }
    }

    fn search_now(self) {
        // What was picked may have led to another page, without this field.
        let Some(words) = self.words.try_get_untracked() else { return };
        self.searches.update_value(|count| *count += 1);
        let mine = self.searches.get_value();
        let answer = self.candidates.with_value(|candidates| candidates.search(words.trim().to_owned()));
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            if self.searches.try_get_value() == Some(mine) {
                self.list.active.set(0);
                self.search.set(answer.map_or_else(Search::Failed, Search::Done));
            }
        });
    }
}
