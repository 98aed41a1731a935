//! The dialog of a page that asks for a proof of the second factor. Only a browser has one.

use std::cell::Cell;

use crate::transport::Waiting;

thread_local! {
    static ASKED: Cell<Option<Waiting>> = const { Cell::new(None) };
}

pub(super) fn begin(waiting: Waiting) {
    ASKED.set(Some(waiting));
}

/// Asks for a proof: whether the request is sent again.
pub(crate) async fn proved_again() -> bool {
    match ASKED.get() {
        Some(waiting) => waiting.wait().await,
        None => false,
    }
}
