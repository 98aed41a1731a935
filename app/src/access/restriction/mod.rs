//! Blocked permissions of a client: the section of the client's page that lists them, and the page that edits them.

mod edit;
mod refused;
pub mod rpc;
mod section;

pub use edit::RestrictionsPage;
use refused::refused_to_restrict;
pub(crate) use section::{access_section, sees_access};
