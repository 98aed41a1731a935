//! API keys: the list, one key to read, to restrict and to revoke, and making one.

mod detail;
mod edit;
mod form;
mod list;
mod new;
mod revoke;
pub mod rpc;
mod secret;
mod words;

pub use detail::ApiKeyPage;
pub use edit::ApiKeyEditPage;
pub use list::ApiKeysPage;
pub use new::NewApiKeyPage;

use domain::api_key_permission;

use crate::caller::{refusal, use_caller};

/// Why the reader can't make, change or revoke keys where they work.
fn refused_to_change() -> Option<String> {
    let place = use_caller().place();
    refusal(api_key_permission(place, true), place)
}
