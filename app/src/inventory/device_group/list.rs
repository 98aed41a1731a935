//! The Device Groups page.

use domain::{ClientSummary, DeviceGroup, NameSort, Permission, Scope};
use leptos::prelude::*;

use super::rpc::list_device_groups;
use crate::{
    caller::{refusal, use_caller},
    lists::{Add, Directory, list_page},
    moment::day,
    paths,
    ui::{Cell, Glyph, Row, RowHeader, or_dash},
};

/// The list.
pub(super) const GROUPS: Directory<()> = Directory {
    place: "Resources",
    title: "Device Groups",
    noun: "device group",
    searched: "Name",
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
    let add = Add { href: paths::device_group_new(), refused: refusal(Permission::DeviceManage, Scope::Visible) };
    list_page(&GROUPS, add, list_device_groups, row)
}

fn row(group: DeviceGroup) -> AnyView {
    let DeviceGroup { id, client, details, devices, updated, .. } = group;
    view! {
        <Row>
            <RowHeader><a href=paths::device_group(&id)>{details.name}</a></RowHeader>
            <Cell label="Description">{or_dash(details.description)}</Cell>
            <Cell label="Organization">{organization(client.as_ref())}</Cell>
            <Cell label="Devices">{devices.to_string()}</Cell>
            <Cell label="Updated">{day(updated)}</Cell>
        </Row>
    }
    .into_any()
}

/// To whom a group belongs: a client, or the partner itself, which only its own users meet.
pub(super) fn organization(client: Option<&ClientSummary>) -> String {
    client.map_or_else(|| use_caller().organization, |client| client.name.clone())
}
