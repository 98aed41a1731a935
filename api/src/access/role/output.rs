//! Roles as they are answered (docs/spec/rest-api.md, "Role object").
//!
//! Known quirks of the contract: flags that are off and empty lists are omitted; answers to writes show less of a device than answers to reads; a user
//! group's number is only in partner roles that list clients; a role for client users omits its clients and its devices' client.

use domain::{Role, RoleScope, RoleSummary};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::contents::{ClientInRole, DeviceGroupInRole, DeviceInRole, GroupInRole, SetInRole, UserInRole, credential_set};

/// A role in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleRow {
    /// Number.
    #[schema(example = 7)]
    id: i64,
    /// Identifier.
    #[schema(example = "ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd")]
    unique_id: String,
    /// Name.
    name: String,
    /// What it is for.
    description: String,
    /// Whether it was there from the start, and can't be edited or deleted.
    default_role: bool,
}

impl From<RoleSummary> for RoleRow {
    fn from(role: RoleSummary) -> Self {
        Self { id: role.number, unique_id: role.id.to_string(), name: role.name, description: role.description, default_role: role.is_default }
    }
}

/// A role.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RoleOutput<'a> {
    /// Number.
    #[schema(example = 7)]
    id: i64,
    /// Identifier.
    #[schema(example = "ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd")]
    unique_id: String,
    /// Name.
    #[schema(example = "Primary Admin")]
    name: &'a str,
    /// What it is for.
    description: &'a str,
    /// `MSP` or `CLIENT`; in the answer to a question.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    /// Whether it was there from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    default_role: Option<bool>,
    /// Whether it sees every client.
    #[serde(skip_serializing_if = "is_off")]
    all_clients: bool,
    /// Whether it sees every device of the clients.
    #[serde(skip_serializing_if = "is_off")]
    all_devices: bool,
    /// Whether it sees every credential set of the clients.
    #[serde(skip_serializing_if = "is_off")]
    all_credentials: bool,
    /// Clients that it lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clients: Vec<ClientInRole<'a>>,
    /// Its users.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    users: Vec<UserInRole<'a>>,
    /// Its user groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    user_groups: Vec<GroupInRole<'a>>,
    /// Devices that it lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    devices: Vec<DeviceInRole<'a>>,
    /// Device groups that it lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    device_groups: Vec<DeviceGroupInRole<'a>>,
    /// Credential sets that it lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    credential_sets: Vec<Map<String, Value>>,
    /// Its permission sets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    permissions: Vec<SetInRole<'a>>,
}

impl<'a> RoleOutput<'a> {
    /// The answer to a question, or to a change.
    pub(crate) fn of(role: &'a Role, asked: bool) -> Self {
        let Role { summary, permission_sets, users, user_groups, clients, devices, device_groups, credential_sets } = role;
        let of_partner = summary.scope == RoleScope::Msp;
        let numbered = of_partner && !summary.all_clients;
        Self {
            id: summary.number,
            unique_id: summary.id.to_string(),
            name: &summary.name,
            description: &summary.description,
            scope: asked.then(|| summary.scope.key()),
            default_role: (asked || summary.is_default || summary.all_clients).then_some(summary.is_default),
            all_clients: summary.all_clients,
            all_devices: summary.all_devices,
            all_credentials: summary.all_credentials,
            clients: if of_partner { clients.iter().map(ClientInRole::from).collect() } else { Vec::new() },
            users: users.iter().map(UserInRole::from).collect(),
            user_groups: user_groups.iter().map(|group| GroupInRole::of(group, numbered)).collect(),
            devices: devices.iter().map(|device| DeviceInRole::of(device, of_partner, asked)).collect(),
            device_groups: device_groups.iter().map(DeviceGroupInRole::from).collect(),
            credential_sets: credential_sets.iter().map(credential_set).collect(),
            permissions: permission_sets.iter().map(SetInRole::from).collect(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
const fn is_off(flag: &bool) -> bool {
    !*flag
}
