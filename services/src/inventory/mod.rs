//! Devices, device groups and credential sets.

pub(crate) mod credential_set;
pub(crate) mod device;
pub(crate) mod device_group;
pub(crate) mod store;
