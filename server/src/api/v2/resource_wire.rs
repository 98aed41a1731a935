//! Resources, which are devices, on the wire (reference "Object shapes": Device).

use domain::{ClientId, ClientSummary, Device, DeviceDetails, DeviceDraft, DeviceGroupSummary, DeviceRow, Error, Violations};
use serde::{Deserialize, Serialize};
use services::Fault;
use utoipa::ToSchema;

use crate::api::{answer::Refusal, date::Date, fields::given};

/// A resource as it is sent: only what is given changes, and `null` means empty.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ResourceInput {
    /// What people call it. A new one needs this, a host name or an IP address.
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    /// Host name.
    #[schema(example = "HYDLPT159")]
    #[serde(deserialize_with = "given")]
    host_name: Option<String>,
    /// IP address, or several parted by commas.
    #[schema(example = "172.28.2.233")]
    #[serde(deserialize_with = "given")]
    ip_address: Option<String>,
    /// Name in the DNS.
    #[serde(deserialize_with = "given")]
    dns_name: Option<String>,
    /// What sort of device it is, as its maker says.
    #[serde(deserialize_with = "given")]
    device_type: Option<String>,
    /// What sort of resource it is; reports count by it.
    #[schema(example = "Desktop")]
    #[serde(deserialize_with = "given")]
    resource_type: Option<String>,
    /// What sort of record it is.
    #[serde(deserialize_with = "given", rename = "type")]
    kind: Option<String>,
    /// `active`, `inactive`, `discovered` or `Decommissioned`.
    #[schema(example = "active")]
    #[serde(deserialize_with = "given")]
    state: Option<String>,
    /// Its maker.
    #[serde(deserialize_with = "given")]
    make: Option<String>,
    /// Its model.
    #[serde(deserialize_with = "given")]
    model: Option<String>,
    /// Its operating system.
    #[serde(deserialize_with = "given")]
    os_name: Option<String>,
    /// Serial number.
    #[serde(deserialize_with = "given")]
    serial_number: Option<String>,
    /// Another name.
    #[serde(deserialize_with = "given")]
    alias_name: Option<String>,
    /// Its name as a resource.
    #[serde(deserialize_with = "given")]
    resource_name: Option<String>,
    /// Whether an agent runs on it.
    #[serde(deserialize_with = "given")]
    agent_installed: Option<bool>,
    /// What it is found by: texts, or names with values.
    #[serde(deserialize_with = "given")]
    tags: Option<Vec<TagInput>>,
    /// Some of the fields once more. What stands beside it counts first.
    #[serde(deserialize_with = "given")]
    general_info: Option<ResourceInfo>,
    /// The client it belongs to. A partner's new one needs it; it can't be changed.
    pub(super) client: Option<ClientOfThing>,
}

/// Fields that programs look for under this name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ResourceInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    host_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address: Option<String>,
}

/// A tag: its text, or its name and value.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum TagInput {
    Text(String),
    Pair(Tag),
}

/// A tag with its value; most have none.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Tag {
    /// Name.
    #[schema(example = "env")]
    name: String,
    /// Value.
    #[serde(default)]
    #[schema(example = "prod")]
    value: String,
}

impl TagInput {
    fn text(self) -> Result<String, String> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Pair(Tag { name, value }) => domain::tag(&name, &value),
        }
    }
}

impl From<String> for Tag {
    fn from(tag: String) -> Self {
        let (name, value) = domain::tag_parts(&tag);
        Self { name: name.to_owned(), value: value.to_owned() }
    }
}

/// The client of a thing, as it is sent.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientOfThing {
    /// Identifier.
    #[schema(example = "client_8")]
    unique_id: String,
}

impl ClientOfThing {
    /// The client, if one is named.
    pub(super) fn id(named: Option<Self>) -> Result<Option<ClientId>, Error> {
        named.map(|client| client.unique_id.parse().map_err(|_| unknown(&client.unique_id))).transpose()
    }

    /// The outcome of a call that names a client in its body: one that isn't seen is a wrong field.
    pub(super) fn told<T>(outcome: Result<T, Fault>, client: Option<ClientId>) -> Result<T, Refusal> {
        outcome.map_err(|fault| match (Error::from(fault), client) {
            (Error::NotFound, Some(client)) => unknown(client).into(),
            (error, _) => error.into(),
        })
    }
}

fn unknown(client: impl std::fmt::Display) -> Error {
    Error::invalid("client", format!("There is no client {client} here."))
}

impl ResourceInput {
    /// The draft of a device; an invalid tag is a wrong field.
    pub(super) fn draft(self) -> Result<DeviceDraft, Error> {
        let mut violations = Violations::new();
        let info = self.general_info.unwrap_or_default();
        let mut tag = |(at, tag): (usize, TagInput)| violations.take(&format!("tags.{at}"), tag.text());
        let tags = self.tags.map(|tags| tags.into_iter().enumerate().filter_map(&mut tag).collect());
        violations.into_result()?;
        Ok(DeviceDraft {
            name: self.name,
            host_name: self.host_name.or(info.host_name),
            ip_address: self.ip_address.or(info.ip_address),
            dns_name: self.dns_name,
            device_type: self.device_type,
            resource_type: self.resource_type.or(info.resource_type),
            record_type: self.kind,
            state: self.state,
            make: self.make,
            model: self.model,
            os_name: self.os_name,
            serial_number: self.serial_number,
            alias_name: self.alias_name.or(info.alias_name),
            resource_name: self.resource_name.or(info.resource_name),
            agent_installed: self.agent_installed.map(|installed| installed.to_string()),
            tags,
        })
    }
}

/// What is answered for a new resource.
#[derive(Serialize, ToSchema)]
pub(super) struct ResourceMade {
    /// Identifier.
    #[serde(rename = "resourceUUID")]
    #[schema(example = "2912ca9f-5c62-451f-82a8-8c08ca9c9447")]
    pub(super) resource_uuid: String,
    /// The client it belongs to.
    #[serde(rename = "tenantID")]
    #[schema(example = "client_8")]
    pub(super) tenant_id: String,
}

/// A resource.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResourceOutput {
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
pub(super) struct ResourceShort {
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

/// The client of a thing.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClientShort {
    #[schema(example = "client_8")]
    unique_id: String,
    #[schema(example = "LeoArt Lab")]
    name: String,
}

impl From<ClientSummary> for ClientShort {
    fn from(client: ClientSummary) -> Self {
        Self { unique_id: client.id.to_string(), name: client.name }
    }
}

/// A device group in short.
#[derive(Serialize, ToSchema)]
pub(super) struct DeviceGroupShort {
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
