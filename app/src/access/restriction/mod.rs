//! What the partner lets nobody do at a client: a part of the client's page, and the page to change it.

mod edit;
mod refused;
pub mod rpc;
mod section;

pub use edit::RestrictionsPage;
use refused::refused_to_restrict;
pub(crate) use section::access_section;
