//! Resources, which are devices.

use axum::{Json, http::StatusCode};
use domain::{DeviceFilter, DeviceId, DeviceState, Error};

use super::client::CLIENT;
use super::resource_wire::{ClientOfThing, ResourceInput, ResourceMade, ResourceOutput, ResourceShort};
use crate::api::{
    answer::{Answer, Done, FaultOfOne, FieldFault, Named, Page, Refusal, TokenFault},
    fields::Body,
    paging::{Listed, Paging, TEXT},
    params::Params,
    tenant::Tenant,
};

/// What resources can be asked by.
pub(super) struct Resources;

impl Listed for Resources {
    const KEYS: &[(&'static str, &'static str)] = &[
        ("name", TEXT),
        ("hostName", TEXT),
        ("ipAddress", TEXT),
        ("resourceType", TEXT),
        ("state", "(active|inactive|discovered|Decommissioned)"),
        ("clientUniqueId", CLIENT),
    ];
    const EXAMPLE: &'static str = "resourceType:Desktop";
}

/// Makes a resource: of the client of the path, or of the one that is named. Needs *Devices: Manage*.
#[utoipa::path(post, path = "/api/v2/tenants/{tenantId}/resources", tag = "Resources", params(("tenantId" = String, Path, example = "client_8")), request_body = ResourceInput,
    responses((status = 201, body = ResourceMade), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn create(tenant: Tenant, Body(mut input): Body<ResourceInput>) -> Result<(StatusCode, Json<ResourceMade>), Refusal> {
    let client = ClientOfThing::id(input.client.take())?;
    let device = ClientOfThing::told(tenant.services.device_create(&tenant.caller, client, input.into()).await, client)?;
    Ok((StatusCode::CREATED, Json(ResourceMade { resource_uuid: device.id.to_string(), tenant_id: device.client.id.to_string() })))
}

/// Every resource in short. Needs *Devices: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/resources/minimal", tag = "Resources", params(("tenantId" = String, Path, example = "client_8")),
    responses((status = 200, body = Vec<ResourceShort>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn minimal(tenant: Tenant) -> Answer<Vec<ResourceShort>> {
    let rows = tenant.services.device_rows(&tenant.caller).await?;
    Ok(Json(rows.into_iter().map(ResourceShort::from).collect()))
}

/// Searches resources. Needs *Devices: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/resources/search", tag = "Resources",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<Resources>),
    responses((status = 200, body = Page<ResourceOutput>), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn search(tenant: Tenant, params: Params) -> Answer<Page<ResourceOutput>> {
    let mut pairs = params.pairs::<Resources>();
    let state = |written: &str| DeviceState::ALL.iter().copied().find(|state| state.key().eq_ignore_ascii_case(written));
    let filter = DeviceFilter {
        state: pairs.value("state", "active, inactive, discovered or Decommissioned", state),
        client: pairs.value("clientUniqueId", "a client's id such as client_8", |id| id.parse().ok()),
        name: pairs.text("name").unwrap_or_default().to_owned(),
        host_name: pairs.text("hostName").unwrap_or_default().to_owned(),
        ip_address: pairs.text("ipAddress").unwrap_or_default().to_owned(),
        resource_type: pairs.text("resourceType").unwrap_or_default().to_owned(),
        ..DeviceFilter::default()
    };
    let asked = pairs.page(params.page::<Resources>())?;
    let found = tenant.services.device_search(&tenant.caller, &filter, asked.slice()).await?;
    Ok(Json(Page::of(found, asked, ResourceOutput::from)))
}

/// A resource. Needs *Devices: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/resources/{resourceId}", tag = "Resources",
    params(("tenantId" = String, Path, example = "client_8"), ("resourceId" = String, Path, example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")),
    responses((status = 200, body = ResourceOutput), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn get(tenant: Tenant) -> Answer<ResourceOutput> {
    let id: DeviceId = tenant.id("resourceId", "resource")?;
    let device = tenant.services.device_get(&tenant.caller, &id).await.named("resource", &id)?;
    Ok(Json(device.into()))
}

/// Changes what is given of a resource. Needs *Devices: Manage*.
#[utoipa::path(post, path = "/api/v2/tenants/{tenantId}/resources/{resourceId}", tag = "Resources",
    params(("tenantId" = String, Path, example = "client_8"), ("resourceId" = String, Path, example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")), request_body = ResourceInput,
    responses((status = 200, body = ResourceOutput), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn update(tenant: Tenant, Body(mut input): Body<ResourceInput>) -> Answer<ResourceOutput> {
    let id: DeviceId = tenant.id("resourceId", "resource")?;
    // What was read may be sent back as it is, and so with its client.
    if let Some(client) = ClientOfThing::id(input.client.take())? {
        let before = tenant.services.device_get(&tenant.caller, &id).await.named("resource", &id)?;
        if before.client.id != client {
            return Err(Error::invalid("client", "A resource stays with its client: make a new one there.").into());
        }
    }
    let device = tenant.services.device_update(&tenant.caller, &id, None, input.into()).await.named("resource", &id)?;
    Ok(Json(device.into()))
}

/// Deletes a resource, also out of every role and device group. Needs *Devices: Manage*.
#[utoipa::path(delete, path = "/api/v2/tenants/{tenantId}/resources/{resourceId}", tag = "Resources",
    params(("tenantId" = String, Path, example = "client_8"), ("resourceId" = String, Path, example = "d628b4f1-37ad-49de-8487-43125ec3178a")),
    responses((status = 200, body = Done), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id: DeviceId = tenant.id("resourceId", "resource")?;
    tenant.services.device_delete(&tenant.caller, &id).await.named("resource", &id)?;
    Ok(Json(Done::default()))
}
