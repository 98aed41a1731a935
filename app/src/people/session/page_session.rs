//! The session that a page was made for, and the requests that wait for its user to sign in again. Only a browser has one.

use std::cell::RefCell;

use domain::UserId;
use js_sys::{Function, Promise};
use leptos::prelude::{GetUntracked, RwSignal, Set};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

struct PageSession {
    user: UserId,
    over: RwSignal<bool>,
    /// Whether the dialog is the sign-in page.
    sign_in_page: RwSignal<bool>,
    /// Resolvers of the promises that wait for the next sign-in.
    waiting: Vec<Function>,
}

thread_local! {
    static PAGE: RefCell<Option<PageSession>> = const { RefCell::new(None) };
}

pub(super) fn begin(user: UserId, over: RwSignal<bool>, sign_in_page: RwSignal<bool>) {
    PAGE.set(Some(PageSession { user, over, sign_in_page, waiting: Vec::new() }));
}

/// Leads to the sign-in page, as too many wrong codes do. The page stays below it.
pub(crate) fn lead_to_sign_in_page() {
    if let Some((over, sign_in_page)) = PAGE.with_borrow(|page| page.as_ref().map(|page| (page.over, page.sign_in_page))) {
        _ = sign_in_page.try_set(true);
        _ = over.try_set(true);
    }
}

/// The user the page was made for.
pub(crate) fn user_of_page() -> Option<UserId> {
    PAGE.with_borrow(|page| page.as_ref().map(|page| page.user))
}

/// Opens the dialog and waits until the user has signed in again; false on a page without a session.
pub(crate) async fn signed_in_again() -> bool {
    let Some(over) = PAGE.with_borrow(|page| page.as_ref().map(|page| page.over)) else { return false };
    let promise = Promise::new(&mut |resolve, _| {
        PAGE.with_borrow_mut(|page| page.iter_mut().for_each(|page| page.waiting.push(resolve.clone())));
    });
    // The signal is gone if the page was left.
    over.try_set(true).is_none() && JsFuture::from(promise).await.is_ok()
}

/// Whether the session of the page has ended.
pub(crate) fn is_over() -> bool {
    PAGE.with_borrow(|page| page.as_ref().is_some_and(|page| page.over.try_get_untracked() == Some(true)))
}

pub(super) fn go_on() {
    let waiting = PAGE.with_borrow_mut(|page| page.as_mut().map(|page| std::mem::take(&mut page.waiting)));
    for resolve in waiting.unwrap_or_default() {
        _ = resolve.call0(&JsValue::NULL);
    }
}
