//! The addresses of users, their groups, and API keys.

use domain::{ApiKeyId, ApiKeyQuery, ClientId, UserGroupId, UserGroupQuery, UserId, UserQuery};

use super::{clients::for_client, listed};

/// The list of users, as a query wants it.
#[must_use]
pub fn users(query: &UserQuery) -> String {
    listed("/users", query)
}

/// Make a user, of a client if one is given.
#[must_use]
pub fn user_new(client: Option<ClientId>) -> String {
    for_client("/users/new", client)
}

/// A user.
#[must_use]
pub fn user(id: UserId) -> String {
    format!("/users/{id}")
}

/// A user, to change.
#[must_use]
pub fn user_edit(id: UserId) -> String {
    format!("/users/{id}/edit")
}

/// Where an invited user chooses a password, by the token of the one-time link.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("/invitation/{token}")
}

/// The page that asks for the login name and mails a link to choose a new password.
#[must_use]
pub fn forgotten_password() -> String {
    "/forgotten-password".to_owned()
}

/// As [`forgotten_password`], once the link is asked for.
#[must_use]
pub fn forgotten_password_sent() -> String {
    "/forgotten-password?sent=1".to_owned()
}

/// The page behind the mailed link, where another password is chosen. `token` is the link’s.
#[must_use]
pub fn password_link(token: &str) -> String {
    format!("/password/{token}")
}

/// Where a user confirms a new e-mail address, by the token of the one-time link.
#[must_use]
pub fn email_link(token: &str) -> String {
    format!("/email/{token}")
}

/// The list of user groups, as a query wants it.
#[must_use]
pub fn user_groups(query: &UserGroupQuery) -> String {
    listed("/user-groups", query)
}

/// Make a user group, of a client if one is given.
#[must_use]
pub fn user_group_new(client: Option<ClientId>) -> String {
    for_client("/user-groups/new", client)
}

/// A user group.
#[must_use]
pub fn user_group(id: &UserGroupId) -> String {
    format!("/user-groups/{id}")
}

/// A user group, to change.
#[must_use]
pub fn user_group_edit(id: &UserGroupId) -> String {
    format!("/user-groups/{id}/edit")
}

/// The list of API keys, as a query wants it.
#[must_use]
pub fn api_keys(query: &ApiKeyQuery) -> String {
    listed("/api-keys", query)
}

/// Make an API key.
#[must_use]
pub fn api_key_new() -> String {
    "/api-keys/new".to_owned()
}

/// An API key.
#[must_use]
pub fn api_key(id: ApiKeyId) -> String {
    format!("/api-keys/{id}")
}

/// An API key, to restrict.
#[must_use]
pub fn api_key_edit(id: ApiKeyId) -> String {
    format!("/api-keys/{id}/edit")
}

/// Where programs ask for tokens.
#[must_use]
pub fn token() -> String {
    "/auth/oauth/token".to_owned()
}
