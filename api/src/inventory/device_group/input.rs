//! Device groups as they are sent.

use domain::{DeviceGroupDraft, Error};
use serde::{Deserialize, Serialize};
use services::DeviceGroupToSave;
use utoipa::ToSchema;

use crate::{body::given, clients::client::reference::ClientOfThing};

/// The only `entityType`.
pub(crate) const ENTITY: &str = "DEVICE_GROUP";

/// The one kind of things that groups have.
pub(crate) const DEVICE: &str = "DEVICE";

/// A device group as it is sent: only what is given changes, and `null` means empty.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct DeviceGroupInput {
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
pub(crate) struct Parent {
    /// Identifier.
    #[schema(example = "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43")]
    pub(crate) id: String,
}

/// Which devices a group holds.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct FilterCriteria {
    /// Stored and returned, but not used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<i64>,
    /// Comparisons of attributes by `=`, `!=`, `CONTAINS` and `STARTS WITH`, joined by `AND`, `OR` and parentheses. Empty for devices that are put in
    /// one by one.
    #[schema(example = "resourceType = \"Windows\" AND state = \"active\"")]
    pub(crate) search_query: String,
}

impl DeviceGroupInput {
    pub(crate) fn into_group(self) -> Result<DeviceGroupToSave, Error> {
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

/// A device to be put in or taken out.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct ChildInput {
    /// Identifier.
    #[schema(example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")]
    pub(crate) id: String,
    /// `DEVICE`.
    #[schema(example = "DEVICE")]
    #[serde(rename = "type", default = "device")]
    pub(crate) kind: String,
}

fn device() -> String {
    DEVICE.to_owned()
}
