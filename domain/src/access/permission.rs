//! What may be done, one name per fine-grained permission (docs/spec/tenancy.md, "Permissions").

use serde::{Deserialize, Serialize};

use crate::Error;

macro_rules! permissions {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $kind:ident, $area:ident, $key:literal, $label:literal;)*) => {
        /// One thing that may be done. The number is its id in the API and its place in [`PermissionBits`]; never reuse one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Permission {
            $($(#[$doc])* $variant = $number,)*
        }

        impl Permission {
            /// Every permission, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the database and in the audit log.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The name people read, within its area.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// Whether it only reads: its transaction then can't write.
            #[must_use]
            pub const fn is_read(self) -> bool {
                match self { $(Self::$variant => matches!(Kind::$kind, Kind::Read),)* }
            }

            /// The part of the console it belongs to.
            #[must_use]
            pub const fn area(self) -> Area {
                match self { $(Self::$variant => Area::$area,)* }
            }
        }
    };
}

permissions! {
    /// See clients and their details.
    ClientView = 0, Read, Clients, "clients.view", "View";
    /// Onboard a client.
    ClientCreate = 1, Write, Clients, "clients.create", "Create";
    /// Change, suspend, activate and terminate clients.
    ClientManage = 2, Write, Clients, "clients.manage", "Manage";
    /// See packages, add-ons, services and the other catalogues.
    CatalogueView = 3, Read, Catalogues, "catalogues.view", "View";
    /// Edit the catalogues.
    CatalogueManage = 4, Write, Catalogues, "catalogues.manage", "Manage";
    /// See users.
    UserView = 5, Read, Users, "users.view", "View";
    /// Create, change, deactivate and terminate users.
    UserManage = 6, Write, Users, "users.manage", "Manage";
    /// See user groups.
    UserGroupView = 7, Read, UserGroups, "user-groups.view", "View";
    /// Create, change and delete user groups.
    UserGroupManage = 8, Write, UserGroups, "user-groups.manage", "Manage";
    /// See roles and permission sets.
    RoleView = 9, Read, Roles, "roles.view", "View";
    /// Create, change and delete roles and permission sets.
    RoleManage = 10, Write, Roles, "roles.manage", "Manage";
    /// See devices and device groups.
    DeviceView = 11, Read, Devices, "devices.view", "View";
    /// Create, change and delete devices and device groups.
    DeviceManage = 12, Write, Devices, "devices.manage", "Manage";
    /// See credential sets, never their secrets.
    CredentialSetView = 13, Read, CredentialSets, "credential-sets.view", "View";
    /// Create, change and delete credential sets.
    CredentialSetManage = 14, Write, CredentialSets, "credential-sets.manage", "Manage";
    /// See AWS accounts.
    AccountView = 15, Read, Accounts, "accounts.view", "View";
    /// Onboard, link and remove AWS accounts.
    AccountManage = 16, Write, Accounts, "accounts.manage", "Manage";
    /// See and download reports.
    ReportView = 17, Read, Reports, "reports.view", "View";
    /// Define and schedule reports.
    ReportManage = 18, Write, Reports, "reports.manage", "Manage";
    /// Read the audit log and the login history.
    AuditView = 19, Read, Audit, "audit.view", "View";
    /// See the organisation's own settings, such as its IP restriction.
    SettingView = 20, Read, Settings, "settings.view", "View";
    /// Change the organisation's own settings.
    SettingManage = 21, Write, Settings, "settings.manage", "Manage";
}

/// What only the partner does: no set for a client's users may hold it.
pub(crate) const PARTNER_ONLY: [Permission; 5] =
    [Permission::ClientCreate, Permission::CatalogueManage, Permission::AccountManage, Permission::SettingView, Permission::SettingManage];

/// What a permission's use does to the database.
enum Kind {
    Read,
    Write,
}

/// A part of the console, as permissions are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Area {
    /// Clients.
    Clients,
    /// Packages, add-ons, services …
    Catalogues,
    /// Users.
    Users,
    /// User groups.
    UserGroups,
    /// Roles and permission sets.
    Roles,
    /// Devices and device groups.
    Devices,
    /// Credential sets.
    CredentialSets,
    /// AWS accounts.
    Accounts,
    /// Reports.
    Reports,
    /// Audit log.
    Audit,
    /// The organisation's own settings.
    Settings,
}

impl Area {
    /// The name people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clients => "Clients",
            Self::Catalogues => "Catalogues",
            Self::Users => "Users",
            Self::UserGroups => "User Groups",
            Self::Roles => "Roles",
            Self::Devices => "Devices",
            Self::CredentialSets => "Credential Sets",
            Self::Accounts => "AWS Accounts",
            Self::Reports => "Reports",
            Self::Audit => "Audit Log",
            Self::Settings => "Settings",
        }
    }
}

impl Permission {
    /// The permission of a [`Permission::key`].
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.key() == key)
    }

    /// The permission of a number, its id in the API.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| *permission as i64 == number)
    }

    /// Whether the partner can restrict it at a client. Permissions about the partner itself don't apply there, and a client that nobody can view would be
    /// lost.
    #[must_use]
    pub fn is_restrictable(self) -> bool {
        self != Self::ClientView && !PARTNER_ONLY.contains(&self)
    }

    /// The refusal for a caller who sees the thing but lacks the permission.
    #[must_use]
    pub fn lacking(self) -> Error {
        Error::forbidden(format!("Your roles do not include the permission “{}”.", self.name()))
    }

    /// Whether it has effect at the clients that a role lists, though no role for a client's users has it.
    #[must_use]
    pub const fn acts_at_clients(self) -> bool {
        matches!(self, Self::AccountManage)
    }

    /// The refusal for a caller who has the permission only in roles that list clients, where a role for all clients is needed.
    #[must_use]
    pub fn lacking_everywhere(self) -> Error {
        Error::forbidden(format!("This requires “{}” in a role for all clients.", self.name()))
    }

    /// As people read it: `Clients: View`.
    #[must_use]
    pub fn name(self) -> String {
        format!("{}: {}", self.area().label(), self.label())
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PermissionBits(u64);

impl PermissionBits {
    /// Every permission there is.
    #[must_use]
    pub fn all() -> Self {
        Permission::ALL.iter().copied().collect()
    }

    /// Whether the permission is in the set.
    #[must_use]
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u64) != 0
    }

    /// That the permission is in the set.
    ///
    /// # Errors
    /// `Forbidden` if it isn't.
    pub fn require(self, permission: Permission) -> Result<(), Error> {
        if self.contains(permission) { Ok(()) } else { Err(permission.lacking()) }
    }

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set without those of another.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The permissions, by number.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for PermissionBits {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |bits, permission| bits | (1 << permission as u64)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_numbers_are_unique() {
        for (number, permission) in Permission::ALL.iter().enumerate() {
            assert_eq!(*permission as usize, number, "{permission:?}");
            assert_eq!(Permission::from_key(permission.key()), Some(*permission));
        }
        assert_eq!(PermissionBits::all().iter().count(), Permission::ALL.len());
    }

    #[test]
    fn only_view_reads() {
        assert!(Permission::ClientView.is_read());
        assert!(!Permission::ClientCreate.is_read() && !Permission::ClientManage.is_read());
    }
}
