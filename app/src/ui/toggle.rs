//! Fields for yes and no, and for some of several.

use leptos::{html, prelude::*};

use super::{
    Choice, FieldGroup, FieldNotes,
    bind::bind_checked,
    field::{described_by, field_id, invalid},
};

/// A tick box with its label. Sends `true` when ticked and nothing otherwise, as forms do.
#[component]
pub fn CheckboxField(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is agreed to by ticking.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// What is wrong with that.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Shown, but not to be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! { <Tick name label value error hint disabled switch=false /> }
}

/// The same, for something that is on or off.
#[component]
pub fn SwitchField(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is switched on.
    #[prop(into)]
    label: String,
    /// Whether it is on.
    value: RwSignal<bool>,
    /// What is wrong with that.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Shown, but not to be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! { <Tick name label value error hint disabled switch=true /> }
}

#[component]
fn Tick(
    name: String,
    label: String,
    value: RwSignal<bool>,
    error: Signal<Option<String>>,
    hint: String,
    disabled: Signal<bool>,
    switch: bool,
) -> impl IntoView {
    let id = field_id(&name);
    let node = NodeRef::<html::Input>::new();
    bind_checked(node, value);
    view! {
        <div class="field" data-invalid=move || invalid(error)>
            <label class="option">
                <input
                    class=if switch { "switch" } else { "checkbox" }
                    id=id.clone()
                    name=name
                    type="checkbox"
                    role=switch.then_some("switch")
                    value="true"
                    checked=value.get_untracked()
                    disabled=move || disabled.get()
                    aria-describedby=described_by(&id)
                    aria-invalid=move || invalid(error)
                    node_ref=node
                    on:change:target=move |event| value.set(event.target().checked())
                />
                <span>{label}</span>
            </label>
            <FieldNotes id hint error />
        </div>
    }
}

/// One of a few values, all visible. With `Choice::same(["Yes", "No"])` a yes-or-no question that may be left open.
#[component]
pub fn RadioGroup(
    /// The field's name, from which the ids are made.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Vec<Choice>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Side by side instead of one below the other.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let id = field_id(&name);
    let options = options
        .into_iter()
        .map(|choice| {
            let (mine, chosen) = (choice.value.clone(), choice.value.clone());
            let checked = Signal::derive(move || value.with(|value| *value == mine));
            let choose = Callback::new(move |_| value.set(chosen.clone()));
            view! { <OptionInput kind="radio" name=name.clone() choice checked required on_change=choose /> }
        })
        .collect_view();
    view! {
        <FieldGroup id label required hint error>
            <div class="options" role="presentation" data-inline=inline.then_some("")>{options}</div>
        </FieldGroup>
    }
}

/// Some of several values, all visible.
#[component]
pub fn CheckboxGroup(
    /// The field's name, from which the ids are made.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The chosen values, in the order of the options.
    value: RwSignal<Vec<String>>,
    /// What there is to choose from.
    #[prop(into)]
    options: Vec<Choice>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// At least one must be chosen.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Side by side instead of one below the other.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let id = field_id(&name);
    let order: StoredValue<Vec<String>> = StoredValue::new(options.iter().map(|choice| choice.value.clone()).collect());
    let options = options
        .into_iter()
        .map(|choice| {
            let (mine, chosen) = (choice.value.clone(), choice.value.clone());
            let checked = Signal::derive(move || value.with(|value| value.contains(&mine)));
            let tick = Callback::new(move |on| {
                value.update(|value| {
                    value.retain(|other| *other != chosen);
                    if on {
                        value.push(chosen.clone());
                    }
                    order.with_value(|order| value.sort_by_key(|value| order.iter().position(|other| other == value)));
                });
            });
            view! { <OptionInput kind="checkbox" name=name.clone() choice checked required=false on_change=tick /> }
        })
        .collect_view();
    view! {
        <FieldGroup id label required hint error>
            <div class="options" role="presentation" data-inline=inline.then_some("")>{options}</div>
        </FieldGroup>
    }
}

/// One radio button or tick box of a group.
#[component]
fn OptionInput(kind: &'static str, name: String, choice: Choice, checked: Signal<bool>, required: bool, on_change: Callback<bool>) -> impl IntoView {
    let Choice { value, label, detail, .. } = choice;
    view! {
        <label class="option">
            <input
                class=kind
                type=kind
                name=name
                value=value
                required=required
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                on:change:target=move |event| on_change.run(event.target().checked())
            />
            <span>
                {label}
                {(!detail.is_empty()).then(|| view! { <small>{detail}</small> })}
            </span>
        </label>
    }
}
