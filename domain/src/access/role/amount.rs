//! What a role gives, and what a change of it would.

use serde::{Deserialize, Serialize};

use super::UserReference;
use crate::PermissionBits;

/// What a role amounts to, by itself: what its users have by their other roles is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleAmount {
    /// What its users may do. Without a permission to view, they see nothing of the kind, and without that for clients, nothing at all.
    pub permissions: PermissionBits,
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
    pub without_effect: PermissionBits,
}
