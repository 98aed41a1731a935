//! What users may do: roles, permission sets, restrictions, and explanations of access.

pub(crate) mod permission_set;
pub(crate) mod restriction;
pub(crate) mod role;
pub(crate) mod store;
pub(crate) mod why;
