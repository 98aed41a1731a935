//! The requests of a page that wait for a proof of the second factor. Only a browser has some.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use leptos::prelude::{RwSignal, Set};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

struct Asked {
    open: RwSignal<bool>,
    /// Resolvers of the promises that wait for the answer.
    waiting: Vec<Function>,
}

thread_local! {
    static ASKED: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

pub(super) fn begin(open: RwSignal<bool>) {
    ASKED.set(Some(Asked { open, waiting: Vec::new() }));
}

/// Opens the dialog and waits for its answer: whether the request is sent again.
pub(crate) async fn proved_again() -> bool {
    let Some(open) = ASKED.with_borrow(|asked| asked.as_ref().map(|asked| asked.open)) else { return false };
    let promise = Promise::new(&mut |resolve, _| {
        ASKED.with_borrow_mut(|asked| asked.iter_mut().for_each(|asked| asked.waiting.push(resolve.clone())));
    });
    // The signal is gone if the page was left.
    open.try_set(true).is_none() && JsFuture::from(promise).await.is_ok_and(|again| again.is_truthy())
}

/// Answers the waiting requests.
pub(super) fn answer(again: bool) {
    let waiting = ASKED.with_borrow_mut(|asked| asked.as_mut().map(|asked| std::mem::take(&mut asked.waiting)));
    for resolve in waiting.unwrap_or_default() {
        _ = resolve.call1(&JsValue::NULL, &JsValue::from_bool(again));
    }
}
