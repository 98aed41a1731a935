//! The session that a page was made for. Only a browser has one.

use std::cell::Cell;

use domain::UserId;
use leptos::prelude::{GetUntracked, RwSignal, Set};

use crate::transport::Waiting;

#[derive(Clone, Copy)]
pub(super) struct PageSession {
    pub(super) user: UserId,
    pub(super) over: RwSignal<bool>,
    /// Whether the dialog is the sign-in page.
    pub(super) sign_in_page: RwSignal<bool>,
    /// The requests that wait for the next sign-in.
    pub(super) waiting: Waiting,
}

thread_local! {
    static PAGE: Cell<Option<PageSession>> = const { Cell::new(None) };
}

pub(super) fn begin(page: PageSession) {
    PAGE.set(Some(page));
}

/// Leads to the sign-in page, as too many wrong codes do. The page stays below it.
pub(crate) fn lead_to_sign_in_page() {
    if let Some(PageSession { over, sign_in_page, .. }) = PAGE.get() {
        _ = sign_in_page.try_set(true);
        _ = over.try_set(true);
    }
}

/// The user the page was made for.
pub(crate) fn user_of_page() -> Option<UserId> {
    PAGE.get().map(|page| page.user)
}

/// Opens the dialog and waits until the user has signed in again; false on a page without a session.
pub(crate) async fn signed_in_again() -> bool {
    match PAGE.get() {
        Some(page) => page.waiting.wait().await,
        None => false,
    }
}

/// Whether the session of the page has ended.
pub(crate) fn is_over() -> bool {
    PAGE.get().is_some_and(|page| page.over.try_get_untracked() == Some(true))
}
