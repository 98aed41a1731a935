//! A warning before what was typed is lost.

use leptos::prelude::*;

/// When to warn.
#[derive(Clone)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser warns"))]
pub(crate) struct AtStake {
    /// Would something be lost if the window were shut or reloaded now?
    pub(crate) by_closing: Signal<bool>,
    /// Would something be lost if a link were followed to another page now?
    pub(crate) by_leaving: Signal<bool>,
    /// Addresses that begin so belong to the page.
    pub(crate) page: String,
}

/// Warns as long as something is at stake.
pub(crate) fn warn_before_leaving(at_stake: AtStake) {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| listen(at_stake.clone()));
    #[cfg(not(feature = "hydrate"))]
    drop(at_stake);
}

#[cfg(feature = "hydrate")]
fn listen(at_stake: AtStake) {
    use wasm_bindgen::{JsCast, closure::Closure};

    let AtStake { by_closing, by_leaving, page } = at_stake;
    let ways_out = format!("a[href]:not([href^='#'], [target], [href^='{page}'])");
    let shut = window_event_listener(leptos::ev::beforeunload, move |event| {
        if by_closing.try_get_untracked() == Some(true) {
            event.prevent_default();
        }
    });
    let follow = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let leads_away = element.is_some_and(|element| element.closest(&ways_out).is_ok_and(|link| link.is_some()));
        if leads_away
            && by_leaving.try_get_untracked() == Some(true)
            && window().confirm_with_message("Leave without saving your changes?") == Ok(false)
        {
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
