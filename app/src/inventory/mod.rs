//! What is looked after: devices, their groups, and the credentials to reach them.

pub mod credential_set;
pub mod device;
pub mod device_group;
