//! Waiting for a server function that somebody asked for.

use std::future::Future;

use leptos::prelude::*;

use crate::{error::UiError, paths};

/// Something that is sent to the server, one at a time.
#[derive(Clone, Copy, Debug)]
pub struct Sending(RwSignal<bool>);

impl Sending {
    /// Nothing is under way.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(false))
    }

    /// Whether an answer is being waited for: the `busy` of a button.
    #[must_use]
    pub fn busy(self) -> Signal<bool> {
        self.0.into()
    }

    /// Runs a call and passes its answer to `done`. Calls made while one is running are dropped.
    pub fn run<T: 'static>(self, call: impl Future<Output = Result<T, UiError>> + 'static, done: impl FnOnce(Result<T, UiError>) + 'static) {
        if self.0.get_untracked() {
            return;
        }
        self.0.set(true);
        leptos::task::spawn_local(async move {
            let answer = call.await;
            // The page may have been left meanwhile, and its signals with it.
            if self.0.try_set(false).is_some() {
                return;
            }
            done(answer);
        });
    }
}

impl Default for Sending {
    fn default() -> Self {
        Self::new()
    }
}

/// Opens the sign-in page, which leads back here.
pub fn sign_in_again() {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    _ = location.set_href(&paths::login_then(&here));
}
