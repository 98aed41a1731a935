//! What stands around every form element: its label, its hint and its fault.

use leptos::prelude::*;

use super::{Glyph, Icon, given};

/// The id of the element of a field, made from the field's name (`contacts[0].email` is `contacts-0-email`).
pub fn field_id(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// What an element refers to with `aria-describedby`. Both ids exist at all times, so the reference never has to change.
pub(super) fn described_by(id: &str) -> String {
    format!("{id}-hint {id}-error")
}

/// `aria-invalid` while there is a fault.
pub(super) fn invalid(error: Signal<Option<String>>) -> Option<&'static str> {
    error.with(Option::is_some).then_some("true")
}

/// Calls `on_blur`, if there is one.
pub(super) fn left(on_blur: Option<Callback<()>>) {
    if let Some(on_blur) = on_blur {
        // A field that is taken out of the page while it has the focus is left when what would be told is gone already.
        _ = on_blur.try_run(());
    }
}

/// A label above an element, with hint and fault below it. The element itself has the id, and refers to `{id}-hint` and `{id}-error`.
#[component]
pub fn Field(
    /// The id of the element.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Help after it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The element.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" data-invalid=move || invalid(error)>
            <div class="field-label">
                <label for=id.clone()>{label}</label>
                <RequiredMark required />
            </div>
            {children()}
            <FieldNotes id hint error />
        </div>
    }
}

/// The same around several elements that together are one field: a `<fieldset>` with a `<legend>`.
#[component]
pub fn FieldGroup(
    /// The id of the whole, which takes the focus when a fault points here.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Help after it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The elements.
    children: Children,
) -> impl IntoView {
    let described_by = described_by(&id);
    let group_id = id.clone();
    view! {
        <fieldset class="field" id=group_id tabindex="-1" aria-describedby=described_by data-invalid=move || invalid(error)>
            <legend class="field-label">
                <span>{label}</span>
                <RequiredMark required />
            </legend>
            <div class="field-options">{children()}</div>
            <FieldNotes id hint error />
        </fieldset>
    }
}

/// The word for sighted people; screen readers learn it from the element's `required`.
#[component]
fn RequiredMark(required: bool) -> impl IntoView {
    required.then(|| view! { <span class="field-required" aria-hidden="true">"required"</span> })
}

/// Hint and fault below an element.
#[component]
pub(super) fn FieldNotes(id: String, hint: String, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="field-hint" id=format!("{id}-hint")>{given(hint)}</p>
        <p class="field-error" id=format!("{id}-error")>
            {move || error.get().map(|error| view! { <Icon glyph=Glyph::Warning /><span>{error}</span> })}
        </p>
    }
}
