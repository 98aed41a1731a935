//! Messages that stand in the page.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

use super::{Glyph, Icon, Tone, field_id, given};

/// One fault of a form: where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The name of the field it is about. Empty if it is about the whole.
    pub field: String,
    /// The sentence.
    pub message: String,
}

/// A message in the page, in a colour.
#[component]
pub fn Notice(
    /// Its colour, which also decides whether a screen reader interrupts.
    #[prop(optional)]
    tone: Tone,
    /// The short form of the message.
    #[prop(optional, into)]
    title: String,
    /// The long of it, and what can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let glyph = match tone {
        Tone::Positive => Glyph::Check,
        Tone::Warning | Tone::Danger => Glyph::Warning,
        Tone::Neutral | Tone::Info => Glyph::Info,
    };
    let role = if tone == Tone::Danger { "alert" } else { "status" };
    view! {
        <div class="notice" data-tone=tone.name() role=role>
            <Icon glyph />
            <div class="notice-text">
                {given(title).map(|title| view! { <p class="notice-title">{title}</p> })}
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// All faults of a form at its top, each a link to its field. Shows nothing while there are none, and takes the focus when they appear.
#[component]
pub fn ErrorSummary(
    /// The faults.
    #[prop(into)]
    faults: Signal<Vec<Fault>>,
    /// Its heading.
    #[prop(into, default = "Please correct the following".into())]
    title: String,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<bool>| {
        let any = faults.with(|faults| !faults.is_empty());
        if any && before == Some(false) {
            // The list is put into the page by another effect of the same turn.
            request_animation_frame(move || {
                if let Some(element) = node.get_untracked() {
                    _ = element.focus();
                }
            });
        }
        any
    });
    let title = StoredValue::new(title);
    move || {
        let faults = faults.get();
        (!faults.is_empty()).then(|| {
            view! {
                <div class="notice error-summary" data-tone="danger" role="alert" tabindex="-1" node_ref=node>
                    <Icon glyph=Glyph::Warning />
                    <div class="notice-text">
                        <p class="notice-title">{title.get_value()}</p>
                        <ul>{faults.into_iter().map(fault_item).collect_view()}</ul>
                    </div>
                </div>
            }
        })
    }
}

fn fault_item(Fault { field, message }: Fault) -> impl IntoView {
    let content = if field.is_empty() {
        message.into_any()
    } else {
        let id = field_id(&field);
        let href = format!("#{id}");
        // A plain jump would do, but it would also put the fragment into the address and wake the router.
        let jump = move |event: leptos::ev::MouseEvent| {
            let target = document().get_element_by_id(&id);
            if let Some(element) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
                event.prevent_default();
                _ = element.focus();
            }
        };
        view! { <a href=href on:click=jump>{message}</a> }.into_any()
    };
    view! { <li>{content}</li> }
}
