//! What each tab shows.

use domain::{Client, ClientHub, ClientId, Permission};
use leptos::prelude::*;

use super::{ClientTab, overview::overview, settings::settings};
use crate::{
    access::{
        restriction::{access_section, sees_access},
        role::client_roles,
        why::viewers_section,
    },
    audit::audit_of_client,
    caller::{refusal, use_caller},
    inventory::{credential_set::client_credential_sets, device::client_devices, device_group::client_device_groups},
    lists::Add,
    loading::NothingHere,
    paths,
    people::{user::client_users, user_group::client_user_groups},
    thing::refusal_at,
};

/// The content of a tab; none for an address that is none.
pub(super) fn content(tab: Option<ClientTab>, hub: &ClientHub) -> AnyView {
    let client = &hub.client;
    let id = client.id;
    match tab {
        None => view! { <NothingHere /> }.into_any(),
        Some(ClientTab::Overview) => overview(client),
        Some(ClientTab::Devices) => list(client, paths::device_new(Some(id)), "device", Permission::DeviceManage, client_devices(id)),
        Some(ClientTab::DeviceGroups) => {
            list(client, paths::device_group_new(Some(id)), "device group", Permission::DeviceManage, client_device_groups(id))
        }
        Some(ClientTab::Users) => list(client, paths::user_new(Some(id)), "user", Permission::UserManage, client_users(id)),
        Some(ClientTab::UserGroups) => {
            list(client, paths::user_group_new(Some(id)), "user group", Permission::UserGroupManage, client_user_groups(id))
        }
        Some(ClientTab::Roles) => {
            // A role belongs to who makes it, and lists the client.
            let add = Add { href: paths::role_new(Some(id)), refused: refusal(Permission::RoleManage, use_caller().place()) };
            with_add(&add, "role", client_roles(id))
        }
        Some(ClientTab::CredentialSets) => {
            list(client, paths::credential_set_new("", Some(id)), "credential set", Permission::CredentialSetManage, client_credential_sets(id))
        }
        Some(ClientTab::Access) => access(id),
        Some(ClientTab::Audit) => audit_of_client(id).map_or_else(|| view! { <NothingHere /> }.into_any(), IntoAny::into_any),
        Some(ClientTab::Settings) => settings(client),
    }
}

/// Who sees the client, what is blocked there, and a way to let more people see it.
fn access(id: ClientId) -> AnyView {
    if !sees_access() {
        return view! { <NothingHere /> }.into_any();
    }
    let add = Add { href: paths::role_new(Some(id)), refused: refusal(Permission::RoleManage, use_caller().place()) };
    let give = add.refused.is_none().then(|| add.button("role for this client"));
    view! {
        <div class="stack">
            {give.map(|give| view! { <div class="actions">{give}</div> })}
            {viewers_section(id)}
            {access_section(id)}
        </div>
    }
    .into_any()
}

/// A list with the button that adds one more at the client.
fn list(client: &Client, href: String, noun: &str, permission: Permission, list: AnyView) -> AnyView {
    with_add(&Add { href, refused: refusal_at(permission, Some(client.id)) }, noun, list)
}

fn with_add(add: &Add, noun: &str, list: AnyView) -> AnyView {
    view! { <div class="tab-list"><div class="actions">{add.button(noun)}</div>{list}</div> }.into_any()
}
