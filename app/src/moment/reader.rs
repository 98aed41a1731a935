//! Who reads a page: in which time zone, and when.
//!
//! The zone comes with a cookie, and the page says which zone and which time it was rendered with, so that hydration finds the same text.

use domain::Timestamp;
use leptos::{prelude::*, server::SharedValue};

use super::zone;

/// The time zone and the time of the page.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    time_zone: RwSignal<String>,
    now: RwSignal<Timestamp>,
}

/// Takes both from the request or the page; once, at the root.
pub(crate) fn provide_reader() {
    let rendered = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return (crate::rpc::time_zone(), crate::rpc::now());
        #[cfg(not(feature = "ssr"))]
        return (zone::own_time_zone(), Timestamp::default());
    });
    let (time_zone, now) = rendered.into_inner();
    let reader = Reader { time_zone: RwSignal::new(time_zone), now: RwSignal::new(now) };
    provide_context(reader);
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    Effect::new(move |_| reader.follow_browser());
}

impl Reader {
    /// Of this page; UTC at no particular time for what is rendered outside of one.
    pub(super) fn here() -> Self {
        use_context().unwrap_or_else(|| Self { time_zone: RwSignal::new("UTC".to_owned()), now: RwSignal::new(Timestamp::default()) })
    }

    pub(super) fn time_zone(self) -> Signal<String> {
        self.time_zone.into()
    }

    pub(super) fn now(self) -> Timestamp {
        self.now.get()
    }

    pub(super) fn now_untracked(self) -> Timestamp {
        self.now.get_untracked()
    }

    /// By how many seconds the reader's clock is ahead of UTC at a moment.
    pub(super) fn offset(self, at: Timestamp) -> i64 {
        self.time_zone.with(|time_zone| zone::offset(time_zone, at))
    }

    pub(super) fn offset_untracked(self, at: Timestamp) -> i64 {
        untrack(|| self.offset(at))
    }

    /// Goes on with the browser's own zone and clock. The clock is set by the server's, because many are wrong.
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    fn follow_browser(self) {
        const TICK: std::time::Duration = std::time::Duration::from_secs(30);
        let own = zone::own_time_zone();
        if self.time_zone.with_untracked(|rendered| *rendered != own) {
            // A year; Lax, since a link from elsewhere should open in the right zone too.
            let cookie = format!("{}={own}; path=/; max-age=31536000; samesite=lax", super::TIME_ZONE_COOKIE);
            _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
            self.time_zone.set(own);
        }
        let clock = || js_sys::Date::now() as i64;
        let ahead = self.now.get_untracked().millis() - clock();
        set_interval(move || self.now.set(Timestamp::from_millis(clock() + ahead)), TICK);
    }
}
