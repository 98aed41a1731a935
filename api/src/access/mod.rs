//! Roles, and the permission sets of which they are made.

pub(crate) mod permission_set;
pub(crate) mod role;
