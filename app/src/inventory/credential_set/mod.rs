//! Credential sets: the list, one set to read, and a form for each type. Secrets go in and never come out again.

mod delete;
mod detail;
mod edit;
mod fields;
mod form;
mod kinds;
mod list;
mod new;
pub mod rpc;
mod words;

pub use detail::CredentialSetPage;
pub use edit::CredentialSetEditPage;
pub use list::CredentialSetsPage;
pub(crate) use list::client_credential_sets;
pub use new::NewCredentialSetPage;
