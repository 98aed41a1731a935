//! A click anywhere in a row opens what the row is about.

use leptos::{
    ev::MouseEvent,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};

/// What reacts to clicks by itself.
const OWN: &str = "a, button, input, label, select, summary, [popover]";

/// Follows the link in the heading of the row, unless something in it was clicked, or text is being selected.
pub(super) fn open_row(event: MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let found = |selector: &str| target.closest(selector).ok().flatten();
    if event.default_prevented() || found(OWN).is_some() || is_selecting() {
        return;
    }
    let link = found("tr").and_then(|row| row.query_selector("th a[href]").ok().flatten()).and_then(|link| link.dyn_into::<HtmlElement>().ok());
    let Some(link) = link else { return };
    if event.ctrl_key() || event.meta_key() {
        _ = window().open_with_url_and_target(&link.get_attribute("href").unwrap_or_default(), "_blank");
    } else {
        // Afterwards, because that click comes through here, too.
        queue_microtask(move || link.click());
    }
}

#[cfg(feature = "hydrate")]
fn is_selecting() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

#[cfg(not(feature = "hydrate"))]
const fn is_selecting() -> bool {
    false
}
