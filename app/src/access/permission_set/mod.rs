//! Permission sets: the list, one set to read, and the form of the pages that make, copy and change one.

mod delete;
mod detail;
mod edit;
mod form;
mod list;
mod new;
pub mod rpc;
mod ticks;
mod words;

pub use detail::PermissionSetPage;
pub use edit::PermissionSetEditPage;
pub use list::PermissionSetsPage;
pub use new::{CopyPermissionSetPage, NewPermissionSetPage};
pub(crate) use ticks::PermissionTicks;
