//! The User Groups page.

use domain::{ClientId, NameSort, OfClient, OwnerFilter, Permission, Scope, UserGroupRow};
use leptos::prelude::*;

use super::rpc::list_user_groups;
use crate::{
    caller::refusal,
    clients::client::ClientTab,
    lists::{Add, Directory, Stand, list_page, list_view, organization_link},
    moment::day,
    paths,
    ui::{Cell, Glyph, Row, RowHeader, or_dash},
};

/// The list.
pub(super) const GROUPS: Directory<OfClient<Option<OwnerFilter>>> = Directory {
    place: "Accounts",
    title: "User Groups",
    noun: "user group",
    searched: "Name or client",
    about: "Members of a user group get its roles.",
    glyph: Glyph::Users,
    filters: &[],
    columns: &["Name", "Description", "Organization", "Users", "Updated"],
    sorted: Some(NameSort::Name),
    address: paths::user_groups,
};

/// The page.
#[component]
pub fn UserGroupsPage() -> impl IntoView {
    list_page(
        &GROUPS,
        Add { href: paths::user_group_new(None), refused: refusal(Permission::UserGroupManage, Scope::Visible) },
        list_user_groups,
        row,
    )
}

/// The user groups of a client, on its page.
pub(crate) fn client_user_groups(client: ClientId) -> AnyView {
    list_view(Stand::at(&GROUPS, client, ClientTab::UserGroups), list_user_groups, row)
}

fn row(row: UserGroupRow) -> AnyView {
    let UserGroupRow { group, client, organization, users, updated, .. } = row;
    view! {
        <Row>
            <RowHeader><a href=paths::user_group(&group.id)>{group.name}</a></RowHeader>
            <Cell label="Description">{or_dash(group.description)}</Cell>
            <Cell label="Organization">{organization_link(client, organization)}</Cell>
            <Cell label="Users">{users.to_string()}</Cell>
            <Cell label="Updated" secondary=true>{day(updated)}</Cell>
        </Row>
    }
    .into_any()
}
