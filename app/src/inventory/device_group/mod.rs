//! Device groups: the list, one group to read, and the form of both pages.

mod detail;
mod devices;
mod edit;
mod form;
mod list;
mod new;
pub mod rpc;

pub use detail::DeviceGroupPage;
pub use edit::DeviceGroupEditPage;
pub use list::DeviceGroupsPage;
pub(crate) use list::client_device_groups;
pub use new::NewDeviceGroupPage;
