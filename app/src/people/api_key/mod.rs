//! API keys: the list, one key to read, to restrict and to revoke, and making one.

mod detail;
mod edit;
mod form;
mod list;
mod new;
mod refused;
mod revoke;
pub mod rpc;
mod secret;
mod words;

pub use detail::ApiKeyPage;
pub use edit::ApiKeyEditPage;
pub use list::ApiKeysPage;
pub use new::NewApiKeyPage;
use refused::{refused_to_add, refused_to_change};
