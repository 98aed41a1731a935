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
    use domain::AuditId;
    use leptos::prelude::*;
    use web_sys::MessageEvent;

    use crate::{paths, transport::Listener};

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
            let address = paths::audit_events(&self.seen.try_get_value()?);
            let on_message = move |event: MessageEvent| {
                let is_shown = self.seen.try_update_value(|seen| *seen = event.last_event_id()).is_some();
                if is_shown {
                    self.changed.run(());
                }
                is_shown
            };
            Listener::open(&address, on_message, move || self.begin())
        }
    }
}
