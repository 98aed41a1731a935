//! What is chosen, each to be taken away.

use leptos::prelude::*;

use super::Picked;
use crate::ui::{Choice, Glyph, Icon};

/// The chosen values as chips.
#[component]
pub(super) fn Chips(
    /// The choice.
    picked: Picked,
    /// Said while nothing is chosen.
    none: String,
) -> impl IntoView {
    let none = StoredValue::new(none);
    let empty = Memo::new(move |_| picked.shown().is_empty() && picked.hidden() == 0);
    view! {
        <ul class="chips" role="list">
            <For each=move || picked.shown() key=|choice| choice.value.clone() children=move |choice| view! { <Chip choice picked /> } />
        </ul>
        {move || empty.get().then(|| view! { <p class="muted">{none.get_value()}</p> })}
        {move || {
            let hidden = picked.hidden();
            (hidden > 0).then(|| view! { <p class="muted">{format!("And {hidden} more: search to find and remove them.")}</p> })
        }}
    }
}

#[component]
fn Chip(choice: Choice, picked: Picked) -> impl IntoView {
    let Choice { label, detail, .. } = choice.clone();
    let remove = format!("Remove {label}");
    let (value, name, whose) = (choice.value.clone(), label.clone(), detail.clone());
    // Things of the same name are distinguished by their detail, such as their client.
    let has_namesake = Memo::new(move |_| picked.shown().iter().any(|other| other.label == name && other.value != value));
    view! {
        <li class="chip">
            <span class="chip-text" title=detail>
                {label}
                {move || (has_namesake.get() && !whose.is_empty()).then(|| view! { <small>{format!(" · {whose}")}</small> })}
            </span>
            <button class="chip-remove" type="button" title=remove.clone() aria-label=remove on:click=move |_| picked.toggle(choice.clone(), false)>
                <Icon glyph=Glyph::Close />
            </button>
        </li>
    }
}
