//! The Device Groups page.

use domain::{ClientId, ClientSummary, DeviceGroup, NameSort, OfClient, Permission, Scope};
use leptos::prelude::*;

use super::rpc::list_device_groups;
use crate::{
    caller::{refusal, use_caller},
    clients::client::ClientTab,
    lists::{Add, Directory, Stand, client_link, list_page, list_view},
    moment::day,
    paths,
    ui::{Cell, Glyph, Row, RowHeader, or_dash},
};

/// The list.
pub(super) const GROUPS: Directory<OfClient<()>> = Directory {
    place: "Resources",
    title: "Device Groups",
    noun: "device group",
    searched: "Name or client",
    about: "With device groups, roles include many devices at once.",
    glyph: Glyph::Layers,
    filters: &[],
    columns: &["Name", "Description", "Organization", "Devices", "Updated"],
    sorted: Some(NameSort::Name),
    address: paths::device_groups,
};

/// The page.
#[component]
pub fn DeviceGroupsPage() -> impl IntoView {
    let add = Add { href: paths::device_group_new(None), refused: refusal(Permission::DeviceManage, Scope::Visible) };
    list_page(&GROUPS, add, list_device_groups, row)
}

/// The device groups of a client, on its page.
pub(crate) fn client_device_groups(client: ClientId) -> AnyView {
    list_view(Stand::at(&GROUPS, client, ClientTab::DeviceGroups), list_device_groups, row)
}

fn row(group: DeviceGroup) -> AnyView {
    let DeviceGroup { id, client, details, devices, updated, .. } = group;
    view! {
        <Row>
            <RowHeader><a href=paths::device_group(&id)>{details.name}</a></RowHeader>
            <Cell label="Description">{or_dash(details.description)}</Cell>
            <Cell label="Organization">{organization_cell(client)}</Cell>
            <Cell label="Devices">{devices.to_string()}</Cell>
            <Cell label="Updated" secondary=true>{day(updated)}</Cell>
        </Row>
    }
    .into_any()
}

/// The client that a group belongs to as a link, or the partner.
fn organization_cell(client: Option<ClientSummary>) -> AnyView {
    match client {
        Some(client) => client_link(Some(client)),
        None => organization(None).into_any(),
    }
}

/// To whom a group belongs: a client, or the partner itself, which only its own users meet.
pub(super) fn organization(client: Option<&ClientSummary>) -> String {
    client.map_or_else(|| use_caller().organization, |client| client.name.clone())
}
