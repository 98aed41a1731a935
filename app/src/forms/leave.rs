//! Warns before unsaved changes are lost.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_location};

/// How one leaves a form that is done: the next page takes its place, so that no step back leads into it.
pub(crate) fn replacing() -> NavigateOptions {
    NavigateOptions { replace: true, ..NavigateOptions::default() }
}

/// The unsaved changes of a form. Every [`Form`](super::Form) requires one, so that no form can be left with changes without a question.
#[derive(Clone, Copy, Debug)]
pub struct Unsaved {
    changed: Signal<bool>,
    saved: Callback<()>,
}

impl Unsaved {
    /// Compares the current values with those at creation or the last save.
    pub fn of<T: PartialEq + Clone + Send + Sync + 'static>(typed: impl Fn() -> T + Send + Sync + 'static) -> Self {
        let typed = Memo::new(move |_| typed());
        let base = RwSignal::new(typed.get_untracked());
        let changed = Signal::derive(move || base.with(|base| typed.with(|typed| base != typed)));
        Self { changed, saved: Callback::new(move |()| base.set(typed.get_untracked())) }
    }

    /// For a form that tracks its changes itself.
    pub fn when(changed: Signal<bool>) -> Self {
        let done = RwSignal::new(false);
        Self { changed: Signal::derive(move || changed.get() && !done.get()), saved: Callback::new(move |()| done.set(true)) }
    }

    /// Whether there are unsaved changes.
    #[must_use]
    pub fn changed(self) -> Signal<bool> {
        self.changed
    }

    /// Marks the current values as saved.
    pub fn saved(self) {
        self.saved.run(());
    }

    /// Warns before the page is left while there are unsaved changes.
    pub(crate) fn warn(self) {
        warn_before_leaving(AtStake { by_closing: self.changed, by_leaving: self.changed, tabs: None });
    }
}

/// The address of the page without its fragment.
fn address() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        let search = search.trim_start_matches('?');
        if search.is_empty() { path } else { format!("{path}?{search}") }
    })
}

/// What leaving the page would lose.
#[derive(Clone)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser warns"))]
pub(crate) struct AtStake {
    /// Whether closing or reloading the window would lose something.
    pub(crate) by_closing: Signal<bool>,
    /// Whether following a link to another page, or going back, would lose something.
    pub(crate) by_leaving: Signal<bool>,
    /// How the addresses of the page's tabs begin, if it has tabs.
    pub(crate) tabs: Option<String>,
}

/// Warns as long as something is at stake.
pub(crate) fn warn_before_leaving(at_stake: AtStake) {
    let here = address();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::listen(at_stake.clone(), here));
    #[cfg(not(feature = "hydrate"))]
    let _ = (at_stake, here);
}

/// Turns the warning off: another user signed in, who must not see the page's content.
pub(crate) fn leave_without_warning() {
    #[cfg(feature = "hydrate")]
    browser::LEAVE.set(true);
}

/// Lets forms decide about Back and Forward. Must be called before the router is made: browsers call the listeners of the window in the order in which
/// they were added.
#[cfg(feature = "hydrate")]
pub(crate) fn listen_for_back() {
    browser::listen_for_back();
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
    };

    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{AddEventListenerOptions, Element, HtmlAnchorElement, MouseEvent};

    use super::AtStake;

    /// Gives the address of the page if it would be left for another one, something would be lost, and the user chooses to stay.
    type Stay = Rc<dyn Fn(&str) -> Option<String>>;

    thread_local! {
        pub(super) static LEAVE: Cell<bool> = const { Cell::new(false) };
        static STAY: RefCell<Vec<Stay>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn listen_for_back() {
        let handle = window_event_listener(leptos::ev::popstate, |event| {
            let location = window().location();
            let address = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
            if let Some(here) = stays(&address) {
                // Hides the event from the router and puts the page back into the history.
                event.stop_immediate_propagation();
                if let Ok(history) = window().history() {
                    _ = history.push_state_with_url(&JsValue::NULL, "", Some(&here));
                }
            }
        });
        on_cleanup(move || handle.remove());
    }

    fn stays(address: &str) -> Option<String> {
        // A copy, because the question lets other code run.
        let all = STAY.with_borrow(Clone::clone);
        all.iter().find_map(|stay| stay(address))
    }

    pub(super) fn listen(AtStake { by_closing, by_leaving, tabs }: AtStake, here: Signal<String>) {
        let closing = window_event_listener(leptos::ev::beforeunload, move |event| {
            if by_closing.try_get_untracked() == Some(true) && !LEAVE.get() {
                event.prevent_default();
            }
        });
        let stay: Stay = Rc::new(move |address| {
            let here = here.try_get_untracked()?;
            let leaves = address != here && !tabs.as_deref().is_some_and(|tabs| address.starts_with(tabs));
            let is_lost = leaves && by_leaving.try_get_untracked() == Some(true);
            (is_lost && window().confirm_with_message("Leave without saving your changes?") == Ok(false)).then_some(here)
        });
        STAY.with_borrow_mut(|all| all.push(stay.clone()));

        let by_link = stay.clone();
        let follow = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
            // Opening a link in another tab or window loses nothing here.
            if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
                return;
            }
            let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let link = element.and_then(|element| element.closest("a[href]:not([href^='#'], [target], [download])").ok().flatten());
            let link = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
            if link.is_some_and(|link| by_link(&(link.pathname() + &link.search())).is_some()) {
                event.prevent_default();
                event.stop_propagation();
            }
        });
        // Capturing runs before the router's listener, which ignores prevented events.
        let capture = AddEventListenerOptions::new();
        capture.set_capture(true);
        _ = window().add_event_listener_with_callback_and_add_event_listener_options("click", follow.as_ref().unchecked_ref(), &capture);
        let (stay, follow) = (StoredValue::new_local(stay), StoredValue::new_local(follow));
        on_cleanup(move || {
            closing.remove();
            stay.try_with_value(|stay| STAY.with_borrow_mut(|all| all.retain(|other| !Rc::ptr_eq(other, stay))));
            follow.try_with_value(|follow| {
                _ = window().remove_event_listener_with_callback_and_bool("click", follow.as_ref().unchecked_ref(), true);
            });
        });
    }
}
