//! Questions that must be answered before anything else, on the browser's own `<dialog>`: it keeps the focus inside, shuts on Escape and gives
//! the focus back.

use leptos::{
    html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlDialogElement, HtmlElement},
};

use super::{Button, ButtonSize, ButtonVariant, Glyph};

/// A dialog that is open while `open` is true.
#[component]
pub fn Dialog(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Whether it is open; set to false when the reader shuts it.
    open: RwSignal<bool>,
    /// More room, for forms.
    #[prop(optional)]
    wide: bool,
    /// Whether it has unsaved changes; if so, asks before closing.
    #[prop(optional, into)]
    unsaved: Signal<bool>,
    /// Its buttons.
    #[prop(optional, into)]
    actions: ViewFn,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    Effect::new(move |_| {
        let wanted = open.get();
        if let Some(dialog) = node.get_untracked() {
            if wanted && !dialog.open() {
                show(dialog);
            } else if !wanted && dialog.open() {
                if stays(unsaved) {
                    open.set(true);
                } else {
                    dialog.close();
                }
            }
        }
    });
    view! {
        <dialog
            class="dialog"
            id=id
            data-wide=wide.then_some("")
            aria-labelledby=labelled_by
            node_ref=node
            on:cancel=move |event: leptos::ev::Event| {
                if stays(unsaved) {
                    event.prevent_default();
                }
            }
            on:close=move |_| open.set(false)
        >
            <header class="dialog-header">
                <h2 id=title_id>{title}</h2>
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    icon=Glyph::Close
                    label="Close"
                    on_click=move || open.set(false)
                />
            </header>
            <div class="dialog-body">{children()}</div>
            <footer class="dialog-footer actions">{actions.run()}</footer>
        </dialog>
    }
}

/// Where the focus goes when a dialog is shown: to its first field, or else to the button that changes nothing. A browser would choose the one that shuts it.
const FIRST: [&str; 2] = [".dialog-body :is(input, select, textarea):enabled", ".dialog-footer .button"];

/// Shows a dialog over the page. One that was made only now is shown once it stands in the page.
pub(super) fn show(dialog: HtmlDialogElement) {
    let stands_in_page = dialog.is_connected();
    let show = move || {
        _ = dialog.show_modal();
        let first = FIRST.iter().find_map(|selector| dialog.query_selector(selector).ok().flatten());
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            _ = first.focus();
        }
    };
    if stands_in_page {
        show();
    } else {
        request_animation_frame(show);
    }
}

/// Whether there are unsaved changes and the user chooses to stay.
fn stays(unsaved: Signal<bool>) -> bool {
    unsaved.get_untracked() && window().confirm_with_message("Discard your changes?") == Ok(false)
}

/// Asks before something is done that can't easily be undone.
#[component]
pub fn ConfirmDialog(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    title: String,
    /// What would follow.
    #[prop(into)]
    body: String,
    /// The words on the button that does it: a verb.
    #[prop(into)]
    confirm: String,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The action is running; the dialog stays open until the caller sets `open` to false.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Does it.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let variant = if danger { ButtonVariant::Danger } else { ButtonVariant::Primary };
    let confirm = StoredValue::new(confirm);
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant busy on_click=on_confirm>{confirm.get_value()}</Button>
        }
    };
    view! { <Dialog id title open actions><p>{body}</p></Dialog> }
}
