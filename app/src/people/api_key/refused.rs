//! Why the caller can't add or change keys.

use domain::{ApiKey, Scope, api_key_permission};

use crate::caller::{refusal, use_caller};

/// Why the user can't add keys at their own organization; none if they can.
pub(super) fn refused_to_add() -> Option<String> {
    let place = use_caller().place();
    refusal(api_key_permission(place, true), place)
}

/// Why the user's roles don't let them change or revoke a key; none if they do.
pub(super) fn refused_to_change(key: &ApiKey) -> Option<String> {
    match key.client {
        Some(client) => refusal(api_key_permission(Scope::Client(client), true), Scope::Visible),
        None => refused_to_add(),
    }
}
