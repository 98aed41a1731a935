//! Why a user can see a client, device or credential set: the roles that show it, or that none does.

use serde::{Deserialize, Serialize};

use crate::{ClientId, CredentialSetId, DeviceId, ListPage, NameSort, OfClient, PermissionBits, Query, RoleId, UserSummary};

/// The kind of a thing whose visibility is explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessKind {
    /// Clients.
    #[default]
    Client,
    /// Devices.
    Device,
    /// Credential sets.
    CredentialSet,
}

impl AccessKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Client, Self::Device, Self::CredentialSet];

    /// As in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Device => "device",
            Self::CredentialSet => "credential-set",
        }
    }

    /// The kind of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// One of it, in a sentence.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Device => "device",
            Self::CredentialSet => "credential set",
        }
    }
}

/// The thing whose visibility is explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessThing {
    /// A client.
    Client(ClientId),
    /// A device.
    Device(DeviceId),
    /// A credential set.
    CredentialSet(CredentialSetId),
}

impl AccessThing {
    /// The thing of a kind that an id names; none if it names none.
    #[must_use]
    pub fn new(kind: AccessKind, id: &str) -> Option<Self> {
        match kind {
            AccessKind::Client => id.parse().ok().map(Self::Client),
            AccessKind::Device => id.parse().ok().map(Self::Device),
            AccessKind::CredentialSet => id.parse().ok().map(Self::CredentialSet),
        }
    }

    /// Its identifier, as it stands in addresses.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Client(id) => id.to_string(),
            Self::Device(id) => id.to_string(),
            Self::CredentialSet(id) => id.to_string(),
        }
    }
}

/// The rule by which a role shows a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessRule {
    /// It sees all clients.
    AllClients,
    /// It lists the client.
    ListsClient,
    /// A client's users see their own client, by any role.
    OwnClient,
    /// It sees all devices, or all credential sets.
    All,
    /// It lists the thing itself.
    ListsThing,
    /// It lists a device group that holds the device.
    ListsDeviceGroup {
        /// The group's name; empty for one that the reader doesn't see.
        name: String,
    },
}

impl AccessRule {
    /// The rule as the end of a sentence that begins with the role: “sees all clients”.
    #[must_use]
    pub fn clause(&self, kind: AccessKind) -> String {
        let noun = kind.noun();
        match self {
            Self::AllClients => "sees all clients".to_owned(),
            Self::ListsClient => "lists this client".to_owned(),
            Self::OwnClient => "is for the users of this client".to_owned(),
            Self::All => format!("sees all {noun}s"),
            Self::ListsThing => format!("lists this {noun}"),
            Self::ListsDeviceGroup { name } if name.is_empty() => "lists a device group that holds it".to_owned(),
            Self::ListsDeviceGroup { name } => format!("lists the device group “{name}” that holds it"),
        }
    }
}

/// A view of the people who see a client.
pub type ClientViewerQuery = Query<NameSort, OfClient<()>>;

/// Somebody who sees a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientViewer {
    /// Who.
    pub user: UserSummary,
    /// The client they belong to; none for the partner's own people.
    pub client: Option<ClientId>,
    /// The name of that client, or of the partner.
    pub organization: String,
    /// The roles that show it, by name, as far as the reader sees them.
    pub sources: Vec<AccessSource>,
}

/// A role that shows a thing to a user, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessSource {
    /// The role.
    pub role: RoleId,
    /// Its name.
    pub name: String,
    /// The groups through which the user has it; none if only directly.
    pub groups: Vec<String>,
    /// Whether the user has it itself.
    pub direct: bool,
    /// The rules by which it sees the thing: that of its client, and, of a device or a credential set, that of the thing.
    pub rules: Vec<AccessRule>,
    /// What it permits there.
    pub permissions: PermissionBits,
}

/// The answer to “why can X see Y?”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessReason {
    /// The thing's name.
    pub thing: String,
    /// Whether the user sees it.
    pub visible: bool,
    /// The roles that show it; none if nothing does.
    pub sources: Vec<AccessSource>,
    /// What the user may do there by all of them together.
    pub permissions: PermissionBits,
    /// If it is not visible, or not usable at present: sentences that say why.
    pub obstacles: Vec<String>,
}

/// What a user may do at a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientPermissions {
    /// The client; none stands for every client that is not in a line of its own.
    pub client: Option<ClientId>,
    /// Its name; empty for every other.
    pub name: String,
    /// What the user's roles permit there.
    pub permissions: PermissionBits,
    /// The roles that permit it.
    pub roles: Vec<String>,
}

/// What a user may do, client by client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPermissions {
    /// At every client that has no line of its own; none if no role sees all clients.
    pub everywhere: Option<ClientPermissions>,
    /// The clients that roles list, or at which something is restricted.
    pub clients: ListPage<ClientPermissions>,
}
