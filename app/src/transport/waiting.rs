//! Refused requests that wait until their user has answered a dialog.

use futures::channel::oneshot::{Sender, channel};
use leptos::prelude::*;

/// The requests of a page that wait for the answer to a dialog.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiting {
    open: RwSignal<bool>,
    requests: StoredValue<Vec<Sender<bool>>>,
}

impl Waiting {
    /// None waits yet. `open` opens the dialog.
    pub(crate) fn new(open: RwSignal<bool>) -> Self {
        Self { open, requests: StoredValue::default() }
    }

    /// Opens the dialog and waits for its answer: whether the request is sent again. False if the page was left.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser sends requests"))]
    pub(crate) async fn wait(self) -> bool {
        let (sender, answer) = channel();
        _ = self.requests.try_update_value(|requests| requests.push(sender));
        _ = self.open.try_set(true);
        answer.await.unwrap_or_default()
    }

    /// Answers all that wait.
    pub(crate) fn answer(self, again: bool) {
        for request in self.requests.try_update_value(std::mem::take).unwrap_or_default() {
            _ = request.send(again);
        }
    }
}
