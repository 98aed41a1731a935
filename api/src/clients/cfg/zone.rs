//! Time zones and their numbers and codes, as the vendor has them.

use domain::{OLD_TIME_ZONES, TIME_ZONES};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use utoipa::ToSchema;

/// A time zone. All of it is text.
#[derive(Serialize, ToSchema)]
pub(crate) struct Zone {
    /// Its place in this list.
    #[schema(example = "4")]
    pub(crate) id: String,
    /// IANA name.
    #[schema(example = "America/Los_Angeles")]
    pub(crate) name: String,
    /// Distance from Greenwich in winter, and the place.
    #[schema(example = "GMT -08:00 Los Angeles")]
    pub(crate) label: String,
    /// Abbreviation in winter.
    #[schema(example = "PST")]
    pub(crate) code: String,
}

/// A date in northern winter, as Unix time, so that labels don't change with daylight saving time.
const WINTER: i64 = 1_767_225_600;

/// Zones for which the vendor's code differs from the abbreviation here, or is shared by several zones here.
const CODES: &[(&str, &str)] = &[
    ("EST", "America/New_York"),
    ("CST", "America/Chicago"),
    ("MST", "America/Denver"),
    ("PST", "America/Los_Angeles"),
    ("HAST", "Pacific/Honolulu"),
    ("BRT", "America/Sao_Paulo"),
    ("AZOT", "Atlantic/Azores"),
    ("WEST", "Europe/Lisbon"),
    ("CET", "Europe/Paris"),
    ("GMT", "Europe/London"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("AEST", "Australia/Sydney"),
];

/// The documented number of a zone. The zone with that number here swaps places with it.
const NUMBERED: (usize, &str) = (4, "America/Los_Angeles");

/// A time zone by its current or deprecated IANA name.
pub(crate) fn zone(name: &str) -> Option<Zone> {
    let old = || OLD_TIME_ZONES.binary_search(&name).map(|at| TIME_ZONES.len() + at);
    let at = TIME_ZONES.binary_search(&name).or_else(|_| old()).ok()?;
    let zone = TimeZone::get(name).ok()?;
    let info = zone.to_offset_info(Timestamp::from_second(WINTER).ok()?);
    let minutes = info.offset().seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let label = format!("GMT {sign}{:02}:{:02} {place}", minutes.abs() / 60, minutes.abs() % 60);
    let code = CODES.iter().find(|(_, its)| *its == name).map_or_else(|| info.abbreviation(), |(code, _)| code);
    Some(Zone { id: swapped(at + 1).to_string(), name: name.to_owned(), label, code: code.to_owned() })
}

/// Swaps the two numbers of [`NUMBERED`]; maps index to number and number to index.
fn swapped(number: usize) -> usize {
    let own = TIME_ZONES.binary_search(&NUMBERED.1).map_or(NUMBERED.0, |at| at + 1);
    match number {
        number if number == own => NUMBERED.0,
        number if number == NUMBERED.0 => own,
        number => number,
    }
}

/// The name of a zone by its number in the list.
pub(crate) fn zone_by_id(id: &str) -> Option<&'static str> {
    let at = swapped(id.parse().ok()?).checked_sub(1)?;
    TIME_ZONES.iter().chain(OLD_TIME_ZONES).nth(at).copied()
}

/// The name of a zone by its code: the vendor's zone, or the first here with that abbreviation in winter.
pub(crate) fn zone_by_code(code: &str) -> Option<&'static str> {
    if let Some((_, name)) = CODES.iter().find(|(its, _)| its.eq_ignore_ascii_case(code)) {
        return Some(name);
    }
    let winter = Timestamp::from_second(WINTER).ok()?;
    let has = |name: &&str| TimeZone::get(name).is_ok_and(|zone| zone.to_offset_info(winter).abbreviation().eq_ignore_ascii_case(code));
    TIME_ZONES.iter().copied().find(has)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documented_ids_and_codes_mean_what_the_vendor_says() {
        for (code, name) in CODES {
            assert_eq!(zone_by_code(code), Some(*name), "{code}");
            assert_eq!(zone(name).map(|zone| zone.code).as_deref(), Some(*code), "{name}");
        }
        assert_eq!((zone_by_id("4"), zone(NUMBERED.1).map(|zone| zone.id).as_deref()), (Some(NUMBERED.1), Some("4")));
        for name in TIME_ZONES.iter().chain(OLD_TIME_ZONES) {
            let zone = zone(name).unwrap_or_else(|| panic!("{name} isn’t known"));
            assert_eq!((zone_by_id(&zone.id), zone.name.as_str()), (Some(*name), *name));
        }
    }
}
