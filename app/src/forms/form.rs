//! The frame of a form.

use leptos::{context::Provider, html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

use super::{FormErrors, NeedsScript, Unsaved};
use crate::ui::{ErrorSummary, SentByScript};

/// A form that the page sends itself: the summary of its errors, then its fields and buttons.
///
/// Until the page is alive it must not be sent by the browser, which would put what was typed into the address; `method=dialog` outside of
/// a dialog does nothing.
#[component]
pub fn Form(
    /// Its errors.
    errors: FormErrors,
    /// Its unsaved changes; the user is asked before leaving with any.
    unsaved: Unsaved,
    /// Sends it. Called only when the rules of the page are kept.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Whether its first field gets the focus when the page opens.
    #[prop(optional)]
    focus_first: bool,
    /// An id, for buttons outside of it.
    #[prop(optional, into)]
    id: String,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    unsaved.warn();
    let node = NodeRef::<html::Form>::new();
    if focus_first {
        // After a navigation the content area gets the focus first, so this waits for two frames.
        Effect::new(move |_| request_animation_frame(move || request_animation_frame(move || focus_first_field(node))));
    }
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if errors.pass() {
            on_submit.run(());
        }
    };
    view! {
        <form class="form" id=(!id.is_empty()).then_some(id) method="dialog" novalidate node_ref=node on:submit=submit>
            <NeedsScript />
            <FormSummary errors />
            <Provider value=SentByScript>{children()}</Provider>
        </form>
    }
}

/// The summary alone, for a form that isn't a [`Form`]. Each refusal puts the focus on it.
#[component]
pub fn FormSummary(
    /// The errors.
    errors: FormErrors,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let refusals = errors.refusals();
    Effect::new(move |before: Option<u32>| {
        let count = refusals.get();
        if before.is_some_and(|before| before != count) {
            // The list is put into the page by another effect of the same turn.
            request_animation_frame(move || focus_summary(node));
        }
        count
    });
    view! { <div class="form-summary" node_ref=node><ErrorSummary faults=errors.faults() /></div> }
}

/// Focuses the first field, unless the user has already focused something.
fn focus_first_field(form: NodeRef<html::Form>) {
    let untouched = document().active_element().is_none_or(|element| element.tag_name() == "BODY" || element.id() == "content");
    let fields = "input:not([type=hidden], [readonly], [disabled]), select, textarea";
    let field = form.try_get_untracked().flatten().and_then(|form| form.query_selector(fields).ok().flatten());
    if let (true, Some(field)) = (untouched, field.and_then(|field| field.dyn_into::<HtmlElement>().ok())) {
        _ = field.focus();
    }
}

fn focus_summary(node: NodeRef<html::Div>) {
    let summary = node.try_get_untracked().flatten().and_then(|node| node.first_element_child());
    if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()) {
        _ = summary.focus();
    }
}
