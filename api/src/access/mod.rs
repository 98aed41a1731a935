//! Permission sets, and the roles made of them.

pub(crate) mod permission_set;
pub(crate) mod role;
