//! The field for secrets.

use leptos::{html, prelude::*};

use super::{
    Field, Glyph, Icon,
    bind::bind_value,
    field::{described_by, field_id, invalid, left},
    given,
};

/// A password, with a switch to see it.
#[component]
pub fn PasswordField(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The password as typed.
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
    /// `current-password` or `new-password`; `off` for a secret that is no password of the reader.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Told when the field is left.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let id = field_id(&name);
    let node = NodeRef::<html::Input>::new();
    let shown = RwSignal::new(false);
    bind_value(node, value);
    view! {
        <Field id=id.clone() label required hint error>
            <div class="input-group">
                <input
                    class="input"
                    id=id.clone()
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    // A password that was refused is never sent back in the page.
                    required=required
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=given(placeholder)
                    aria-describedby=described_by(&id)
                    aria-invalid=move || invalid(error)
                    node_ref=node
                    on:input:target=move |event| value.set(event.target().value())
                    on:blur=move |_| left(on_blur)
                />
                <button
                    class="input-action"
                    type="button"
                    data-needs-script=""
                    aria-label="Show"
                    aria-controls=id.clone()
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon glyph=Glyph::Eye />
                </button>
            </div>
        </Field>
    }
}
