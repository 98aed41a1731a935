//! The browser's own list.

use leptos::{html, prelude::*};

use super::{
    Choice, Field,
    bind::bind_value,
    field::{described_by, field_id, invalid, left},
    given,
};

/// One of a few values, in the browser's own list. For many values see [`Combobox`](super::Combobox).
#[component]
pub fn SelectField(
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
    /// The words for "nothing chosen". Without them, nothing chosen is not on offer.
    #[prop(optional, into)]
    placeholder: String,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Shown, but not to be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field_id(&name);
    let node = NodeRef::<html::Select>::new();
    bind_value(node, value);
    let option = move |choice: Choice| {
        let selected = choice.value == value.get_untracked();
        view! { <option value=choice.value selected=selected>{choice.label}</option> }
    };
    view! {
        <Field id=id.clone() label required hint error>
            <select
                class="input"
                id=id.clone()
                name=name
                required=required
                disabled=move || disabled.get()
                aria-describedby=described_by(&id)
                aria-invalid=move || invalid(error)
                node_ref=node
                on:change:target=move |event| value.set(event.target().value())
                on:blur=move |_| left(on_blur)
            >
                {given(placeholder).map(|words| option(Choice::new("", words)))}
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </Field>
    }
}
