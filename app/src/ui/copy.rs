//! Texts to take along.

use leptos::{html, prelude::*};

use super::{
    Button, ButtonSize, ButtonVariant, Field, Glyph, Toasts,
    field::{described_by, field_id},
    use_toasts,
};

/// Copies a text to the clipboard and says so.
fn copy_to_clipboard(text: String, toasts: Toasts) {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        let writing = web_sys::window().map(|window| window.navigator().clipboard().write_text(&text));
        let Some(writing) = writing else { return };
        match wasm_bindgen_futures::JsFuture::from(writing).await {
            Ok(_) => toasts.success("Copied."),
            Err(_) => toasts.error("Your browser doesn’t let this page copy. Select the text and copy it by hand."),
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (text, toasts);
}

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
        copy_to_clipboard(value.get_untracked(), toasts);
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

/// The same for a text of several lines.
#[component]
pub fn CopyArea(
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
    /// How many lines are visible.
    #[prop(default = 8)]
    rows: u32,
) -> impl IntoView {
    let id = field_id(&name);
    let node = NodeRef::<html::Textarea>::new();
    let toasts = use_toasts();
    let copy = move || {
        if let Some(area) = node.get_untracked() {
            area.select();
        }
        copy_to_clipboard(value.get_untracked(), toasts);
    };
    view! {
        <Field id=id.clone() label hint>
            <div class="copy-area">
                <textarea
                    class="input mono"
                    id=id.clone()
                    rows=rows.to_string()
                    readonly
                    spellcheck="false"
                    prop:value=move || value.get()
                    aria-describedby=described_by(&id)
                    node_ref=node
                ></textarea>
                <Button icon=Glyph::Copy on_click=copy>"Copy"</Button>
            </div>
        </Field>
    }
}

/// A short text within others, such as a cell, with a small button that copies it.
#[component]
pub fn CopyText(
    /// What it is: “Copy the Role ARN of Production”.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let toasts = use_toasts();
    // Where there is no room for an ARN on one line, it breaks between its parts.
    let parts = value.split_inclusive([':', '/']).map(|part| view! { {part.to_owned()}<wbr /> }).collect_view();
    view! {
        <span class="copy-text">
            <span class="mono">{parts}</span>
            <span data-needs-script="">
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    icon=Glyph::Copy
                    label
                    on_click=move || copy_to_clipboard(value.clone(), toasts)
                />
            </span>
        </span>
    }
}
