//! Lists of what may be chosen.

use axum::Json;
use domain::{COUNTRIES, OLD_TIME_ZONES, RESOURCE_TYPES, TIME_ZONES};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{
    answer::{Answer, FaultOfOne, TokenFault},
    tenant::{SignedIn, Tenant},
};

/// A country.
#[derive(Serialize, ToSchema)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-3.
    #[schema(example = "USA")]
    code: &'static str,
    /// English name.
    #[schema(example = "United States")]
    name: &'static str,
}

/// A time zone. All of it is text.
#[derive(Serialize, ToSchema)]
pub(super) struct Zone {
    /// Its place in this list.
    #[schema(example = "4")]
    pub(super) id: String,
    /// IANA name.
    #[schema(example = "America/Los_Angeles")]
    pub(super) name: String,
    /// Distance from Greenwich in winter, and the place.
    #[schema(example = "GMT -08:00 Los Angeles")]
    pub(super) label: String,
    /// Abbreviation in winter.
    #[schema(example = "PST")]
    pub(super) code: String,
}

/// A type of device.
#[derive(Serialize, ToSchema)]
pub(super) struct DeviceType {
    /// Its place in this list.
    #[schema(example = 1)]
    id: i64,
    /// Name, as a resource's `resourceType`.
    #[schema(example = "Desktop")]
    name: &'static str,
}

/// All countries.
#[utoipa::path(get, path = "/api/v2/cfg/countries", tag = "Lists", responses((status = 200, body = Vec<Country>), (status = 401, body = TokenFault)))]
pub(super) async fn countries(_: SignedIn) -> Json<Vec<Country>> {
    Json(COUNTRIES.iter().map(|country| Country { code: country.code, name: country.name }).collect())
}

/// All time zones.
#[utoipa::path(get, path = "/api/v2/cfg/timezones", tag = "Lists", responses((status = 200, body = Vec<Zone>), (status = 401, body = TokenFault)))]
pub(super) async fn time_zones(_: SignedIn) -> Json<Vec<Zone>> {
    Json(TIME_ZONES.iter().filter_map(|name| zone(name)).collect())
}

/// A date in northern winter, as Unix time, so that labels don't change with daylight saving time.
const WINTER: i64 = 1_767_225_600;

/// All types of devices. A resource may have another; it is then counted as other.
#[utoipa::path(get, path = "/api/v2/cfg/devices/types", tag = "Lists", responses((status = 200, body = Vec<DeviceType>), (status = 401, body = TokenFault)))]
pub(super) async fn device_types(_: SignedIn) -> Json<Vec<DeviceType>> {
    Json(RESOURCE_TYPES.iter().zip(1..).map(|((name, _), id)| DeviceType { id, name }).collect())
}

/// A type of resource.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResourceType {
    /// Its place in the list.
    #[schema(example = 1)]
    id: i64,
    /// Name, as a resource's `resourceType`.
    #[schema(example = "Desktop")]
    name: &'static str,
    /// What it counts as, and the name.
    #[schema(example = "Desktop/Desktop")]
    path: String,
    /// As people read it.
    #[schema(example = "Desktop")]
    display_name: &'static str,
}

/// All types of resources. A resource may have another; it is then counted as other.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/allResourceTypes/minimal", tag = "Lists", params(("tenantId" = String, Path, example = "msp_1")),
    responses((status = 200, body = Vec<ResourceType>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn all_resource_types(_: Tenant) -> Answer<Vec<ResourceType>> {
    let types = RESOURCE_TYPES.iter().zip(1..);
    Ok(Json(types.map(|((name, kind), id)| ResourceType { id, name, path: format!("{}/{name}", kind.label()), display_name: name }).collect()))
}

/// As `allResourceTypes/minimal`: all of them can be used.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/resourceType/minimal", tag = "Lists", params(("tenantId" = String, Path, example = "msp_1")),
    responses((status = 200, body = Vec<ResourceType>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn resource_types(tenant: Tenant) -> Answer<Vec<ResourceType>> {
    all_resource_types(tenant).await
}

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
pub(super) fn zone(name: &str) -> Option<Zone> {
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
pub(super) fn zone_by_id(id: &str) -> Option<&'static str> {
    let at = swapped(id.parse().ok()?).checked_sub(1)?;
    TIME_ZONES.iter().chain(OLD_TIME_ZONES).nth(at).copied()
}

/// The name of a zone by its code: the vendor's zone, or the first here with that abbreviation in winter.
pub(super) fn zone_by_code(code: &str) -> Option<&'static str> {
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
