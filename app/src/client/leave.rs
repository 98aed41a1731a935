//! A warning before what was typed is lost.

use leptos::prelude::*;

/// Warns as long as `unsaved` is true: when the window is shut or reloaded, and when a link leads to another page.
pub(super) fn warn_before_leaving(unsaved: Signal<bool>) {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| listen(unsaved));
    #[cfg(not(feature = "hydrate"))]
    let _ = unsaved;
}

#[cfg(feature = "hydrate")]
fn listen(unsaved: Signal<bool>) {
    use wasm_bindgen::{JsCast, closure::Closure};

    let at_stake = move || unsaved.try_get_untracked() == Some(true);
    let shut = window_event_listener(leptos::ev::beforeunload, move |event| {
        if at_stake() {
            event.prevent_default();
        }
    });
    let follow = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let leads_away = element.is_some_and(|element| element.closest("a[href]:not([href^='#'], [target])").is_ok_and(|link| link.is_some()));
        if leads_away && at_stake() && window().confirm_with_message("Leave without saving your changes?") == Ok(false) {
            event.prevent_default();
        }
    });
    // At the document, so that it comes before the router, which listens at the window and leaves alone what is prevented.
    _ = document().add_event_listener_with_callback("click", follow.as_ref().unchecked_ref());
    let follow = StoredValue::new_local(follow);
    on_cleanup(move || {
        shut.remove();
        follow.try_with_value(|follow| document().remove_event_listener_with_callback("click", follow.as_ref().unchecked_ref()));
    });
}
