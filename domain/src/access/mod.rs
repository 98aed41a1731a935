//! Who can do what: permissions, the roles that grant them, and the caller they are decided for.

mod caller;
mod default_role;
mod permission;
mod permission_set;
mod reason;
mod role;

pub use caller::{Caller, Grant, Origin, Scope, Standing};
pub use default_role::{DEFAULT_PERMISSION_SETS, DEFAULT_ROLES, DefaultPermissionSet, DefaultRole};
pub use permission::{Area, Permission, PermissionBits};
pub use permission_set::{
    PermissionSet, PermissionSetDraft, PermissionSetFilter, PermissionSetProfile, PermissionSetQuery, UnenforcedPermission, partner_changes,
    set_fits_role,
};
pub use reason::{
    AccessKind, AccessReason, AccessRule, AccessSource, AccessThing, ClientPermissions, ClientViewer, ClientViewerQuery, UserPermissions,
};
pub use role::{
    ClientReference, CredentialSetReference, DeviceGroupReference, DeviceReference, PermissionSetReference, Role, RoleAmount, RoleCounts,
    RoleDifference, RoleDraft, RoleFilter, RoleList, RoleMember, RoleOverview, RoleProfile, RoleQuery, RoleScope, RoleSummary, UserReference,
};
