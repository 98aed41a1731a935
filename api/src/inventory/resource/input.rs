//! Resources as they are sent.

use domain::{DeviceDraft, Error, Violations};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tag::TagInput;
use crate::{body::given, clients::client::reference::ClientOfThing};

/// A resource as it is sent: only what is given changes, and `null` means empty.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ResourceInput {
    /// What people call it. A new one needs this, a host name or an IP address.
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    /// Host name.
    #[schema(example = "HYDLPT159")]
    #[serde(deserialize_with = "given")]
    host_name: Option<String>,
    /// IP address, or several separated by commas.
    #[schema(example = "172.28.2.233")]
    #[serde(deserialize_with = "given")]
    ip_address: Option<String>,
    /// Name in the DNS.
    #[serde(deserialize_with = "given")]
    dns_name: Option<String>,
    /// Type of device, as its maker says.
    #[serde(deserialize_with = "given")]
    device_type: Option<String>,
    /// Type of resource; reports count by it.
    #[schema(example = "Desktop")]
    #[serde(deserialize_with = "given")]
    resource_type: Option<String>,
    /// Type of record.
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
    pub(crate) client: Option<ClientOfThing>,
}

/// Fields that programs look for under this name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ResourceInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) host_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resource_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) resource_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alias_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ip_address: Option<String>,
}

impl ResourceInput {
    /// The draft of a device; an invalid tag is a wrong field.
    pub(crate) fn draft(self) -> Result<DeviceDraft, Error> {
        let mut violations = Violations::new();
        let info = self.general_info.unwrap_or_default();
        let mut tag = |(at, tag): (usize, TagInput)| violations.accept(&format!("tags.{at}"), tag.text());
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
