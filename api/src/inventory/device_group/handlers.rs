//! Device groups.

use axum::Json;
use domain::DeviceGroupId;

use super::{
    children::{by_place, device_ids, not_found, rename_fields},
    input::{ChildInput, DeviceGroupInput},
    output::{Child, DeviceGroupOutput, DeviceGroupShort},
};
use crate::{
    answer::{Answer, Done},
    body::Body,
    listed::{ByName, Whole},
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    refusal::{DEVICE_GROUP, Named, Refusal},
    tenant::Tenant,
};

/// Makes and changes device groups: one with an `id` is changed, one without is made. All are saved or none. Needs *Devices: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/deviceGroups", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8")),
    request_body = Vec<DeviceGroupInput>,
    responses((status = 200, body = Vec<DeviceGroupOutput>)),
)]
pub(crate) async fn save(tenant: Tenant, Body(groups): Body<Vec<DeviceGroupInput>>) -> Answer<Vec<DeviceGroupOutput>> {
    let mut to_save = Vec::new();
    for (at, group) in groups.into_iter().enumerate() {
        to_save.push(group.into_group().map_err(|error| rename_fields(error, |field| format!("{at}.{field}")))?);
    }
    let saved = tenant.services.device_group_save(&tenant.caller, to_save).await?;
    Ok(Json(saved.into_iter().map(DeviceGroupOutput::from).collect()))
}

/// Id and name of every device group. Needs *Devices: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/deviceGroups/minimal", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8")),
    responses((status = 200, body = Vec<DeviceGroupShort>)),
)]
pub(crate) async fn minimal(tenant: Tenant) -> Answer<Vec<DeviceGroupShort>> {
    let names = tenant.services.device_group_names(&tenant.caller).await?;
    Ok(Json(names.into_iter().map(DeviceGroupShort::from).collect()))
}

/// Searches device groups. Needs *Devices: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/deviceGroups/search", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), Paging::<ByName>),
    responses((status = 200, body = Page<DeviceGroupOutput>)),
)]
pub(crate) async fn search(tenant: Tenant, params: Params) -> Answer<Page<DeviceGroupOutput>> {
    params
        .find::<ByName, _>(&tenant, |tenant, params, pairs| {
            Box::pin(async move {
                let name = pairs.text("name").unwrap_or_default().to_owned();
                let asked = pairs.page(params.page::<ByName>())?;
                let found = tenant.services.device_group_search(&tenant.caller, &name, asked.slice()).await?;
                Ok(Page::of(found, asked, DeviceGroupOutput::from))
            })
        })
        .await
}

/// A device group. Needs *Devices: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")),
    responses((status = 200, body = DeviceGroupOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<DeviceGroupOutput> {
    let id = group_id(&tenant)?;
    let group = tenant.services.device_group_get(&tenant.caller, &id).await.named(DEVICE_GROUP, &id)?;
    Ok(Json(group.into()))
}

/// Deletes a device group, also out of every role; its devices stay. Needs *Devices: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-fbbabccc-578b-4658-9475-178ab034c20b")),
    responses((status = 200, body = Done)),
)]
pub(crate) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id = group_id(&tenant)?;
    tenant.services.device_group_delete(&tenant.caller, &id).await.named(DEVICE_GROUP, &id)?;
    Ok(Json(Done::default()))
}

/// The devices of a group. Needs *Devices: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs/search", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43"), Paging::<Whole>),
    responses((status = 200, body = Page<Child>)),
)]
pub(crate) async fn children(tenant: Tenant, params: Params) -> Answer<Page<Child>> {
    let id = group_id(&tenant)?;
    let asked = params.page::<Whole>().map_err(Refusal::Query)?;
    let found = tenant.services.device_group_devices_search(&tenant.caller, &id, asked.slice()).await.named(DEVICE_GROUP, &id)?;
    Ok(Json(Page::of(found, asked, Child::from)))
}

/// Puts devices into a group. Needs *Devices: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")),
    request_body = Vec<ChildInput>,
    responses((status = 200, body = DeviceGroupOutput)),
)]
pub(crate) async fn add(tenant: Tenant, Body(children): Body<Vec<ChildInput>>) -> Answer<DeviceGroupOutput> {
    let (id, devices) = (group_id(&tenant)?, device_ids(&children)?);
    let changed = tenant.services.device_group_devices_add(&tenant.caller, &id, &devices).await;
    Ok(Json(changed.map_err(by_place).named(DEVICE_GROUP, &id)?.into()))
}

/// Takes devices out of a group. Needs *Devices: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")),
    request_body = Vec<ChildInput>,
    responses((status = 200, body = DeviceGroupOutput)),
)]
pub(crate) async fn remove(tenant: Tenant, Body(children): Body<Vec<ChildInput>>) -> Answer<DeviceGroupOutput> {
    let id = group_id(&tenant)?;
    let devices = device_ids(&children).map_err(|error| not_found(error, &children))?;
    let changed = tenant.services.device_group_devices_remove(&tenant.caller, &id, &devices).await;
    Ok(Json(changed.map_err(|fault| not_found(by_place(fault), &children)).named(DEVICE_GROUP, &id)?.into()))
}

fn group_id(tenant: &Tenant) -> Result<DeviceGroupId, Refusal> {
    tenant.id("deviceGroupId", DEVICE_GROUP)
}
