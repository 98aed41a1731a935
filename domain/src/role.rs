//! Roles: who may do what, and on what.

use serde::{Deserialize, Serialize};

use crate::{
    ClientId, CredentialSetDetails, CredentialSetId, DeviceGroupId, DeviceId, PermissionSetId, RoleId, Selection, Timestamp, UserGroupSummary,
    UserId, Violations, settings::choice, text,
};

/// Whether a role is for a partner's users or for a client's (seed 003: `MSP` or `CLIENT`).
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

/// A role as typed or sent. `None` leaves a field unchanged, or empty in a new role. Identifiers are unparsed; a permission set can also be given by
/// number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoleDraft {
    /// Required in a new role.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// `MSP` or `CLIENT`; required in a new role, and never changes.
    pub scope: Option<String>,
    /// See every client.
    pub all_clients: Option<bool>,
    /// See every device of the clients.
    pub all_devices: Option<bool>,
    /// See every credential set of the clients.
    pub all_credentials: Option<bool>,
    /// Permission sets.
    pub permission_sets: Option<Selection<String>>,
    /// Users.
    pub users: Option<Selection<String>>,
    /// User groups.
    pub user_groups: Option<Selection<String>>,
    /// Clients.
    pub clients: Option<Selection<String>>,
    /// Devices.
    pub devices: Option<Selection<String>>,
    /// Device groups.
    pub device_groups: Option<Selection<String>>,
    /// Credential sets.
    pub credential_sets: Option<Selection<String>>,
}

impl RoleDraft {
    /// What it says about a list.
    #[must_use]
    pub const fn list(&self, list: RoleList) -> Option<&Selection<String>> {
        match list {
            RoleList::PermissionSets => self.permission_sets.as_ref(),
            RoleList::Users => self.users.as_ref(),
            RoleList::UserGroups => self.user_groups.as_ref(),
            RoleList::Clients => self.clients.as_ref(),
            RoleList::Devices => self.devices.as_ref(),
            RoleList::DeviceGroups => self.device_groups.as_ref(),
            RoleList::CredentialSets => self.credential_sets.as_ref(),
        }
    }

    /// Makes flags and lists agree. A non-empty list without its flag turns "all" off, because API clients omit flags that are off; with "all" on, the
    /// list is emptied. An empty list leaves the flag alone.
    #[must_use]
    fn settled(mut self) -> Self {
        let lists = [
            (&mut self.all_clients, vec![&mut self.clients]),
            (&mut self.all_devices, vec![&mut self.devices, &mut self.device_groups]),
            (&mut self.all_credentials, vec![&mut self.credential_sets]),
        ];
        for (all, lists) in lists {
            let names = |list: &&mut Option<Selection<String>>| list.as_ref().is_some_and(Selection::adds);
            match all {
                Some(true) => lists.into_iter().for_each(|list| *list = Some(Selection::Exactly(Vec::new()))),
                None if lists.iter().any(names) => *all = Some(false),
                _ => {}
            }
        }
        self
    }

    /// The draft, trimmed and with flags and lists that agree, and its violations.
    #[must_use]
    pub fn validate(self, creating: bool) -> (Self, Violations) {
        let mut violations = Violations::new();
        let mut this = self.settled();
        if creating {
            this.name.get_or_insert_default();
            this.scope.get_or_insert_default();
        }
        if let Some(name) = this.name.take() {
            let right = text::required(&name, 80, "Enter a name.").and_then(|name| text::line(&name, 80));
            this.name = violations.take("name", right);
        }
        if let Some(description) = this.description.take() {
            this.description = violations.take("description", text::limited(&description, 500));
        }
        for list in RoleList::ALL {
            violations.bound(list.key(), this.list(*list).map_or(0, Selection::len));
        }
        let known = this.scope.as_deref().is_none_or(|scope| RoleScope::from_key(scope).is_some());
        violations.add_if(!known, "scope", "Choose the scope: MSP for partner users or CLIENT for client users.");
        (this, violations)
    }
}

/// What a role amounts to, by itself: what its users have by their other roles is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleAmount {
    /// What its users may do. Without a permission to view, they see nothing of the kind, and without that for clients, nothing at all.
    pub permissions: crate::PermissionBits,
    /// Clients that they see, as their list shows them: not the terminated ones.
    pub clients: u64,
    /// Devices that they see.
    pub devices: u64,
    /// Credential sets that they see.
    pub credential_sets: u64,
    /// Users who have it, themselves or through groups.
    pub users: u64,
}

/// What saving a draft would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleDifference {
    /// The effective access before the change; nothing for a new role.
    pub before: RoleAmount,
    /// What it would amount to.
    pub after: RoleAmount,
    /// What would come.
    pub gained: RoleAmount,
    /// What would go.
    pub lost: RoleAmount,
    /// Who would get the role: the first of [`RoleAmount::users`] gained.
    pub joining: Vec<UserReference>,
    /// Who would lose it: the first of those lost.
    pub leaving: Vec<UserReference>,
    /// Permissions without effect in this role: those about the partner need a role for all clients.
    pub without_effect: crate::PermissionBits,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_all_and_all_ends_the_list() {
        let named = || Some(Selection::Exactly(vec!["client_9".to_owned()]));
        let none = Selection::Exactly(Vec::new());
        let settle = |draft: RoleDraft| draft.validate(false).0;
        let narrowed = settle(RoleDraft { clients: named(), device_groups: named(), ..RoleDraft::default() });
        assert_eq!((narrowed.all_clients, narrowed.all_devices, narrowed.all_credentials), (Some(false), Some(false), None));
        assert_eq!(narrowed.clients, named());
        let added = Selection::Changed { add: vec!["client_9".to_owned()], remove: Vec::new() };
        assert_eq!(settle(RoleDraft { clients: Some(added), ..RoleDraft::default() }).all_clients, Some(false));
        for empty in [none.clone(), Selection::default()] {
            let emptied = settle(RoleDraft { clients: Some(empty.clone()), ..RoleDraft::default() });
            assert_eq!((emptied.all_clients, emptied.clients), (None, Some(empty)), "an empty list leaves the flag");
        }
        let all = settle(RoleDraft { all_clients: Some(true), clients: named(), ..RoleDraft::default() });
        assert_eq!((all.all_clients, all.clients, all.devices), (Some(true), Some(none), None));
        let described = RoleDraft { description: Some("Other".into()), ..RoleDraft::default() };
        assert_eq!(settle(described.clone()), described, "what isn't sent stays");
    }

    #[test]
    fn a_draft_says_everything_that_is_wrong_at_once() {
        let (_, violations) = RoleDraft::default().validate(true);
        assert_eq!(violations.iter().map(|violation| violation.field.as_str()).collect::<Vec<_>>(), ["name", "scope"]);
        let (draft, violations) = RoleDraft { name: Some(" Night shift ".into()), scope: Some("MSP".into()), ..RoleDraft::default() }.validate(true);
        assert!(violations.is_empty());
        assert_eq!(draft.name.as_deref(), Some("Night shift"));
        let (_, violations) = RoleDraft::default().validate(false);
        assert!(violations.is_empty(), "an update that changes nothing");
        let (_, violations) = RoleDraft { name: Some(String::new()), scope: Some("ALL".into()), ..RoleDraft::default() }.validate(false);
        assert!(violations.of("name").is_some() && violations.of("scope").is_some());
    }
}
