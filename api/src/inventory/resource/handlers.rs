//! Resources, which are devices.

use axum::{Json, http::StatusCode};
use domain::{DeviceAttribute, DeviceFilter, DeviceId, DeviceState, Error, NameSort};

use super::{
    input::ResourceInput,
    output::{ResourceMade, ResourceOutput, ResourceShort},
};
use crate::{
    answer::{Answer, Done},
    body::Body,
    clients::client::reference::ClientOfThing,
    listed::{BY_NAME, Listed},
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    patterns::{CLIENT, DEVICES, TEXT},
    query_string::Pairs,
    refusal::{Named, Refusal},
    tenant::Tenant,
};

/// States separated by commas.
const STATES: &str = "(active|inactive|discovered|Decommissioned)(,(active|inactive|discovered|Decommissioned))*";

/// What resources can be asked by.
pub(crate) struct Resources;

impl Listed for Resources {
    type Sort = NameSort;
    const SORTS: &[(&'static str, NameSort)] = BY_NAME;
    const KEYS: &[(&'static str, &'static str)] = &[
        ("id", DEVICES),
        ("hostName", TEXT),
        ("resourceName", TEXT),
        ("name", TEXT),
        ("aliasName", TEXT),
        ("dnsName", TEXT),
        ("ipAddress", TEXT),
        ("type", TEXT),
        ("resourceType", TEXT),
        ("deviceType", TEXT),
        ("state", STATES),
        ("make", TEXT),
        ("model", TEXT),
        ("osName", TEXT),
        ("serialNumber", TEXT),
        ("agentInstalled", "(true|false)"),
        ("clientUniqueId", CLIENT),
    ];
    const EXAMPLE: &'static str = "resourceType:Desktop";
}

/// Makes a resource: of the client of the path, or of the one that is named. Needs *Devices: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/resources", tag = "Resources",
    params(("tenantId" = String, Path, example = "client_8")),
    request_body = ResourceInput,
    responses((status = 201, body = ResourceMade)),
)]
pub(crate) async fn create(tenant: Tenant, Body(mut input): Body<ResourceInput>) -> Result<(StatusCode, Json<ResourceMade>), Refusal> {
    let client = ClientOfThing::id(input.client.take())?;
    let device = ClientOfThing::check(tenant.services.device_create(&tenant.caller, client, input.draft()?).await, client)?;
    Ok((StatusCode::CREATED, Json(ResourceMade { resource_uuid: device.id.to_string(), tenant_id: device.client.id.to_string() })))
}

/// Every resource in short. Needs *Devices: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/resources/minimal", tag = "Resources",
    params(("tenantId" = String, Path, example = "client_8")),
    responses((status = 200, body = Vec<ResourceShort>)),
)]
pub(crate) async fn minimal(tenant: Tenant) -> Answer<Vec<ResourceShort>> {
    let rows = tenant.services.device_rows(&tenant.caller).await?;
    Ok(Json(rows.into_iter().map(ResourceShort::from).collect()))
}

/// Searches resources. Needs *Devices: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/resources/search", tag = "Resources",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<Resources>),
    responses((status = 200, body = Page<ResourceOutput>)),
)]
pub(crate) async fn search(tenant: Tenant, params: Params) -> Answer<Page<ResourceOutput>> {
    params
        .find::<Resources, _>(&tenant, |tenant, params, mut pairs| {
            Box::pin(async move {
                let client = pairs.value("clientUniqueId", "a client's id such as client_8", |id| id.parse().ok());
                let mut filter = DeviceFilter { client, ..DeviceFilter::default() };
                for attribute in DeviceAttribute::ALL.iter().copied() {
                    let Some(values) = asked_for(&mut pairs, attribute) else { continue };
                    match (attribute, values.as_slice()) {
                        // A single text uses the text index.
                        (DeviceAttribute::Name, [one]) => filter.name.clone_from(one),
                        (DeviceAttribute::HostName, [one]) => filter.host_name.clone_from(one),
                        (DeviceAttribute::IpAddress, [one]) => filter.ip_address.clone_from(one),
                        _ => filter.attributes.push((attribute, values)),
                    }
                }
                let asked = pairs.page(params.page::<Resources>())?;
                let found = tenant.services.device_search(&tenant.caller, &filter, asked.slice()).await?;
                Ok(Page::of(found, asked, ResourceOutput::from))
            })
        })
        .await
}

/// The requested values of an attribute, separated by commas, of which any can match; none if every device matches.
fn asked_for(pairs: &mut Pairs, attribute: DeviceAttribute) -> Option<Vec<String>> {
    let key = attribute.key();
    let values = |text: &str| text.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let known = |values: Vec<String>| {
        let right = |value: &String| match attribute {
            DeviceAttribute::State => DeviceState::ALL.iter().any(|state| state.key().eq_ignore_ascii_case(value)),
            DeviceAttribute::AgentInstalled => ["true", "false"].iter().any(|flag| value.eq_ignore_ascii_case(flag)),
            _ => true,
        };
        values.iter().all(right).then_some(values)
    };
    let should_be = if attribute == DeviceAttribute::State { "active, inactive, discovered or Decommissioned" } else { "true or false" };
    let values = pairs.value(key, should_be, |text| known(values(text)))?;
    let everything =
        attribute == DeviceAttribute::RecordType && values.iter().any(|value| ["DEVICE", "RESOURCE"].contains(&value.to_uppercase().as_str()));
    (!values.is_empty() && !everything).then_some(values)
}

/// A resource. Needs *Devices: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/resources/{resourceId}", tag = "Resources",
    params(("tenantId" = String, Path, example = "client_8"), ("resourceId" = String, Path, example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")),
    responses((status = 200, body = ResourceOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<ResourceOutput> {
    let id: DeviceId = tenant.id("resourceId", "Resource")?;
    let device = tenant.services.device_get(&tenant.caller, &id).await.named("Resource", &id)?;
    Ok(Json(device.into()))
}

/// Changes what is given of a resource. Needs *Devices: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/resources/{resourceId}", tag = "Resources",
    params(("tenantId" = String, Path, example = "client_8"), ("resourceId" = String, Path, example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")),
    request_body = ResourceInput,
    responses((status = 200, body = ResourceOutput)),
)]
pub(crate) async fn update(tenant: Tenant, Body(mut input): Body<ResourceInput>) -> Answer<ResourceOutput> {
    let id: DeviceId = tenant.id("resourceId", "Resource")?;
    // What was read may be sent back as it is, and so with its client.
    if let Some(client) = ClientOfThing::id(input.client.take())? {
        let before = tenant.services.device_get(&tenant.caller, &id).await.named("Resource", &id)?;
        if before.client.id != client {
            return Err(Error::invalid("client", "A resource stays with its client: make a new one there.").into());
        }
    }
    let device = tenant.services.device_update(&tenant.caller, &id, None, input.draft()?).await.named("Resource", &id)?;
    Ok(Json(device.into()))
}

/// Deletes a resource, also out of every role and device group. Needs *Devices: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/resources/{resourceId}", tag = "Resources",
    params(("tenantId" = String, Path, example = "client_8"), ("resourceId" = String, Path, example = "d628b4f1-37ad-49de-8487-43125ec3178a")),
    responses((status = 200, body = Done)),
)]
pub(crate) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id: DeviceId = tenant.id("resourceId", "Resource")?;
    tenant.services.device_delete(&tenant.caller, &id).await.named("Resource", &id)?;
    Ok(Json(Done::default()))
}
