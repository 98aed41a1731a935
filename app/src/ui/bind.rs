//! Ties a native form element to a signal, both ways.
//!
//! Leptos' own `bind:` writes the signal into the element when the page hydrates, which discards what somebody typed (or the
//! browser restored) before that. Here the element wins at that moment, the signal ever after.

use leptos::{prelude::*, tachys::html::element::ElementType, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

/// Whether the page that the server sent is just coming alive.
fn hydrating() -> bool {
    Owner::current_shared_context().is_some_and(|context| context.during_hydration())
}

/// Keeps the `value` of an input, a text area or a select equal to `value`. The element's own changes are reported by its `on:input`.
pub(crate) fn bind_value<E>(node: NodeRef<E>, value: RwSignal<String>)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    if hydrating() {
        node.on_load(move |element| {
            let typed = as_input(&element).value();
            if typed != value.get_untracked() {
                value.set(typed);
            }
        });
    }
    Effect::new(move |_| {
        let wanted = value.get();
        if let Some(element) = node.get_untracked() {
            let element = as_input(&element);
            if element.value() != wanted {
                element.set_value(&wanted);
            }
        }
    });
}

/// Keeps the tick of a tick box equal to `checked`.
pub(crate) fn bind_checked(node: NodeRef<leptos::html::Input>, checked: RwSignal<bool>) {
    if hydrating() {
        node.on_load(move |element| {
            if element.checked() != checked.get_untracked() {
                checked.set(element.checked());
            }
        });
    }
    Effect::new(move |_| {
        let wanted = checked.get();
        if let Some(element) = node.get_untracked() {
            element.set_checked(wanted);
        }
    });
}

/// Text areas and selects have a `value` just like inputs, and bindings look properties up by name: one code serves all three.
fn as_input<T: JsCast>(element: &T) -> &HtmlInputElement {
    element.unchecked_ref()
}
