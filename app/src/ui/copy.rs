//! A text to take along.

use leptos::{html, prelude::*};

use super::{
    Button, Field, Glyph,
    field::{described_by, field_id},
    use_toasts,
};

/// A text that is shown, not typed, with a button that copies it to the clipboard.
#[component]
pub fn CopyField(
    /// The field's name, from which its id is made.
    #[prop(into)]
    name: String,
    /// What it is.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// What it is good for.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let id = field_id(&name);
    let node = NodeRef::<html::Input>::new();
    let toasts = use_toasts();
    let copy = move || {
        // Where the clipboard is out of reach, what is selected can be copied by hand.
        if let Some(input) = node.get_untracked() {
            input.select();
        }
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            let writing = web_sys::window().map(|window| window.navigator().clipboard().write_text(&value.get_untracked()));
            let Some(writing) = writing else { return };
            match wasm_bindgen_futures::JsFuture::from(writing).await {
                Ok(_) => toasts.success("Copied."),
                Err(_) => toasts.error("Your browser doesn’t let this page copy. The text is selected: copy it by hand."),
            }
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = toasts;
    };
    view! {
        <Field id=id.clone() label hint>
            <div class="copy-field">
                <input
                    class="input mono"
                    id=id.clone()
                    type="text"
                    readonly
                    value=move || value.get()
                    aria-describedby=described_by(&id)
                    node_ref=node
                    on:focus:target=move |event| event.target().select()
                />
                <Button icon=Glyph::Copy on_click=copy>"Copy"</Button>
            </div>
        </Field>
    }
}
