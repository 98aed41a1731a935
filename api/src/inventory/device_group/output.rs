//! Device groups as they are answered.

use domain::{Device, DeviceGroup, DeviceGroupDetails, DeviceGroupSummary, Total};
use serde::Serialize;
use utoipa::ToSchema;

use super::input::{DEVICE, ENTITY, FilterCriteria, Parent};
use crate::{clients::client::reference::ClientShort, date::Date};

/// A device group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceGroupOutput {
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

/// A device of a group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Child {
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

/// A device group in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeviceGroupShort {
    #[schema(example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")]
    id: String,
    #[schema(example = "Dev-Group")]
    name: String,
}

impl From<DeviceGroupSummary> for DeviceGroupShort {
    fn from(group: DeviceGroupSummary) -> Self {
        Self { id: group.id.to_string(), name: group.name }
    }
}
