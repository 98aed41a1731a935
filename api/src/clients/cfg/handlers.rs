//! Lists of what may be chosen.

use axum::Json;
use domain::{COUNTRIES, RESOURCE_TYPES, TIME_ZONES};

use super::{
    output::{Country, DeviceType, ResourceType},
    zone::{Zone, zone},
};
use crate::{
    answer::Answer,
    tenant::{SignedIn, Tenant},
};

/// All countries.
#[utoipa::path(get, path = "/api/v2/cfg/countries", tag = "Lists", responses((status = 200, body = Vec<Country>)))]
pub(crate) async fn countries(_: SignedIn) -> Json<Vec<Country>> {
    Json(COUNTRIES.iter().map(|country| Country { code: country.code, name: country.name }).collect())
}

/// All time zones.
#[utoipa::path(get, path = "/api/v2/cfg/timezones", tag = "Lists", responses((status = 200, body = Vec<Zone>)))]
pub(crate) async fn time_zones(_: SignedIn) -> Json<Vec<Zone>> {
    Json(TIME_ZONES.iter().filter_map(|name| zone(name)).collect())
}

/// All types of devices. A resource may have another; it is then counted as other.
#[utoipa::path(get, path = "/api/v2/cfg/devices/types", tag = "Lists", responses((status = 200, body = Vec<DeviceType>)))]
pub(crate) async fn device_types(_: SignedIn) -> Json<Vec<DeviceType>> {
    Json(RESOURCE_TYPES.iter().zip(1..).map(|((name, _), id)| DeviceType { id, name }).collect())
}

/// All types of resources. A resource may have another; it is then counted as other.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/allResourceTypes/minimal", tag = "Lists",
    params(("tenantId" = String, Path, example = "msp_1")),
    responses((status = 200, body = Vec<ResourceType>)),
)]
pub(crate) async fn all_resource_types(_: Tenant) -> Answer<Vec<ResourceType>> {
    let types = RESOURCE_TYPES.iter().zip(1..);
    Ok(Json(types.map(|((name, kind), id)| ResourceType { id, name, path: format!("{}/{name}", kind.label()), display_name: name }).collect()))
}

/// As `allResourceTypes/minimal`: all of them can be used.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/resourceType/minimal", tag = "Lists",
    params(("tenantId" = String, Path, example = "msp_1")),
    responses((status = 200, body = Vec<ResourceType>)),
)]
pub(crate) async fn resource_types(tenant: Tenant) -> Answer<Vec<ResourceType>> {
    all_resource_types(tenant).await
}
