//! Small questions: yes or no, and a tick.

use leptos::prelude::*;

use crate::ui::{FieldGroup, field_id};

/// A question to be answered by Yes or No.
pub(super) struct Question {
    /// The field's name, from which its id is made.
    pub(super) name: String,
    /// The question.
    pub(super) label: String,
    /// What the answers mean.
    pub(super) hint: &'static str,
    /// The answer.
    pub(super) value: Signal<bool>,
    /// Told another one.
    pub(super) on_change: Callback<bool>,
}

impl Question {
    /// A question whose answer is a field of its own.
    pub(super) fn new(name: &str, label: &str, hint: &'static str, value: RwSignal<bool>) -> Self {
        Self { name: name.to_owned(), label: label.to_owned(), hint, value: value.into(), on_change: Callback::new(move |yes| value.set(yes)) }
    }

    /// Yes and No side by side.
    pub(super) fn view(self) -> AnyView {
        let Self { name, label, hint, value, on_change } = self;
        let radio = |words: &'static str, mine: bool| {
            view! {
                <label class="option">
                    <input
                        class="radio"
                        type="radio"
                        name=name.clone()
                        value=words
                        checked=value.get_untracked() == mine
                        prop:checked=move || value.get() == mine
                        on:change=move |_| on_change.run(mine)
                    />
                    <span>{words}</span>
                </label>
            }
        };
        let (yes, no) = (radio("Yes", true), radio("No", false));
        view! {
            <FieldGroup id=field_id(&name) label hint>
                <div class="options" role="presentation" data-inline="">{yes}{no}</div>
            </FieldGroup>
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
