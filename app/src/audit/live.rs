//! Hears of new records while a page that shows some is looked at, by server-sent events.

use domain::AuditId;
use leptos::prelude::*;

/// Runs `changed` whenever there are records that are newer than `seen`, until what asked for it is gone.
pub(super) fn on_new_records(seen: AuditId, changed: Callback<()>) {
    Effect::new(move |_| {
        #[cfg(feature = "hydrate")]
        events::listen(seen, changed);
        #[cfg(not(feature = "hydrate"))]
        let _ = (seen, changed);
    });
}

#[cfg(feature = "hydrate")]
mod events {
    use std::time::Duration;

    use domain::AuditId;
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{EventSource, MessageEvent};

    use crate::paths;

    /// How long to wait after an answer that the browser doesn't ask for again.
    const AGAIN: Duration = Duration::from_secs(10);

    /// What listens; dropping it ends that.
    struct Listener {
        source: EventSource,
        _message: Closure<dyn Fn(MessageEvent)>,
        _error: Closure<dyn Fn()>,
    }

    impl Drop for Listener {
        fn drop(&mut self) {
            self.source.close();
        }
    }

    /// A hidden window doesn't listen, because a browser has only a few connections to a server.
    #[derive(Clone, Copy)]
    struct Watch {
        seen: StoredValue<String>,
        listener: StoredValue<Option<Listener>, LocalStorage>,
        changed: Callback<()>,
    }

    pub(super) fn listen(seen: AuditId, changed: Callback<()>) {
        let watch = Watch { seen: StoredValue::new(seen.to_string()), listener: StoredValue::new_local(None), changed };
        watch.begin();
        let shown = window_event_listener_untyped("visibilitychange", move |_| watch.begin());
        on_cleanup(move || {
            shown.remove();
            watch.end();
        });
    }

    impl Watch {
        fn begin(self) {
            self.end();
            if !document().hidden() {
                _ = self.listener.try_update_value(|listener| *listener = self.listener());
            }
        }

        fn end(self) {
            _ = self.listener.try_update_value(Option::take);
        }

        fn listener(self) -> Option<Listener> {
            let source = EventSource::new(&paths::audit_events(&self.seen.try_get_value()?)).ok()?;
            let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if self.seen.try_update_value(|seen| *seen = event.last_event_id()).is_some() {
                    self.changed.run(());
                }
            });
            let broken = source.clone();
            let error = Closure::<dyn Fn()>::new(move || {
                // Unless the stream is closed, the browser reconnects by itself.
                if broken.ready_state() == EventSource::CLOSED {
                    set_timeout(move || self.begin(), AGAIN);
                }
            });
            source.set_onmessage(Some(message.as_ref().unchecked_ref()));
            source.set_onerror(Some(error.as_ref().unchecked_ref()));
            Some(Listener { source, _message: message, _error: error })
        }
    }
}
