//! The time zone of the reader's computer.

/// Its IANA name; UTC on the server, and where the browser has none of our list.
pub(crate) fn own_time_zone() -> String {
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
