//! Lists of what may be chosen.

use axum::Json;
use domain::{COUNTRIES, TIME_ZONES};
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

/// A time zone by its IANA name.
pub(super) fn zone(name: &str) -> Option<Zone> {
    let at = TIME_ZONES.binary_search(&name).ok()?;
    // A day in winter of the northern half, so that the list doesn't change with the seasons.
    let winter = Timestamp::from_second(1_767_225_600).ok()?;
    let zone = TimeZone::get(name).ok()?;
    let info = zone.to_offset_info(winter);
    let minutes = info.offset().seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let label = format!("GMT {sign}{:02}:{:02} {place}", minutes.abs() / 60, minutes.abs() % 60);
    Some(Zone { id: (at + 1).to_string(), name: name.to_owned(), label, code: info.abbreviation().to_owned() })
}
