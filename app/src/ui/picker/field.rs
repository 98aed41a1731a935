//! The picker as people see it.

use leptos::prelude::*;

use super::{Candidates, Picked, chips::Chips, state::PickerState};
use crate::ui::{
    Choice, FieldGroup, Glyph, Icon,
    field::field_id,
    listbox::{ListboxInput, ListboxList, ListboxNote, ListboxOption},
};

/// Some of very many values.
///
/// The candidates are fetched while one types, so it doesn't matter how many there are, and it does nothing without JavaScript.
#[component]
pub fn Picker(
    /// The field's name, from which the ids are made.
    #[prop(into)]
    name: String,
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// The choice.
    picked: Picked,
    /// Finds candidates.
    candidates: Candidates,
    /// One only: the next choice replaces it.
    #[prop(optional)]
    single: bool,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Said while nothing is chosen.
    #[prop(into, default = "Nothing is chosen.".into())]
    none: String,
    /// Shown in the empty box.
    #[prop(into, default = "Type to search…".into())]
    placeholder: String,
) -> impl IntoView {
    let id = field_id(&name);
    let state = PickerState::new(&id, picked, candidates, single);
    let list = state.list;
    let option = move |(at, (choice, before)): (usize, (Choice, bool))| {
        let value = choice.value.clone();
        let selected = Memo::new(move |_| picked.has(&value, before));
        let Choice { label, detail, .. } = choice.clone();
        view! {
            <ListboxOption list at selected=selected.into() on_choose=move || state.toggle(choice.clone(), before)>
                <span>{label}<small>{detail}</small></span>
                {move || selected.get().then(|| view! { <Icon glyph=Glyph::Check /> })}
            </ListboxOption>
        }
    };
    view! {
        <FieldGroup id=id.clone() label=label.clone() required hint error>
            <div class="picker" role="presentation">
                <div class="combobox" data-needs-script="">
                    <ListboxInput
                        list
                        id=format!("{id}-search")
                        field=id
                        text=state.words.into()
                        placeholder
                        label=format!("Search {}", label.to_lowercase())
                        error
                        on_click=Callback::new(move |()| state.open())
                        on_input=Callback::new(move |words| state.input(words))
                        on_key=Callback::new(move |event| state.key(&event))
                        on_leave=Callback::new(move |()| state.close())
                    />
                    <Icon glyph=Glyph::Search />
                    <ListboxList list label multiple=!single>
                        <For each=move || state.choices.get().into_iter().enumerate() key=Clone::clone children=option />
                        {move || state.note().map(|text| view! { <ListboxNote text /> })}
                    </ListboxList>
                </div>
                <Chips picked none />
            </div>
        </FieldGroup>
    }
}
