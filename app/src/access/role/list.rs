//! The Roles page.

use domain::{ClientId, NameSort, OfClient, Permission, RoleFilter, RoleScope, RoleSummary};
use leptos::prelude::*;

use super::rpc::list_roles;
use crate::{
    caller::{refusal, use_caller},
    clients::client::ClientTab,
    lists::{Add, Directory, Stand, list_page, list_view},
    paths,
    ui::{Badge, Cell, Glyph, Row, RowHeader, or_dash},
};

/// The list.
pub(super) const ROLES: Directory<OfClient<Option<RoleFilter>>> = Directory {
    place: "Accounts",
    title: "Roles",
    noun: "role",
    searched: "Name or client",
    about: "Roles say what users can do, and on which clients, devices and credential sets.",
    glyph: Glyph::Key,
    filters: &[
        (OfClient::any(None), "All"),
        (OfClient::any(Some(RoleFilter::Msp)), RoleFilter::Msp.label()),
        (OfClient::any(Some(RoleFilter::Client)), RoleFilter::Client.label()),
        (OfClient::any(Some(RoleFilter::Default)), RoleFilter::Default.label()),
        (OfClient::any(Some(RoleFilter::Own)), RoleFilter::Own.label()),
    ],
    columns: &["Name", "Description", "For", "Clients", "Kind"],
    sorted: Some(NameSort::Name),
    address: paths::roles,
};

/// The page.
#[component]
pub fn RolesPage() -> impl IntoView {
    let place = use_caller().place();
    list_page(&ROLES, Add { href: paths::role_new(None), refused: refusal(Permission::RoleManage, place) }, list_roles, row)
}

/// The roles of a client, and those that list it, on its page.
pub(crate) fn client_roles(client: ClientId) -> AnyView {
    list_view(Stand::at(&ROLES, client, ClientTab::Roles), list_roles, row)
}

fn row(role: RoleSummary) -> AnyView {
    let clients = clients_of(&role);
    let RoleSummary { id, name, description, scope, is_default, .. } = role;
    view! {
        <Row>
            <RowHeader><a href=paths::role(&id)>{name}</a></RowHeader>
            <Cell label="Description">{or_dash(description)}</Cell>
            <Cell label="For">{users_of(scope)}</Cell>
            <Cell label="Clients">{clients}</Cell>
            <Cell label="Kind">{kind_badge(is_default)}</Cell>
        </Row>
    }
    .into_any()
}

/// For whom a role of a scope is.
pub(super) const fn users_of(scope: RoleScope) -> &'static str {
    match scope {
        RoleScope::Msp => "Partner users",
        RoleScope::Client => "Client users",
    }
}

/// Which clients a role is about.
const fn clients_of(role: &RoleSummary) -> &'static str {
    match (role.client.is_some(), role.all_clients) {
        (true, _) => "Its own",
        (false, true) => "All",
        (false, false) => "Listed",
    }
}

/// Whether a role was there from the start.
pub(super) fn kind_badge(is_default: bool) -> AnyView {
    view! { <Badge text=if is_default { "Default" } else { "Own" } /> }.into_any()
}
