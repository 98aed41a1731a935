//! The state of the list, and what keys do to it.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::position::{has_more_room_above, reveal};

/// How far Page Up and Page Down go.
const PAGE: usize = 10;

/// The list of one text box.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Listbox {
    /// The text box.
    pub(in crate::ui) input: NodeRef<html::Input>,
    /// Whether the list is shown.
    pub(in crate::ui) is_open: RwSignal<bool>,
    /// The position of the highlighted option.
    pub(in crate::ui) active: RwSignal<usize>,
    /// How many options there are.
    count: Signal<usize>,
    /// Whether the list opens above the box.
    pub(super) opens_above: RwSignal<bool>,
    /// The id of the field, from which those of the list and its options are made.
    id: StoredValue<String>,
}

/// What a key means to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum ListKey {
    /// Opens the list.
    Open,
    /// Highlights the option at a position.
    Highlight(usize),
    /// Chooses the highlighted option.
    Choose,
    /// Closes the list.
    Close,
}

impl Listbox {
    /// The closed list of a field. The options may depend on whether it is open.
    pub(in crate::ui) fn new(id: &str, is_open: RwSignal<bool>, count: Signal<usize>) -> Self {
        Self {
            input: NodeRef::new(),
            is_open,
            active: RwSignal::new(0),
            count,
            opens_above: RwSignal::new(false),
            id: StoredValue::new(id.to_owned()),
        }
    }

    /// Shows the list, above the box if there is more room.
    pub(in crate::ui) fn open(self) {
        self.opens_above.set(has_more_room_above(self.input));
        self.is_open.set(true);
    }

    /// Highlights the option at a position, or the last one, and scrolls to it.
    pub(in crate::ui) fn highlight(self, at: usize) {
        self.active.set(at.min(self.count.get_untracked().saturating_sub(1)));
        reveal(self.active_id());
    }

    /// What a key means in the present state of the list; none if it is for the text box.
    pub(in crate::ui) fn meaning(self, event: &KeyboardEvent) -> Option<ListKey> {
        meaning(&event.key(), self.is_open.get_untracked(), self.active.get_untracked())
    }

    /// The id of the list.
    pub(super) fn list_id(self) -> String {
        self.id.with_value(|id| format!("{id}-list"))
    }

    /// The id of the option at a position.
    pub(super) fn option_id(self, at: usize) -> String {
        self.id.with_value(|id| format!("{id}-option-{at}"))
    }

    /// The id of the highlighted option, if one is shown.
    pub(super) fn active_id(self) -> Option<String> {
        let is_shown = self.is_open.get() && self.active.get() < self.count.get();
        is_shown.then(|| self.option_id(self.active.get()))
    }
}

fn meaning(key: &str, is_open: bool, at: usize) -> Option<ListKey> {
    Some(match key {
        "ArrowDown" | "ArrowUp" if !is_open => ListKey::Open,
        _ if !is_open => return None,
        "ArrowDown" => ListKey::Highlight(at + 1),
        "ArrowUp" => ListKey::Highlight(at.saturating_sub(1)),
        "PageDown" => ListKey::Highlight(at + PAGE),
        "PageUp" => ListKey::Highlight(at.saturating_sub(PAGE)),
        "Home" => ListKey::Highlight(0),
        "End" => ListKey::Highlight(usize::MAX),
        "Enter" => ListKey::Choose,
        "Escape" => ListKey::Close,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_open_the_list_and_then_move_in_it() {
        for (key, is_open, expected) in [
            ("ArrowDown", false, Some(ListKey::Open)),
            ("ArrowUp", false, Some(ListKey::Open)),
            ("Enter", false, None),
            ("Home", false, None),
            ("Escape", false, None),
            ("ArrowDown", true, Some(ListKey::Highlight(4))),
            ("ArrowUp", true, Some(ListKey::Highlight(2))),
            ("PageDown", true, Some(ListKey::Highlight(13))),
            ("PageUp", true, Some(ListKey::Highlight(0))),
            ("End", true, Some(ListKey::Highlight(usize::MAX))),
            ("Enter", true, Some(ListKey::Choose)),
            ("Escape", true, Some(ListKey::Close)),
            ("a", true, None),
        ] {
            assert_eq!(meaning(key, is_open, 3), expected, "{key} {is_open}");
        }
    }
}
