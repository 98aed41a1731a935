//! Resources, which are devices, their groups, and the credential sets that open them.

pub(crate) mod credential_set;
pub(crate) mod device_group;
pub(crate) mod resource;
