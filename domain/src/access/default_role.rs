//! The permission sets and roles that every installation starts with. They can be read and copied, not edited or deleted.

use crate::{Permission, PermissionBits, RoleScope};

/// A permission set that is there from the start. Programs know the ids (docs/spec/tenancy.md, "Default roles and permission sets").
#[derive(Clone, Copy, Debug)]
pub struct DefaultPermissionSet {
    /// Id in the API.
    pub id: i64,
    /// Name, and the description too (docs/spec/rest-api.md, "Role examples").
    pub name: &'static str,
    /// For which users.
    pub scope: RoleScope,
    /// Whether it may do the thing.
    holds: fn(Permission) -> bool,
}

impl DefaultPermissionSet {
    /// What the set contains.
    #[must_use]
    pub fn permissions(&self) -> PermissionBits {
        Permission::ALL.iter().copied().filter(|permission| (self.holds)(*permission)).collect()
    }
}

/// A role that is there from the start: one permission set and a view of everything.
#[derive(Clone, Copy, Debug)]
pub struct DefaultRole {
    /// Name.
    pub name: &'static str,
    /// Id of its permission set.
    pub permission_set: i64,
}

/// The ten sets (docs/spec/tenancy.md, "Default roles and permission sets").
pub const DEFAULT_PERMISSION_SETS: &[DefaultPermissionSet] = &[
    DefaultPermissionSet { id: 2, name: "Var Administrator", scope: RoleScope::Msp, holds: |_| true },
    DefaultPermissionSet {
        id: 3,
        name: "VAR User",
        scope: RoleScope::Msp,
        holds: |p| p.is_read() && !matches!(p, Permission::AuditView | Permission::SettingView),
    },
    DefaultPermissionSet {
        id: 6,
        name: "Customer",
        scope: RoleScope::Client,
        holds: |p| matches!(p, Permission::ClientView | Permission::DeviceView | Permission::ReportView),
    },
    DefaultPermissionSet { id: 7, name: "Auditor Manage", scope: RoleScope::Msp, holds: |p| p.is_read() || matches!(p, Permission::ReportManage) },
    DefaultPermissionSet { id: 8, name: "Auditor View", scope: RoleScope::Msp, holds: Permission::is_read },
    DefaultPermissionSet { id: 11, name: "Partner Administrator", scope: RoleScope::Msp, holds: |_| true },
    DefaultPermissionSet { id: 12, name: "Technician", scope: RoleScope::Msp, holds: technician },
    DefaultPermissionSet { id: 13, name: "Dispatcher", scope: RoleScope::Msp, holds: dispatcher },
    DefaultPermissionSet { id: 14, name: "Client Administrator", scope: RoleScope::Client, holds: client_administrator },
    DefaultPermissionSet {
        id: 20,
        name: "Client Administrator with Client Details",
        scope: RoleScope::Client,
        holds: |p| client_administrator(p) || matches!(p, Permission::ClientManage),
    },
];

/// One role for each default set, of the same name.
pub const DEFAULT_ROLES: &[DefaultRole] = &[
    DefaultRole { name: "Var Administrator", permission_set: 2 },
    DefaultRole { name: "VAR User", permission_set: 3 },
    DefaultRole { name: "Customer", permission_set: 6 },
    DefaultRole { name: "Auditor Manage", permission_set: 7 },
    DefaultRole { name: "Auditor View", permission_set: 8 },
    DefaultRole { name: "Partner Administrator", permission_set: 11 },
    DefaultRole { name: "Technician", permission_set: 12 },
    DefaultRole { name: "Dispatcher", permission_set: 13 },
    DefaultRole { name: "Client Administrator", permission_set: 14 },
    DefaultRole { name: "Client Administrator with Client Details", permission_set: 20 },
];

fn technician(permission: Permission) -> bool {
    use Permission::{CatalogueView, ClientView, CredentialSetView, DeviceManage, DeviceView, ReportView, UserView};
    matches!(permission, ClientView | CatalogueView | DeviceView | DeviceManage | CredentialSetView | ReportView | UserView)
}

fn dispatcher(permission: Permission) -> bool {
    use Permission::{CatalogueView, ClientView, DeviceView, ReportView, UserGroupView, UserView};
    matches!(permission, ClientView | CatalogueView | DeviceView | UserView | UserGroupView | ReportView)
}

fn client_administrator(permission: Permission) -> bool {
    use Permission::{AccountManage, CatalogueManage, ClientCreate, ClientManage, SettingManage, SettingView};
    !matches!(permission, ClientCreate | ClientManage | CatalogueManage | AccountManage | SettingView | SettingManage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_role_has_its_set() {
        for role in DEFAULT_ROLES {
            assert!(DEFAULT_PERMISSION_SETS.iter().any(|set| set.id == role.permission_set && set.name == role.name), "{}", role.name);
        }
        assert_eq!(DEFAULT_ROLES.len(), DEFAULT_PERMISSION_SETS.len());
    }

    #[test]
    fn no_client_role_creates_clients() {
        for set in DEFAULT_PERMISSION_SETS.iter().filter(|set| set.scope == RoleScope::Client) {
            assert!(!set.permissions().contains(Permission::ClientCreate), "{}", set.name);
        }
    }
}
