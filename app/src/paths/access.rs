//! The addresses of roles, permission sets, and why somebody sees something.

use domain::{AccessKind, ClientId, NameQuery, PermissionSetId, PermissionSetQuery, RoleId, RoleQuery, UserId};

use super::{clients::for_client, listed, user};

/// A user, with a view of the clients that it may do something at.
#[must_use]
pub fn user_clients(id: UserId, query: &NameQuery) -> String {
    listed(&user(id), query)
}

/// The list of permission sets, as a query wants it.
#[must_use]
pub fn permission_sets(query: &PermissionSetQuery) -> String {
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
pub fn roles(query: &RoleQuery) -> String {
    listed("/roles", query)
}

/// Make a role, which lists a client if one is given.
#[must_use]
pub fn role_new(client: Option<ClientId>) -> String {
    for_client("/roles/new", client)
}

/// A role, to read or to change.
#[must_use]
pub fn role(id: &RoleId) -> String {
    format!("/roles/{id}")
}

/// Why a user sees a thing of a kind, as far as the two are known. The thing by its id.
#[must_use]
pub fn why(user: Option<UserId>, kind: AccessKind, thing: Option<&str>) -> String {
    let user = user.map(|user| format!("user={user}"));
    let kind_if_chosen = (thing.is_some() || kind != AccessKind::default()).then(|| format!("kind={}", kind.key()));
    let thing = thing.map(|id| format!("id={id}"));
    match user.into_iter().chain(kind_if_chosen).chain(thing).collect::<Vec<_>>().join("&") {
        nothing if nothing.is_empty() => "/why".to_owned(),
        query => format!("/why?{query}"),
    }
}
