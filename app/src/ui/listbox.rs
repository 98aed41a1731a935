//! A text box with a list of options below it, as WAI-ARIA describes it for comboboxes: keys, the highlighted option, and where the list opens.
//! [`Combobox`](super::Combobox) and [`Picker`](super::Picker) put their own options into it.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    field::{described_by, invalid},
    given,
};

/// The preferred height of the list, in pixels.
#[cfg(feature = "hydrate")]
const HEIGHT: f64 = 260.0;

/// How far Page Up and Page Down go.
const PAGE: usize = 10;

/// The list of one text box.
#[derive(Clone, Copy)]
pub(super) struct Listbox {
    /// The text box.
    pub(super) input: NodeRef<html::Input>,
    /// Whether the list is shown.
    pub(super) is_open: RwSignal<bool>,
    /// The position of the highlighted option.
    pub(super) active: RwSignal<usize>,
    /// How many options there are.
    count: Signal<usize>,
    opens_above: RwSignal<bool>,
    /// The id of the field, from which those of the list and its options are made.
    id: StoredValue<String>,
}

/// What a key means to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListKey {
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
    pub(super) fn new(id: &str, is_open: RwSignal<bool>, count: Signal<usize>) -> Self {
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
    pub(super) fn open(self) {
        self.opens_above.set(has_more_room_above(self.input));
        self.is_open.set(true);
    }

    /// Highlights the option at a position, or the last one, and scrolls to it.
    pub(super) fn highlight(self, at: usize) {
        self.active.set(at.min(self.count.get_untracked().saturating_sub(1)));
        reveal(self.active_id());
    }

    /// What a key means in the present state of the list; none if it is for the text box.
    pub(super) fn meaning(self, event: &KeyboardEvent) -> Option<ListKey> {
        meaning(&event.key(), self.is_open.get_untracked(), self.active.get_untracked())
    }

    fn list_id(self) -> String {
        self.id.with_value(|id| format!("{id}-list"))
    }

    fn option_id(self, at: usize) -> String {
        self.id.with_value(|id| format!("{id}-option-{at}"))
    }

    /// The id of the highlighted option, if one is shown.
    fn active_id(self) -> Option<String> {
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

/// The text box.
#[component]
pub(super) fn ListboxInput(
    /// Its list.
    list: Listbox,
    /// Its id.
    id: String,
    /// The id of the field, whose hint and fault describe it.
    field: String,
    /// What stands in it.
    text: Signal<String>,
    /// Shown while it is empty.
    placeholder: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// What it is called, unless a label says so.
    #[prop(optional)]
    label: String,
    /// What is wrong with the choice.
    error: Signal<Option<String>>,
    /// Called when it is clicked.
    on_click: Callback<()>,
    /// Called with what is typed.
    on_input: Callback<String>,
    /// Called for each key.
    on_key: Callback<KeyboardEvent>,
    /// Called when it is left.
    on_leave: Callback<()>,
) -> impl IntoView {
    view! {
        <input
            class="input"
            id=id
            type="text"
            role="combobox"
            value=given(text.get_untracked())
            prop:value=move || text.get()
            placeholder=placeholder
            required=required
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-label=given(label)
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls=list.list_id()
            aria-expanded=move || if list.is_open.get() { "true" } else { "false" }
            aria-activedescendant=move || list.active_id()
            aria-describedby=described_by(&field)
            aria-invalid=move || invalid(error)
            node_ref=list.input
            on:click=move |_| on_click.run(())
            on:input:target=move |event| on_input.run(event.target().value())
            on:keydown=move |event| on_key.run(event)
            on:blur=move |_| on_leave.run(())
        />
    }
}

/// The list, around its options.
#[component]
pub(super) fn ListboxList(
    /// Which list.
    list: Listbox,
    /// What it is called.
    label: String,
    /// Whether several options can be chosen.
    #[prop(optional)]
    multiple: bool,
    /// The options.
    children: Children,
) -> impl IntoView {
    view! {
        <ul
            class="combobox-list"
            id=list.list_id()
            role="listbox"
            aria-label=label
            aria-multiselectable=multiple.then_some("true")
            hidden=move || !list.is_open.get()
            data-above=move || list.opens_above.get().then_some("")
            // A press would take the focus from the box, and the list would be gone before the click.
            on:mousedown=move |event| event.prevent_default()
        >
            {children()}
        </ul>
    }
}

/// One option.
#[component]
pub(super) fn ListboxOption(
    /// Its list.
    list: Listbox,
    /// Its position.
    at: usize,
    /// Whether it is chosen.
    selected: Signal<bool>,
    /// Called when it is clicked.
    #[prop(into)]
    on_choose: Callback<()>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <li
            id=list.option_id(at)
            class="combobox-option"
            role="option"
            aria-selected=move || if selected.get() { "true" } else { "false" }
            data-active=move || (list.active.get() == at).then_some("")
            on:click=move |_| on_choose.run(())
        >
            {children()}
        </li>
    }
}

/// A line in the list that is no option.
#[component]
pub(super) fn ListboxNote(
    /// What it says.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <li class="combobox-none" role="option" aria-disabled="true" aria-selected="false">{text}</li> }
}

/// Whether there is more room above the box than below, between the window's sticky bars.
fn has_more_room_above(input: NodeRef<html::Input>) -> bool {
    #[cfg(feature = "hydrate")]
    if let Some(input) = input.get_untracked() {
        let edge = |selector: &str| document().query_selector(selector).ok().flatten().map(|bar| bar.get_bounding_client_rect());
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let top = edge(".topbar").map_or(0.0, |bar| bar.bottom());
        let bottom = edge(".form-bar").map_or(height, |bar| bar.top().min(height));
        let rect = input.get_bounding_client_rect();
        let below = bottom - rect.bottom();
        return below < HEIGHT && rect.top() - top > below;
    }
    let _ = input;
    false
}

/// Scrolls the list so that an option is seen.
fn reveal(option: Option<String>) {
    let Some(id) = option else { return };
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            #[cfg(feature = "hydrate")]
            {
                let nearest = web_sys::ScrollIntoViewOptions::new();
                nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
                element.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
            #[cfg(not(feature = "hydrate"))]
            element.scroll_into_view();
        }
    });
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
