//! Roles on the wire (reference "Object shapes": Role; seeds 001 and 003).
//!
//! Known quirks of the contract: flags that are off and empty lists are omitted; answers to writes show less of a device than answers to reads; a user
//! group's number is only in partner roles that list clients; a role for client users omits its clients and its devices' client.

use domain::{
    CredentialField, CredentialSetReference, DeviceReference, Role, RoleDraft, RoleScope, RoleSummary, Selection, UserGroupSummary, UserReference,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::credential_set_wire::value;
use crate::api::{date::Date, fields::given};

/// A role as it is sent: only what is given changes, and `null` means empty.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(example = json!({ "name": "Night shift", "scope": "MSP", "allClients": true, "allDevices": true, "allCredentials": false }))]
pub(super) struct RoleInput {
    /// Required for a new role.
    #[schema(example = "Primary Admin")]
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    /// What it is for.
    #[serde(deserialize_with = "given")]
    description: Option<String>,
    /// `MSP` for partner users, `CLIENT` for client users. Without it, a new role is for the users of the tenant itself.
    #[schema(example = "MSP")]
    #[serde(deserialize_with = "given")]
    scope: Option<String>,
    /// See every client; `clients` is then empty. A list of clients without this flag ends it.
    #[serde(deserialize_with = "given")]
    all_clients: Option<bool>,
    /// See every device of the clients; `devices` and `deviceGroups` are then empty. A list of either without this flag ends it.
    #[serde(deserialize_with = "given")]
    all_devices: Option<bool>,
    /// See every credential set of the clients; `credentialSets` is then empty. A list of them without this flag ends it.
    #[serde(deserialize_with = "given")]
    all_credentials: Option<bool>,
    /// Clients that the role sees.
    #[serde(deserialize_with = "given")]
    clients: Option<Vec<ByUniqueId>>,
    /// Its users.
    #[serde(deserialize_with = "given")]
    users: Option<Vec<ById>>,
    /// Its user groups.
    #[serde(deserialize_with = "given")]
    user_groups: Option<Vec<ByUniqueId>>,
    /// Devices that it sees.
    #[serde(deserialize_with = "given")]
    devices: Option<Vec<ById>>,
    /// Device groups whose devices it sees.
    #[serde(deserialize_with = "given")]
    device_groups: Option<Vec<ById>>,
    /// Credential sets that it sees.
    #[serde(deserialize_with = "given")]
    credential_sets: Option<Vec<ByUniqueId>>,
    /// Its permission sets.
    #[serde(deserialize_with = "given")]
    permissions: Option<Vec<ByNumber>>,
}

/// A thing by its unique id.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ByUniqueId {
    /// Identifier.
    unique_id: String,
}

/// A thing by its id.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
struct ById {
    /// Identifier.
    id: String,
}

/// A permission set by its number.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
struct ByNumber {
    /// Number.
    #[schema(example = 13)]
    id: i64,
}

impl RoleInput {
    /// The draft of a role; a new one that doesn't say for whom it is has the tenant's own scope.
    pub(super) fn into_draft(self, default_scope: Option<RoleScope>) -> RoleDraft {
        let unique = |list: Option<Vec<ByUniqueId>>| list.map(|list| Selection::Exactly(list.into_iter().map(|item| item.unique_id).collect()));
        let ids = |list: Option<Vec<ById>>| list.map(|list| Selection::Exactly(list.into_iter().map(|item| item.id).collect()));
        let numbers = |list: Vec<ByNumber>| Selection::Exactly(list.into_iter().map(|item| item.id.to_string()).collect());
        RoleDraft {
            name: self.name,
            description: self.description,
            scope: self.scope.or_else(|| default_scope.map(|scope| scope.key().to_owned())),
            all_clients: self.all_clients,
            all_devices: self.all_devices,
            all_credentials: self.all_credentials,
            permission_sets: self.permissions.map(numbers),
            users: ids(self.users),
            user_groups: unique(self.user_groups),
            clients: unique(self.clients),
            devices: ids(self.devices),
            device_groups: ids(self.device_groups),
            credential_sets: unique(self.credential_sets),
        }
    }
}

/// A role in a list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RoleRow {
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
pub(super) struct RoleOutput<'a> {
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

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ClientInRole<'a> {
    activated: bool,
    name: &'a str,
    unique_id: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UserInRole<'a> {
    email: &'a str,
    first_name: &'a str,
    id: String,
    last_name: &'a str,
    login_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    phone_number: &'a str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupInRole<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    name: &'a str,
    unique_id: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DeviceInRole<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    client_unique_id: Option<String>,
    general_info: GeneralInfo<'a>,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GeneralInfo<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    alias_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    host_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    ip_addresses: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    resource_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    resource_type: &'a str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DeviceGroupInRole<'a> {
    #[schema(value_type = String)]
    created_date: Date,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    id: String,
    name: &'a str,
    #[schema(value_type = String)]
    updated_date: Date,
}

#[derive(Serialize, ToSchema)]
struct SetInRole<'a> {
    description: &'a str,
    id: i64,
    name: &'a str,
}

impl<'a> RoleOutput<'a> {
    /// The answer to a question, or to a change.
    pub(super) fn of(role: &'a Role, asked: bool) -> Self {
        let Role { summary, permission_sets, users, user_groups, clients, devices, device_groups, credential_sets } = role;
        let of_partner = summary.scope == RoleScope::Msp;
        let numbered = of_partner && !summary.all_clients;
        let client =
            |client: &'a domain::ClientReference| ClientInRole { activated: client.active, name: &client.name, unique_id: client.id.to_string() };
        let set = |set: &'a domain::PermissionSetReference| SetInRole { description: &set.description, id: set.number, name: &set.name };
        let device_group = |group: &'a domain::DeviceGroupReference| DeviceGroupInRole {
            created_date: group.created.into(),
            description: &group.description,
            id: group.id.to_string(),
            name: &group.name,
            updated_date: group.updated.into(),
        };
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
            clients: if of_partner { clients.iter().map(client).collect() } else { Vec::new() },
            users: users.iter().map(UserInRole::from).collect(),
            user_groups: user_groups.iter().map(|group| GroupInRole::of(group, numbered)).collect(),
            devices: devices.iter().map(|device| DeviceInRole::of(device, of_partner, asked)).collect(),
            device_groups: device_groups.iter().map(device_group).collect(),
            credential_sets: credential_sets.iter().map(credential_set).collect(),
            permissions: permission_sets.iter().map(set).collect(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
const fn is_off(flag: &bool) -> bool {
    !*flag
}

impl<'a> From<&'a UserReference> for UserInRole<'a> {
    fn from(user: &'a UserReference) -> Self {
        let UserReference { id, login, first_name, last_name, email, phone } = user;
        Self { email, first_name, id: id.to_string(), last_name, login_name: login, phone_number: phone }
    }
}

impl<'a> GroupInRole<'a> {
    fn of(group: &'a UserGroupSummary, numbered: bool) -> Self {
        let UserGroupSummary { id, number, name, description } = group;
        Self { description, id: numbered.then_some(*number), name, unique_id: id.to_string() }
    }
}

impl<'a> DeviceInRole<'a> {
    fn of(device: &'a DeviceReference, of_partner: bool, asked: bool) -> Self {
        let detail = |text: &'a str| if asked { text } else { "" };
        let general_info = GeneralInfo {
            alias_name: detail(&device.alias_name),
            host_name: &device.host_name,
            ip_addresses: &device.ip_address,
            resource_name: detail(&device.resource_name),
            resource_type: detail(&device.resource_type),
        };
        Self { client_unique_id: of_partner.then(|| device.client.to_string()), general_info, id: device.id.to_string(), kind: "DEVICE" }
    }
}

/// What a role shows of a credential set: no more than the reference's list.
fn credential_set(set: &CredentialSetReference) -> Map<String, Value> {
    use CredentialField::{AutoEnableMode, Port, Secure, SnmpVersion, SpPort, SpSecure, TimeoutMs, Universal};
    let mut shown = Map::new();
    shown.insert("uniqueId".to_owned(), set.id.to_string().into());
    for field in [Secure, Port, SnmpVersion, AutoEnableMode, Universal, SpSecure, SpPort, TimeoutMs] {
        shown.insert(field.key().to_owned(), value(field, set.details.value(field)));
    }
    shown.insert("name".to_owned(), set.details.name.as_str().into());
    if !set.details.description.is_empty() {
        shown.insert("description".to_owned(), set.details.description.as_str().into());
    }
    shown
}
