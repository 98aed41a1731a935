//! Time zones: the reader's, and how far a zone is ahead of UTC.

use domain::Timestamp;

/// The time zone of this browser, by its IANA name; UTC where it has none of our list.
#[cfg(not(feature = "ssr"))]
pub(super) fn own_time_zone() -> String {
    #[cfg(feature = "hydrate")]
    if let Some(own) = browser().filter(|zone| domain::is_time_zone(zone)) {
        return own;
    }
    "UTC".to_owned()
}

#[cfg(feature = "hydrate")]
fn browser() -> Option<String> {
    use js_sys::{Array, Intl, Object, Reflect};
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// By how many seconds a zone is ahead of UTC at a moment.
#[cfg(feature = "ssr")]
pub(super) fn offset(zone: &str, at: Timestamp) -> i64 {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::from_millisecond(at.millis()).map_or(0, |at| zone.to_offset(at).seconds().into())
}

/// By how many seconds a zone is ahead of UTC at a moment.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
pub(super) fn offset(zone: &str, at: Timestamp) -> i64 {
    use js_sys::{Date, Object, Reflect};
    let date = Date::new(&(at.millis() as f64).into());
    let options = Object::new();
    _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
    // Swedish writes a time as ISO 8601 does but for the T. Read as UTC, it is as far ahead as the zone is.
    let local = String::from(date.to_locale_string("sv-SE", &options));
    let local = Timestamp::parse_rfc3339(&format!("{}Z", local.replace(' ', "T")));
    local.map_or(0, |local| local.millis() / 1000 - at.millis().div_euclid(1000))
}

/// By how many seconds a zone is ahead of UTC at a moment.
#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
pub(super) const fn offset(_: &str, _: Timestamp) -> i64 {
    0
}
