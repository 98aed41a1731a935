//! Waiting until typing, or anything else that comes in bursts, has rested.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// Short enough to feel immediate, long enough not to search for every letter of a quick typist.
pub(crate) const TYPING: Duration = Duration::from_millis(120);

/// A call that waits: starting it again begins the wait anew, and it is dropped with the page that made it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Debounce(StoredValue<Option<TimeoutHandle>>);

impl Debounce {
    /// Nothing waits yet.
    pub(crate) fn new() -> Self {
        let debounce = Self(StoredValue::new(None));
        on_cleanup(move || debounce.cancel());
        debounce
    }

    /// Calls after the delay, in place of a call that still waits.
    pub(crate) fn call_in(self, delay: Duration, call: impl FnOnce() + 'static) {
        self.cancel();
        self.0.set_value(set_timeout_with_handle(call, delay).ok());
    }

    /// Drops the call that waits, if one does.
    pub(crate) fn cancel(self) {
        if let Some(timer) = self.0.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}

/// Calls when what `source` reads has changed and then rested for the delay.
pub(crate) fn when_rested(source: impl Fn() + 'static, delay: Duration, call: impl Fn() + Copy + 'static) {
    let debounce = Debounce::new();
    Effect::new(move |before: Option<()>| {
        source();
        if before.is_some() {
            debounce.call_in(delay, call);
        }
    });
}
