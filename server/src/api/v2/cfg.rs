//! Lists of what may be chosen.

use axum::Json;
use domain::{COUNTRIES, RESOURCE_TYPES, TIME_ZONES};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{answer::TokenFault, tenant::SignedIn};

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
    #[schema(example = "1")]
    id: String,
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

/// Days in winter and in summer of the northern half, in seconds: labels don't change with the seasons.
const WINTER: i64 = 1_767_225_600;
const SUMMER: i64 = 1_782_864_000;

/// All types of devices. A resource may have another; it is then counted as other.
#[utoipa::path(get, path = "/api/v2/cfg/devices/types", tag = "Lists", responses((status = 200, body = Vec<DeviceType>), (status = 401, body = TokenFault)))]
pub(super) async fn device_types(_: SignedIn) -> Json<Vec<DeviceType>> {
    let types = RESOURCE_TYPES.iter().zip(1..);
    Json(types.map(|((name, _), id): (_, u32)| DeviceType { id: id.to_string(), name }).collect())
}

/// A time zone by its IANA name.
pub(super) fn zone(name: &str) -> Option<Zone> {
    let at = TIME_ZONES.binary_search(&name).ok()?;
    let zone = TimeZone::get(name).ok()?;
    let info = zone.to_offset_info(Timestamp::from_second(WINTER).ok()?);
    let minutes = info.offset().seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let label = format!("GMT {sign}{:02}:{:02} {place}", minutes.abs() / 60, minutes.abs() % 60);
    Some(Zone { id: (at + 1).to_string(), name: name.to_owned(), label, code: info.abbreviation().to_owned() })
}

/// The name of a zone by its number in the list.
pub(super) fn zone_by_id(id: &str) -> Option<&'static str> {
    TIME_ZONES.get(id.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

/// The name of a zone by its abbreviation in winter, which many share: the first of the list that has summer time, or else the first. So
/// `EST` keeps the hours of New York.
pub(super) fn zone_by_code(code: &str) -> Option<&'static str> {
    let abbreviation =
        |name: &str, second| Some(TimeZone::get(name).ok()?.to_offset_info(Timestamp::from_second(second).ok()?).abbreviation().to_owned());
    let same: Vec<_> =
        TIME_ZONES.iter().copied().filter(|name| abbreviation(name, WINTER).is_some_and(|its| its.eq_ignore_ascii_case(code))).collect();
    let changing = same.iter().find(|name| abbreviation(name, WINTER) != abbreviation(name, SUMMER));
    changing.or(same.first()).copied()
}
