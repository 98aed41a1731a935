//! Putting the focus on an element, and pressing one.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// Puts the focus on an element by its id. Waits for a frame, because the element may not be in the page yet.
pub(crate) fn focus(id: impl Into<String>) {
    focus_on(format!("#{}", id.into()));
}

/// As [`focus`], by a selector.
pub(crate) fn focus_on(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        let element = document().query_selector(&selector).ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(element) = element {
            // What is folded can't have the focus.
            if let Ok(Some(details)) = element.closest("details:not([open])") {
                _ = details.set_attribute("open", "");
            }
            _ = element.focus();
        }
    });
}

/// Opens the folded section of an id.
pub(crate) fn unfold(id: &str) {
    if let Ok(Some(details)) = document().query_selector(&format!("#{id} > details")) {
        _ = details.set_attribute("open", "");
    }
}

/// Presses a hidden file input.
pub(crate) fn press(input: NodeRef<leptos::html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.click();
    }
}
