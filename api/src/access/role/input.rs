//! Roles as they are sent.

use domain::{RoleDraft, RoleScope, Selection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::given;

/// A role as it is sent: only what is given changes, and `null` means empty.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(example = json!({ "name": "Night shift", "scope": "MSP", "allClients": true, "allDevices": true, "allCredentials": false }))]
pub(crate) struct RoleInput {
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
    pub(crate) fn into_draft(self, default_scope: Option<RoleScope>) -> RoleDraft {
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
