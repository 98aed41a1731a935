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
