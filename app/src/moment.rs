//! Moments to read.

use domain::Timestamp;
use leptos::prelude::*;

/// Date and time to the minute.
pub(crate) fn moment(at: Timestamp) -> AnyView {
    view! { <time datetime=at.rfc3339()>{at.minute()}</time> }.into_any()
}

/// The date; the time on demand.
pub(crate) fn day(at: Timestamp) -> AnyView {
    let minute = at.minute();
    let day: String = minute.chars().take(10).collect();
    view! { <time datetime=at.rfc3339() title=minute>{day}</time> }.into_any()
}

/// This moment, by the clock of the reader's computer: good enough to say what is wrong before the server does. On the server, where nothing
/// is typed, the beginning of time.
pub(crate) fn now() -> Timestamp {
    #[cfg(feature = "hydrate")]
    return Timestamp::from_millis(js_sys::Date::now() as i64);
    #[cfg(not(feature = "hydrate"))]
    return Timestamp::default();
}
