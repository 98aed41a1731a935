//! The combobox as people see it.

use leptos::prelude::*;

use super::state::ComboboxState;
use crate::ui::{
    Choice, Field, Glyph, Icon,
    field::{field_id, left},
    listbox::{ListboxInput, ListboxList, ListboxNote, ListboxOption},
};

/// One of many values, found by typing any part of its label or detail, without regard to case and accents.
///
/// The value travels in a hidden input named `name`. Leaving the box without choosing brings back the last choice.
#[component]
pub fn Combobox(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be chosen. Otherwise emptying the box takes the choice back.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Shown while nothing is chosen.
    #[prop(into, default = "Search…".into())]
    placeholder: String,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
    /// Told what was chosen.
    #[prop(optional, into)]
    on_choose: Option<Callback<String>>,
) -> impl IntoView {
    let id = field_id(&name);
    let state = ComboboxState::new(&id, value, options, required, on_choose);
    let list = state.list;
    let text = Signal::derive(move || state.text());
    let leave = Callback::new(move |()| {
        state.close();
        left(on_blur);
    });
    let option = move |(at, option): (usize, Choice)| {
        let Choice { value: mine, label, detail, .. } = option;
        let mine = StoredValue::new(mine);
        let selected = Signal::derive(move || mine.with_value(|mine| value.with(|value| value == mine)));
        view! {
            <ListboxOption list at selected on_choose=move || state.choose(mine.get_value())>
                <span>{label}</span>
                <small>{detail}</small>
            </ListboxOption>
        }
    };
    view! {
        <Field id=id.clone() label=label.clone() required hint error>
            <div class="combobox">
                <input type="hidden" name=name value=move || value.get() />
                <ListboxInput
                    list
                    id=id.clone()
                    field=id
                    text
                    placeholder
                    required
                    error
                    on_click=Callback::new(move |()| state.click())
                    on_input=Callback::new(move |typed| state.input(typed))
                    on_key=Callback::new(move |event| state.key(&event))
                    on_leave=leave
                />
                <Icon glyph=Glyph::ChevronsUpDown />
                <ListboxList list label>
                    <For each=move || state.matches.get().into_iter().enumerate() key=Clone::clone children=option />
                    {move || state.finds_nothing().then(|| view! { <ListboxNote text="Nothing found" /> })}
                </ListboxList>
            </div>
        </Field>
    }
}
