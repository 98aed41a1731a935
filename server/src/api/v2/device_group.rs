//! Device groups.

use axum::Json;
use domain::{Device, DeviceGroup, DeviceGroupDetails, DeviceGroupDraft, DeviceGroupId, DeviceId, Error, Total, Violation, Violations};
use serde::{Deserialize, Serialize};
use services::DeviceGroupToSave;
use utoipa::ToSchema;

use super::resource_wire::{ClientOfThing, ClientShort, DeviceGroupShort};
use crate::api::{
    answer::{Answer, DEVICE_GROUP, Done, FaultOfOne, FieldFault, Named, Page, Refusal, TokenFault},
    date::Date,
    fields::{Body, given},
    paging::{ByName, Paging, Whole},
    params::Params,
    tenant::Tenant,
};

/// The only `entityType`.
const ENTITY: &str = "DEVICE_GROUP";

/// The one kind of things that groups have.
const DEVICE: &str = "DEVICE";

/// A device group as it is sent: only what is given changes, and `null` means empty.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct DeviceGroupInput {
    /// Of one that is changed. A new one has none.
    #[schema(example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")]
    id: Option<String>,
    /// Required for a new one.
    #[schema(example = "Dev-Group")]
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    /// What it is for.
    #[serde(deserialize_with = "given")]
    description: Option<String>,
    /// The client to which a new one belongs; without it, the tenant of the path.
    client: Option<ClientOfThing>,
    /// `DEVICE_GROUP`: there is no other kind of group.
    #[schema(example = "DEVICE_GROUP")]
    entity_type: Option<String>,
    /// The parent group. Stored and returned, but not used.
    #[serde(deserialize_with = "given")]
    parent: Option<Parent>,
    /// Which devices it holds, always as they are now.
    #[serde(deserialize_with = "given")]
    filter_criteria: Option<FilterCriteria>,
}

/// The group above another.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub(super) struct Parent {
    /// Identifier.
    #[schema(example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")]
    id: String,
}

/// Which devices a group holds.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct FilterCriteria {
    /// Stored and returned, but not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    /// Comparisons of attributes by `=`, `!=`, `CONTAINS` and `STARTS WITH`, joined by `AND`, `OR` and parentheses. Empty for devices that are put in
    /// one by one.
    #[schema(example = "resourceType = \"Windows\" AND state = \"active\"")]
    search_query: String,
}

impl DeviceGroupInput {
    fn into_group(self) -> Result<DeviceGroupToSave, Error> {
        let Self { id, name, description, client, entity_type, parent, filter_criteria } = self;
        let client = ClientOfThing::id(client)?;
        if entity_type.is_some_and(|kind| kind != ENTITY) {
            return Err(Error::invalid("entityType", "Groups are of devices: write DEVICE_GROUP."));
        }
        let (criteria_id, search_query) = match filter_criteria {
            Some(FilterCriteria { id, search_query }) => (Some(id.unwrap_or_default()), Some(search_query)),
            None => (None, None),
        };
        let draft = DeviceGroupDraft { name, description, parent: parent.map(|parent| parent.id), criteria_id, search_query };
        Ok(DeviceGroupToSave { id, client, draft })
    }
}

/// A device group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeviceGroupOutput {
    /// Identifier.
    #[schema(example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")]
    id: String,
    /// Name.
    #[schema(example = "Dev-Group")]
    name: String,
    /// What it is for.
    description: String,
    /// The client it belongs to; left out for the partner's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<ClientShort>,
    /// `DEVICE_GROUP`.
    #[schema(example = "DEVICE_GROUP")]
    entity_type: &'static str,
    /// The group above it; left out where none was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Parent>,
    /// Which devices it holds; left out where they are put in one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    filter_criteria: Option<FilterCriteria>,
    /// How many devices it has; left out in lists where there are very many.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_count: Option<u64>,
    #[schema(value_type = String, example = "2016-10-20T07:45:06+0000")]
    created_date: Date,
    #[schema(value_type = String, example = "2016-10-20T07:45:06+0000")]
    updated_date: Date,
}

impl From<DeviceGroup> for DeviceGroupOutput {
    fn from(group: DeviceGroup) -> Self {
        let device_count = match group.devices {
            Total::Exactly(count) => Some(count),
            Total::MoreThan(_) => None,
        };
        let DeviceGroupDetails { name, description, parent, criteria_id, search_query } = group.details;
        let criteria = FilterCriteria { id: Some(criteria_id).filter(|id| *id != 0), search_query };
        Self {
            id: group.id.to_string(),
            name,
            description,
            entity_type: ENTITY,
            parent: Some(parent).filter(|id| !id.is_empty()).map(|id| Parent { id }),
            filter_criteria: Some(criteria).filter(|criteria| criteria.id.is_some() || !criteria.search_query.is_empty()),
            client: group.client.map(ClientShort::from),
            device_count,
            created_date: group.created.into(),
            updated_date: group.updated.into(),
        }
    }
}

/// A device to be put in or taken out.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(super) struct ChildInput {
    /// Identifier.
    #[schema(example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")]
    id: String,
    /// `DEVICE`.
    #[schema(example = "DEVICE")]
    #[serde(rename = "type", default = "device")]
    kind: String,
}

fn device() -> String {
    DEVICE.to_owned()
}

/// A device of a group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Child {
    /// Identifier.
    id: String,
    /// `DEVICE`.
    #[serde(rename = "type")]
    #[schema(example = "DEVICE")]
    kind: &'static str,
    /// The first of its names that there is.
    name: String,
    host_name: String,
    ip_address: String,
    resource_type: String,
    client: ClientShort,
}

impl From<Device> for Child {
    fn from(device: Device) -> Self {
        let name = device.details.title().to_owned();
        let Device { id, client, details, .. } = device;
        Self {
            id: id.to_string(),
            kind: DEVICE,
            name,
            host_name: details.host_name,
            ip_address: details.ip_address,
            resource_type: details.resource_type,
            client: client.into(),
        }
    }
}

/// Makes and changes device groups: one with an `id` is changed, one without is made. All are saved or none. Needs *Devices: Manage*.
#[utoipa::path(post, path = "/api/v2/tenants/{tenantId}/deviceGroups", tag = "Device groups", params(("tenantId" = String, Path, example = "client_8")),
    request_body = Vec<DeviceGroupInput>,
    responses((status = 200, body = Vec<DeviceGroupOutput>), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn save(tenant: Tenant, Body(groups): Body<Vec<DeviceGroupInput>>) -> Answer<Vec<DeviceGroupOutput>> {
    let mut to_save = Vec::new();
    for (at, group) in groups.into_iter().enumerate() {
        to_save.push(group.into_group().map_err(|error| inside(error, |field| format!("{at}.{field}")))?);
    }
    let saved = tenant.services.device_group_save(&tenant.caller, to_save).await?;
    Ok(Json(saved.into_iter().map(DeviceGroupOutput::from).collect()))
}

/// Id and name of every device group. Needs *Devices: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/deviceGroups/minimal", tag = "Device groups", params(("tenantId" = String, Path, example = "client_8")),
    responses((status = 200, body = Vec<DeviceGroupShort>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn minimal(tenant: Tenant) -> Answer<Vec<DeviceGroupShort>> {
    let names = tenant.services.device_group_names(&tenant.caller).await?;
    Ok(Json(names.into_iter().map(DeviceGroupShort::from).collect()))
}

/// Searches device groups. Needs *Devices: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/deviceGroups/search", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), Paging::<ByName>),
    responses((status = 200, body = Page<DeviceGroupOutput>), (status = 422, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn search(tenant: Tenant, params: Params) -> Answer<Page<DeviceGroupOutput>> {
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
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")),
    responses((status = 200, body = DeviceGroupOutput), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn get(tenant: Tenant) -> Answer<DeviceGroupOutput> {
    let id = group_id(&tenant)?;
    let group = tenant.services.device_group_get(&tenant.caller, &id).await.named(DEVICE_GROUP, &id)?;
    Ok(Json(group.into()))
}

/// Deletes a device group, also out of every role; its devices stay. Needs *Devices: Manage*.
#[utoipa::path(delete, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-fbbabccc-578b-4658-9475-178ab034c20b")),
    responses((status = 200, body = Done), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn delete(tenant: Tenant) -> Answer<Done> {
    let id = group_id(&tenant)?;
    tenant.services.device_group_delete(&tenant.caller, &id).await.named(DEVICE_GROUP, &id)?;
    Ok(Json(Done::default()))
}

/// The devices of a group. Needs *Devices: View*.
#[utoipa::path(get, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs/search", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43"), Paging::<Whole>),
    responses((status = 200, body = Page<Child>), (status = 422, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne)))]
pub(super) async fn children(tenant: Tenant, params: Params) -> Answer<Page<Child>> {
    let id = group_id(&tenant)?;
    let asked = params.page::<Whole>().map_err(Refusal::Query)?;
    let found = tenant.services.device_group_devices_search(&tenant.caller, &id, asked.slice()).await.named(DEVICE_GROUP, &id)?;
    Ok(Json(Page::of(found, asked, Child::from)))
}

/// Puts devices into a group. Needs *Devices: Manage*.
#[utoipa::path(post, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")),
    request_body = Vec<ChildInput>,
    responses((status = 200, body = DeviceGroupOutput), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn add(tenant: Tenant, Body(children): Body<Vec<ChildInput>>) -> Answer<DeviceGroupOutput> {
    let (id, devices) = (group_id(&tenant)?, device_ids(&children)?);
    let changed = tenant.services.device_group_devices_add(&tenant.caller, &id, &devices).await;
    Ok(Json(changed.map_err(told).named(DEVICE_GROUP, &id)?.into()))
}

/// Takes devices out of a group. Needs *Devices: Manage*.
#[utoipa::path(delete, path = "/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}/childs", tag = "Device groups",
    params(("tenantId" = String, Path, example = "client_8"), ("deviceGroupId" = String, Path, example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")),
    request_body = Vec<ChildInput>,
    responses((status = 200, body = DeviceGroupOutput), (status = 400, body = Vec<FieldFault>), (status = 401, body = TokenFault), (status = 403, body = FaultOfOne), (status = 404, body = FaultOfOne), (status = 409, body = FaultOfOne)))]
pub(super) async fn remove(tenant: Tenant, Body(children): Body<Vec<ChildInput>>) -> Answer<DeviceGroupOutput> {
    let id = group_id(&tenant)?;
    let devices = device_ids(&children).map_err(|error| gone(error, &children))?;
    let changed = tenant.services.device_group_devices_remove(&tenant.caller, &id, &devices).await;
    Ok(Json(changed.map_err(|fault| gone(told(fault), &children)).named(DEVICE_GROUP, &id)?.into()))
}

fn group_id(tenant: &Tenant) -> Result<DeviceGroupId, Refusal> {
    tenant.id("deviceGroupId", DEVICE_GROUP)
}

/// The devices that a body names, or everything in it that can't name one.
fn device_ids(children: &[ChildInput]) -> Result<Vec<DeviceId>, Error> {
    let (mut ids, mut violations) = (Vec::new(), Violations::new());
    for (at, ChildInput { id, kind }) in children.iter().enumerate() {
        violations.add_if(kind != DEVICE, &format!("{at}.type"), "A device group has nothing but devices: write DEVICE.");
        ids.extend(violations.take(&format!("{at}.id"), id.parse().map_err(|_| format!("There is no device {id}: choose another."))));
    }
    violations.into_result().map(|()| ids)
}

/// A refusal in which a device is named by its place in the body, where the use case says `devices.3`.
fn told(fault: services::Fault) -> Error {
    inside(fault.into(), |field| match field.strip_prefix("devices.") {
        Some(at) => format!("{at}.id"),
        None => String::new(),
    })
}

/// A refusal to take out: a device that isn't there is not found, because scripts try a deletion that is answered by 400 again and again.
fn gone(error: Error, children: &[ChildInput]) -> Refusal {
    let Error::Invalid { violations } = &error else { return error.into() };
    let place = |violation: &Violation| violation.field.strip_suffix(".id")?.parse::<usize>().ok();
    match violations.iter().find_map(place).and_then(|at| children.get(at)) {
        Some(child) => Refusal::Refused(Error::NotFound, Some(("device", child.id.clone()))),
        None => error.into(),
    }
}

fn inside(error: Error, named: impl Fn(&str) -> String) -> Error {
    let Error::Invalid { violations } = error else { return error };
    let violations = violations.into_iter().map(|violation| Violation { field: named(&violation.field), ..violation }).collect();
    Error::Invalid { violations }
}
