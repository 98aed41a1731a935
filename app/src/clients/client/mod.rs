//! Clients: the list, one client to read and to change, and the wizard that makes one.

mod browser;
pub mod edit;
mod form;
mod hub;
pub mod import;
pub mod list;
mod pick;
pub mod rpc;
mod sections;
mod status;
pub mod wizard;

pub use edit::ClientEditPage;
pub use hub::{ClientPage, ClientTab};
pub use import::ClientImportPage;
pub use list::ClientsPage;
pub(crate) use pick::{back_from_form, client_candidates, client_of_form, find_client, form_for_client, picked_client};
pub(crate) use status::{StatusChange, StatusQuestion, may_end_some, status_dialog};
pub use wizard::WizardPage;

/// For those who have switched JavaScript off.
const NEEDS_SCRIPT: &str = "Enable JavaScript to edit this client. You can view clients without it.";
