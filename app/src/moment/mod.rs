//! Moments to read: in the reader's time zone, with UTC on hover, and relative where recent.

mod reader;
mod words;
mod zone;

use domain::Timestamp;
use leptos::prelude::*;

use self::reader::Reader;
pub(crate) use self::reader::provide_reader;

/// The name of the cookie that tells the server the reader's time zone.
pub(crate) const TIME_ZONE_COOKIE: &str = "time-zone";

/// How much of a moment is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// How long ago, if that is less than a day; else date and time.
    Recent,
    /// How long ago, if that is less than a day; else the date.
    Day,
    /// Date and time.
    Exact,
}

/// How long ago, or date and time if that is more than a day.
pub(crate) fn moment(at: Timestamp) -> AnyView {
    time(at, Detail::Recent)
}

/// How long ago, or the date if that is more than a day; for lists.
pub(crate) fn day(at: Timestamp) -> AnyView {
    time(at, Detail::Day)
}

/// Date and time, for sentences: "on 28 Nov 2026, 08:11".
pub(crate) fn exact(at: Timestamp) -> AnyView {
    time(at, Detail::Exact)
}

/// Date and time as text, for the label of a button.
pub(crate) fn exact_text(at: Timestamp) -> String {
    words::minute(at, Reader::here().offset_untracked(at))
}

fn time(at: Timestamp, detail: Detail) -> AnyView {
    let reader = Reader::here();
    let relative = move || (detail != Detail::Exact).then(|| words::relative(at, reader.now())).flatten();
    let text = move || {
        let local = || match detail {
            Detail::Day => words::day(at, reader.offset(at)),
            Detail::Recent | Detail::Exact => words::minute(at, reader.offset(at)),
        };
        relative().unwrap_or_else(local)
    };
    let title = move || words::title(at, reader.offset(at));
    view! { <time datetime=at.rfc3339() title=title>{text}</time> }.into_any()
}

/// The reader's time zone, by its IANA name.
pub(crate) fn time_zone() -> Signal<String> {
    Reader::here().time_zone()
}

/// Now, by the server's clock as far as the page knows it: good enough to say what is wrong before the server does.
pub(crate) fn now() -> Timestamp {
    Reader::here().now_untracked()
}
