//! Clients: the list, one client to read and to change, and the wizard that makes one.

pub mod begin;
mod browser;
pub mod detail;
pub mod edit;
mod form;
pub mod import;
pub mod list;
mod pick;
pub mod rpc;
mod sections;
mod status;
pub mod wizard;

pub use begin::NewClientPage;
pub use detail::ClientPage;
pub use edit::ClientEditPage;
pub use import::ClientImportPage;
pub use list::ClientsPage;
pub(crate) use pick::{client_candidates, picked_client};
pub use wizard::WizardPage;

/// For those who have switched JavaScript off.
const NEEDS_SCRIPT: &str = "Enable JavaScript to edit this client. You can view clients without it.";
