//! The addresses of the directory: users and groups, what they may do, and what is looked after.

use domain::{AccessKind, ApiKeyId, CredentialSetId, DeviceGroupId, DeviceId, ListQuery, PermissionSetId, RoleId, UserGroupId, UserId};

use super::encoded;

/// A user, with a view of the clients that it may do something at.
#[must_use]
pub fn user_clients(id: UserId, query: &ListQuery) -> String {
    listed(&user(id), query)
}

/// The list of users, as a query wants it.
#[must_use]
pub fn users(query: &ListQuery) -> String {
    listed("/users", query)
}

/// Make a user.
#[must_use]
pub fn user_new() -> String {
    "/users/new".to_owned()
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

/// The list of user groups, as a query wants it.
#[must_use]
pub fn user_groups(query: &ListQuery) -> String {
    listed("/user-groups", query)
}

/// Make a user group.
#[must_use]
pub fn user_group_new() -> String {
    "/user-groups/new".to_owned()
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

/// The list of permission sets, as a query wants it.
#[must_use]
pub fn permission_sets(query: &ListQuery) -> String {
    listed("/permission-sets", query)
}

/// Make a permission set.
#[must_use]
pub fn permission_set_new() -> String {
    "/permission-sets/new".to_owned()
}

/// A permission set.
#[must_use]
pub fn permission_set(id: &PermissionSetId) -> String {
    format!("/permission-sets/{id}")
}

/// A permission set, to change.
#[must_use]
pub fn permission_set_edit(id: &PermissionSetId) -> String {
    format!("/permission-sets/{id}/edit")
}

/// Make a permission set like another one.
#[must_use]
pub fn permission_set_copy(id: &PermissionSetId) -> String {
    format!("/permission-sets/{id}/copy")
}

/// The list of roles, as a query wants it.
#[must_use]
pub fn roles(query: &ListQuery) -> String {
    listed("/roles", query)
}

/// Make a role.
#[must_use]
pub fn role_new() -> String {
    "/roles/new".to_owned()
}

/// A role, to read or to change.
#[must_use]
pub fn role(id: &RoleId) -> String {
    format!("/roles/{id}")
}

/// The list of credential sets, as a query wants it.
#[must_use]
pub fn credential_sets(query: &ListQuery) -> String {
    listed("/credential-sets", query)
}

/// Make a credential set of a type; without one, choose it first.
#[must_use]
pub fn credential_set_new(credential_type: &str) -> String {
    match credential_type {
        "" => "/credential-sets/new".to_owned(),
        chosen => format!("/credential-sets/new?type={}", encoded(chosen)),
    }
}

/// A credential set.
#[must_use]
pub fn credential_set(id: &CredentialSetId) -> String {
    format!("/credential-sets/{id}")
}

/// A credential set, to change.
#[must_use]
pub fn credential_set_edit(id: &CredentialSetId) -> String {
    format!("/credential-sets/{id}/edit")
}

/// The list of API keys, as a query wants it.
#[must_use]
pub fn api_keys(query: &ListQuery) -> String {
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

/// Why a user sees a thing of a kind, as far as the two are known. The thing by its id.
#[must_use]
pub fn why(user: Option<UserId>, kind: AccessKind, thing: Option<&str>) -> String {
    let user = user.map(|user| format!("user={user}"));
    let kind_if_told = (thing.is_some() || kind != AccessKind::default()).then(|| format!("kind={}", kind.key()));
    let thing = thing.map(|id| format!("id={id}"));
    match user.into_iter().chain(kind_if_told).chain(thing).collect::<Vec<_>>().join("&") {
        nothing if nothing.is_empty() => "/why".to_owned(),
        query => format!("/why?{query}"),
    }
}

/// The list of devices, as a query wants it.
#[must_use]
pub fn devices(query: &ListQuery) -> String {
    listed("/devices", query)
}

/// Make a device.
#[must_use]
pub fn device_new() -> String {
    "/devices/new".to_owned()
}

/// Make many devices of a file; where that is sent, too.
#[must_use]
pub fn device_import() -> String {
    "/devices/import".to_owned()
}

/// Where a file of devices is sent for import; `existing` says what to do with existing devices.
#[must_use]
pub fn device_import_with(existing: &str) -> String {
    format!("{}?existing={existing}", device_import())
}

/// Where a file of devices is sent to be looked at.
#[must_use]
pub fn device_import_preview() -> String {
    device_import() + "/preview"
}

/// A device.
#[must_use]
pub fn device(id: &DeviceId) -> String {
    format!("/devices/{id}")
}

/// A device, to change.
#[must_use]
pub fn device_edit(id: &DeviceId) -> String {
    device(id) + "/edit"
}

/// The list of device groups, as a query wants it.
#[must_use]
pub fn device_groups(query: &ListQuery) -> String {
    listed("/device-groups", query)
}

/// Make a device group.
#[must_use]
pub fn device_group_new() -> String {
    "/device-groups/new".to_owned()
}

/// A device group with the first of its devices.
#[must_use]
pub fn device_group(id: &DeviceGroupId) -> String {
    device_group_devices(id, &ListQuery::default())
}

/// A device group with those of its devices that a query wants.
#[must_use]
pub fn device_group_devices(id: &DeviceGroupId, query: &ListQuery) -> String {
    listed(&format!("/device-groups/{id}"), query)
}

/// A device group, to change.
#[must_use]
pub fn device_group_edit(id: &DeviceGroupId) -> String {
    format!("/device-groups/{id}/edit")
}

/// The address of a list.
fn listed(path: &str, query: &ListQuery) -> String {
    match query.to_address() {
        plain if plain.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}
