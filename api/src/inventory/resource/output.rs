//! Resources as they are answered (docs/spec/rest-api.md, "Resource object").

use domain::{Device, DeviceDetails, DeviceRow};
use serde::Serialize;
use utoipa::ToSchema;

use super::{input::ResourceInfo, tag::Tag};
use crate::{clients::client::reference::ClientShort, date::Date, inventory::device_group::output::DeviceGroupShort};

/// What is answered for a new resource.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResourceMade {
    /// Identifier.
    #[serde(rename = "resourceUUID")]
    #[schema(example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")]
    pub(crate) resource_uuid: String,
    /// The client it belongs to.
    #[serde(rename = "tenantID")]
    #[schema(example = "client_8")]
    pub(crate) tenant_id: String,
}

/// A resource.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResourceOutput {
    /// Identifier.
    #[schema(example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")]
    id: String,
    host_name: String,
    ip_address: String,
    dns_name: String,
    device_type: String,
    resource_type: String,
    #[serde(rename = "type")]
    kind: String,
    #[schema(example = "active")]
    state: &'static str,
    make: String,
    model: String,
    os_name: String,
    serial_number: String,
    alias_name: String,
    name: String,
    resource_name: String,
    /// Whether an agent runs on it, as programs say.
    agent_installed: bool,
    /// Some of the fields once more, for programs that look for them here.
    general_info: ResourceInfo,
    tags: Vec<Tag>,
    client: ClientShort,
    /// The groups it is in.
    device_groups: Vec<DeviceGroupShort>,
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    created_date: Date,
    #[schema(value_type = String, example = "2016-07-23T16:18:42+0000")]
    updated_date: Date,
}

impl From<Device> for ResourceOutput {
    fn from(device: Device) -> Self {
        let Device { id, client, details, groups, created, updated, .. } = device;
        let DeviceDetails { state, tags, name, host_name, ip_address, dns_name, device_type, resource_type, record_type: kind, .. } = details;
        let general_info = ResourceInfo {
            host_name: Some(host_name.clone()),
            resource_name: Some(details.resource_name.clone()),
            resource_type: Some(resource_type.clone()),
            alias_name: Some(details.alias_name.clone()),
            ip_address: Some(ip_address.clone()),
        };
        Self {
            general_info,
            agent_installed: details.agent_installed == "true",
            id: id.to_string(),
            host_name,
            ip_address,
            dns_name,
            device_type,
            resource_type,
            kind,
            state: state.key(),
            make: details.make,
            model: details.model,
            os_name: details.os_name,
            serial_number: details.serial_number,
            alias_name: details.alias_name,
            name,
            resource_name: details.resource_name,
            tags: tags.into_iter().map(Tag::from).collect(),
            client: client.into(),
            device_groups: groups.into_iter().map(DeviceGroupShort::from).collect(),
            created_date: created.into(),
            updated_date: updated.into(),
        }
    }
}

/// A resource in short.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResourceShort {
    /// Identifier.
    id: String,
    /// The first of its names that there is.
    name: String,
    host_name: String,
    ip_address: String,
    resource_type: String,
    #[schema(example = "active")]
    state: &'static str,
    client: ClientShort,
}

impl From<DeviceRow> for ResourceShort {
    fn from(row: DeviceRow) -> Self {
        let DeviceRow { id, client, name, resource_type, state, host_name, ip_address, .. } = row;
        Self { id: id.to_string(), name, host_name, ip_address, resource_type, state: state.key(), client: client.into() }
    }
}
