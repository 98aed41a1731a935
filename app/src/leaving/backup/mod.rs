//! Backups of a client: making one, also from the dialog that terminates the client, the list of those there are, and making a client of one.

mod form;
mod list;
mod page;
mod restore;
pub mod rpc;

pub(crate) use form::BackupFirst;
pub use page::BackupsPage;
pub use restore::RestorePage;
