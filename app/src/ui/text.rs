//! Fields for words and numbers. Each is one signal of text as typed; whether that is right is decided elsewhere and comes back as `error`.

use leptos::{html, prelude::*};

use super::{
    Field,
    bind::bind_value,
    field::{described_by, field_id, invalid, left},
    given,
};

/// One line of text.
#[component]
pub fn TextField(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The text as typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// The input's `type`: `email`, `tel`, `url`, `date` …
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in, in HTML's terms.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Which keyboard a phone shows, in HTML's terms.
    #[prop(optional)]
    input_mode: Option<&'static str>,
    /// An example, shown while empty. Never the only place where something is said.
    #[prop(optional, into)]
    placeholder: String,
    /// No more characters than these.
    #[prop(optional)]
    max_length: Option<usize>,
    /// Shown, but not to be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field_id(&name);
    let node = NodeRef::<html::Input>::new();
    bind_value(node, value);
    view! {
        <Field id=id.clone() label required hint error>
            <input
                class="input"
                id=id.clone()
                name=name
                type=kind
                value=value.get_untracked()
                required=required
                disabled=move || disabled.get()
                autocomplete=autocomplete
                inputmode=input_mode
                placeholder=given(placeholder)
                maxlength=max_length.map(|length| length.to_string())
                aria-describedby=described_by(&id)
                aria-invalid=move || invalid(error)
                node_ref=node
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| left(on_blur)
            />
        </Field>
    }
}

/// A whole number, typed as text: it may be wrong for a while, and browsers' own number inputs hide what was typed then.
#[component]
pub fn NumberField(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The digits as typed.
    value: RwSignal<String>,
    /// What is wrong with them.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let on_blur = on_blur.unwrap_or_else(|| Callback::new(|()| ()));
    view! { <TextField name label value error required hint input_mode="numeric" max_length=20 on_blur /> }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The text as typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Help before a mistake is made.
    #[prop(optional, into)]
    hint: String,
    /// How many lines are visible at first.
    #[prop(default = 4)]
    rows: u32,
    /// No more characters than these.
    #[prop(optional)]
    max_length: Option<usize>,
    /// Shown, but not to be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field_id(&name);
    let node = NodeRef::<html::Textarea>::new();
    bind_value(node, value);
    view! {
        <Field id=id.clone() label required hint error>
            <textarea
                class="input"
                id=id.clone()
                name=name
                rows=rows.to_string()
                required=required
                disabled=move || disabled.get()
                maxlength=max_length.map(|length| length.to_string())
                aria-describedby=described_by(&id)
                aria-invalid=move || invalid(error)
                // A text child would bring the marks that hydration needs, and a text area shows them.
                inner_html=escape(&value.get_untracked())
                node_ref=node
                on:input:target=move |event| value.set(event.target().value())
                on:blur=move |_| left(on_blur)
            ></textarea>
        </Field>
    }
}

/// Text for `inner_html`.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
