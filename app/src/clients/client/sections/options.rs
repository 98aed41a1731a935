//! Small questions: on or off, and a tick.

use leptos::prelude::*;

use crate::ui::field_id;

/// What is on or off.
pub(super) struct Question {
    /// The field's name, from which its id is made.
    pub(super) name: String,
    /// What is switched on.
    pub(super) label: String,
    /// What that means.
    pub(super) hint: &'static str,
    /// Whether it is on.
    pub(super) value: Signal<bool>,
    /// Told when it is switched.
    pub(super) on_change: Callback<bool>,
}

impl Question {
    /// A switch that is a field of its own.
    pub(super) fn new(name: &str, label: &str, hint: &'static str, value: RwSignal<bool>) -> Self {
        Self { name: name.to_owned(), label: label.to_owned(), hint, value: value.into(), on_change: Callback::new(move |yes| value.set(yes)) }
    }

    /// A switch.
    pub(super) fn view(self) -> AnyView {
        let Self { name, label, hint, value, on_change } = self;
        let id = field_id(&name);
        view! {
            <div class="field">
                <label class="option">
                    <input
                        class="switch"
                        type="checkbox"
                        role="switch"
                        id=id.clone()
                        name=name
                        value="true"
                        aria-describedby=format!("{id}-hint")
                        checked=value.get_untracked()
                        prop:checked=move || value.get()
                        on:change:target=move |event| on_change.run(event.target().checked())
                    />
                    <span>{label}</span>
                </label>
                <p class="field-hint" id=format!("{id}-hint")>{hint}</p>
            </div>
        }
        .into_any()
    }
}

/// One tick box of a list.
pub(super) fn tick(id: String, label: String, detail: String, checked: Signal<bool>, on_change: Callback<bool>) -> AnyView {
    view! {
        <label class="option">
            <input
                class="checkbox"
                type="checkbox"
                id=id
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                on:change:target=move |event| on_change.run(event.target().checked())
            />
            <span>{label}{(!detail.is_empty()).then(|| view! { <small>{detail}</small> })}</span>
        </label>
    }
    .into_any()
}
