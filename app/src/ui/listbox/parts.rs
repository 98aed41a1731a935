//! The text box, the list, and what stands in it.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::state::Listbox;
use crate::ui::{
    field::{described_by, invalid, left},
    given,
};

/// The text box.
#[component]
pub(in crate::ui) fn ListboxInput(
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
            on:blur=move |_| left(Some(on_leave))
        />
    }
}

/// The list, around its options. They are keyed: a press on one that another takes the place of must not choose that other.
#[component]
pub(in crate::ui) fn ListboxList(
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
pub(in crate::ui) fn ListboxOption(
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
pub(in crate::ui) fn ListboxNote(
    /// What it says.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <li class="combobox-none" role="option" aria-disabled="true" aria-selected="false">{text}</li> }
}
