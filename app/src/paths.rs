//! Every address of the console, as a function. No page spells one.

use domain::{
    AccessKind, ApiKeyId, CatalogueKind, ClientId, ClientQuery, CredentialSetId, DeviceGroupId, DeviceId, DraftId, ImageId, ListQuery,
    PermissionSetId, RoleId, Step, UserGroupId, UserId,
};

/// Where one starts: the list of clients.
#[must_use]
pub fn home() -> String {
    clients(&ClientQuery::default())
}

/// A file of the page, by its name in the build's manifest.
#[must_use]
pub fn asset(name: &str) -> String {
    format!("/assets/{name}")
}

/// The icon of the window.
#[must_use]
pub fn favicon() -> String {
    "/favicon.svg".to_owned()
}

/// Sign in.
#[must_use]
pub fn login() -> String {
    "/login".to_owned()
}

/// Sign in, and then go on to an address of ours.
#[must_use]
pub fn login_then(next: &str) -> String {
    format!("/login?next={}", encoded(next))
}

/// An address to go on to, if it is one of ours; home otherwise. Browsers take `//` and `/\\` for the start of another host's address and
/// drop tabs and line breaks, so nothing but visible ASCII is let through.
#[must_use]
pub fn own(address: &str) -> String {
    let ours =
        address.starts_with('/') && !address.starts_with("//") && !address.contains('\\') && address.bytes().all(|byte| byte.is_ascii_graphic());
    if ours { address.to_owned() } else { home() }
}

/// The first administrator's page, by the token of the one-time link.
#[must_use]
pub fn setup(token: &str) -> String {
    format!("/setup/{token}")
}

/// Password, sessions.
#[must_use]
pub fn account() -> String {
    "/account".to_owned()
}

/// The list of clients, as a query wants it.
#[must_use]
pub fn clients(query: &ClientQuery) -> String {
    match query.to_address() {
        plain if plain.is_empty() => "/clients".to_owned(),
        query => format!("/clients?{query}"),
    }
}

/// Begin a client, or continue a draft.
#[must_use]
pub fn client_new() -> String {
    "/clients/new".to_owned()
}

/// A tab of the wizard.
#[must_use]
pub fn client_draft(draft: &DraftId, step: Step) -> String {
    client_draft_tabs(draft) + step.key()
}

/// How the addresses of all tabs of a draft begin.
#[must_use]
pub fn client_draft_tabs(draft: &DraftId) -> String {
    format!("/clients/new/{draft}/")
}

/// Client Details.
#[must_use]
pub fn client(id: ClientId) -> String {
    format!("/clients/{id}")
}

/// Client Details, to change.
#[must_use]
pub fn client_edit(id: ClientId) -> String {
    format!("/clients/{id}/edit")
}

/// What the partner lets nobody do at a client.
#[must_use]
pub fn client_restrictions(id: ClientId) -> String {
    format!("/clients/{id}/restrictions")
}

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

/// A catalogue.
#[must_use]
pub fn catalogue(kind: CatalogueKind) -> String {
    format!("/catalogues/{}", kind.key())
}

/// The partner's own settings.
#[must_use]
pub fn settings() -> String {
    "/settings".to_owned()
}

/// Where the API is explained and tried. No page of the console: a link to it loads it.
#[must_use]
pub fn api_docs() -> String {
    "/api/docs".to_owned()
}

/// Where images are sent to.
#[must_use]
pub fn images() -> String {
    "/images".to_owned()
}

/// Where a user's picture is sent to.
#[must_use]
pub fn user_pictures(id: UserId) -> String {
    format!("/images/users/{id}")
}

/// A user's picture. Another picture has another address, so that a browser may keep it.
#[must_use]
pub fn user_picture(id: UserId, picture: &ImageId) -> String {
    format!("/images/users/{id}?picture={picture}")
}

/// An image.
#[must_use]
pub fn image(id: &ImageId) -> String {
    format!("/images/{id}")
}

/// Percent-encoded for a part of a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_addresses_are_gone_on_to() {
        for ours in ["/", "/clients?page=2", "/clients/client_8"] {
            assert_eq!(own(ours), ours);
        }
        for other in ["", "clients", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "/cl\u{ef}ents"] {
            assert_eq!(own(other), "/clients", "{other:?}");
        }
    }
}
