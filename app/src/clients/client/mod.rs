//! Clients: the list, one client to read and to change, and the wizard that makes one.

mod browser;
pub mod detail;
pub mod edit;
mod form;
pub mod import;
pub mod list;
mod needs_script;
mod pick;
pub mod rpc;
mod sections;
mod status;
pub mod wizard;

pub use detail::ClientPage;
pub use edit::ClientEditPage;
pub use import::ClientImportPage;
pub use list::ClientsPage;
use needs_script::NeedsScript;
pub(crate) use pick::{client_candidates, picked_client};
pub(crate) use status::{StatusChange, StatusQuestion, may_end_some, status_dialog};
pub use wizard::WizardPage;
