//! Devices: the list, one device to read and to change, and many from a file.

mod detail;
mod edit;
mod form;
mod import;
mod list;
mod new;
pub mod rpc;

pub use detail::DevicePage;
pub use edit::DeviceEditPage;
pub use import::DeviceImportPage;
pub use list::DevicesPage;
pub(crate) use list::{client_devices, columns as device_columns, row as device_row};
pub use new::NewDevicePage;
