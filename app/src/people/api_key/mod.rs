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

use domain::{ApiKey, Scope, api_key_permission};

use crate::caller::{refusal, use_caller};

/// Why the user can't add keys at their own organization; none if they can.
fn refused_to_add() -> Option<String> {
    let place = use_caller().place();
    refusal(api_key_permission(place, true), place)
}

/// Why the user's roles don't let them change or revoke a key; none if they do.
fn refused_to_change(key: &ApiKey) -> Option<String> {
    match key.client {
        Some(client) => refusal(api_key_permission(Scope::Client(client), true), Scope::Visible),
        None => refused_to_add(),
    }
}
