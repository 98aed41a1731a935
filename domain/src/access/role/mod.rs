//! Roles: who may do what, and on what.

mod amount;
mod draft;

use serde::{Deserialize, Serialize};

use crate::{
    ClientId, CredentialSetDetails, CredentialSetId, DeviceGroupId, DeviceId, NameSort, OfClient, PermissionSetId, Query, RoleId, Timestamp,
    UserGroupSummary, UserId, choice::choice,
};

pub use amount::{RoleAmount, RoleDifference};
pub use draft::{RoleDraft, RoleProfile};

/// Whether a role is for a partner's users or for a client's (docs/spec/tenancy.md, "Roles"; `MSP` or `CLIENT` in the API). Services
/// enforce it: `Tx::role_misfits` for the users of a role, `fits_users` for the roles of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoleScope {
    /// Partner users only.
    Msp,
    /// Client users only.
    Client,
}

impl RoleScope {
    /// As in the API and the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Msp => "MSP",
            Self::Client => "CLIENT",
        }
    }

    /// The scope of a [`RoleScope::key`].
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Msp, Self::Client].into_iter().find(|scope| scope.key() == key)
    }
}

impl RoleScope {
    /// As people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Msp => "Partner",
            Self::Client => "Client",
        }
    }
}

choice!(
    /// Which roles are listed.
    RoleFilter {
        /// For partner users.
        Msp = "MSP", "Partner users";
        /// For client users.
        Client = "CLIENT", "Client users";
        /// There from the start.
        Default = "default", "Default";
        /// Made by people.
        Own = "own", "Own";
    }
);

/// A view of the list of roles.
pub type RoleQuery = Query<NameSort, OfClient<Option<RoleFilter>>>;

choice!(
    /// What a role lists. The key is also the name of the draft's field.
    RoleList {
        /// What its users may do.
        PermissionSets = "permission_sets", "Permission sets";
        /// Who they are.
        Users = "users", "Users";
        /// Groups whose users they are.
        UserGroups = "user_groups", "User groups";
        /// The clients that they see.
        Clients = "clients", "Clients";
        /// The devices that they see.
        Devices = "devices", "Devices";
        /// Groups whose devices they see.
        DeviceGroups = "device_groups", "Device groups";
        /// The credential sets that they see.
        CredentialSets = "credential_sets", "Credential sets";
    }
);

impl RoleList {
    /// One thing of it, in a sentence.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::PermissionSets => "permission set",
            Self::Users => "user",
            Self::UserGroups => "user group",
            Self::Clients => "client",
            Self::Devices => "device",
            Self::DeviceGroups => "device group",
            Self::CredentialSets => "credential set",
        }
    }
}

/// A role in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleSummary {
    /// Identifier.
    pub id: RoleId,
    /// Its number in the database.
    pub number: i64,
    /// The client it belongs to; none for the partner's.
    pub client: Option<ClientId>,
    /// Unique among its tenant's.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// For whose users it is.
    pub scope: RoleScope,
    /// Whether it was there from the start: then it can be given to users and groups, and nothing else of it changes.
    pub is_default: bool,
    /// Whether its users see every client.
    pub all_clients: bool,
    /// Whether they see every device of the clients they see.
    pub all_devices: bool,
    /// Whether they see every credential set of the clients they see.
    pub all_credentials: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// A role with all that it lists, as far as the reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The role itself.
    pub summary: RoleSummary,
    /// In the order in which they were given.
    pub permission_sets: Vec<PermissionSetReference>,
    /// By name, as all that follow.
    pub users: Vec<UserReference>,
    /// Groups of users.
    pub user_groups: Vec<UserGroupSummary>,
    /// Clients; a client's own role has that one.
    pub clients: Vec<ClientReference>,
    /// Devices.
    pub devices: Vec<DeviceReference>,
    /// Groups of devices.
    pub device_groups: Vec<DeviceGroupReference>,
    /// Credential sets.
    pub credential_sets: Vec<CredentialSetReference>,
}

/// A permission set that a role has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionSetReference {
    /// Identifier.
    pub id: PermissionSetId,
    /// Its id in the API.
    pub number: i64,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
}

/// A user who has a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserReference {
    /// Identifier.
    pub id: UserId,
    /// What it signs in with.
    pub login: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone; empty for none.
    pub phone: String,
}

/// A client that a role lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientReference {
    /// Identifier.
    pub id: ClientId,
    /// Name.
    pub name: String,
    /// Whether its users can sign in.
    pub active: bool,
}

/// A device that a role lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceReference {
    /// Identifier.
    pub id: DeviceId,
    /// The client it belongs to.
    pub client: ClientId,
    /// Name.
    pub name: String,
    /// Its name in the network; empty if unknown.
    pub host_name: String,
    /// Its address; empty if unknown.
    pub ip_address: String,
    /// What people call it.
    pub alias_name: String,
    /// What its resource is called.
    pub resource_name: String,
    /// What sort of resource it is.
    pub resource_type: String,
}

/// A device group that a role lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGroupReference {
    /// Identifier.
    pub id: DeviceGroupId,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
}

/// A credential set that a role lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialSetReference {
    /// Identifier.
    pub id: CredentialSetId,
    /// What may be shown of it; nothing there is a secret.
    pub details: CredentialSetDetails,
}

/// Something that a role lists, in one line of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleMember {
    /// Identifier, of the kind of the list.
    pub id: String,
    /// Name.
    pub name: String,
    /// What tells it from others of the name: a user's login, a device's address, a description.
    pub detail: String,
}

/// How many things a role lists, as far as the reader sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleCounts {
    /// Users who have it themselves.
    pub users: u64,
    /// Groups that have it.
    pub user_groups: u64,
    /// Clients.
    pub clients: u64,
    /// Devices.
    pub devices: u64,
    /// Device groups.
    pub device_groups: u64,
    /// Credential sets.
    pub credential_sets: u64,
    /// Programs' keys that act with it.
    pub keys: u64,
}

/// A role as its page shows it: what may be long is only counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleOverview {
    /// The role itself.
    pub summary: RoleSummary,
    /// In the order in which they were given.
    pub permission_sets: Vec<PermissionSetReference>,
    /// How much it lists.
    pub counts: RoleCounts,
}
