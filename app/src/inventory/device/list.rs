//! The Devices page.

use domain::{ClientId, DeviceFilter, DeviceKind, DeviceRow, DeviceState, NameSort, Permission, Scope};
use leptos::prelude::*;

use super::rpc::list_devices;
use crate::{
    caller::refusal,
    clients::client::ClientTab,
    lists::{Add, Directory, Stand, client_link, list_page_with, list_view},
    moment::day,
    paths,
    ui::{Badge, ButtonLink, Cell, Column, Glyph, Row, RowHeader, Tone, or_dash},
};

/// The list.
pub(super) const DEVICES: Directory<DeviceFilter> = Directory {
    place: "Resources",
    title: "Devices",
    noun: "device",
    searched: "Name, address, serial number, tag or client",
    about: "Devices are the machines you manage for your clients. Add them one by one, or import them from a file.",
    glyph: Glyph::Monitor,
    filters: &[
        (DeviceFilter::ALL, "All"),
        (DeviceFilter::of_kind(DeviceKind::Desktop), "Desktops"),
        (DeviceFilter::of_kind(DeviceKind::Server), "Servers"),
        (DeviceFilter::of_kind(DeviceKind::Network), "Network devices"),
        (DeviceFilter::of_kind(DeviceKind::Other), "Other devices"),
    ],
    columns: &["Name", "Type", "Client", "IP address", "State", "Updated"],
    sorted: Some(NameSort::Name),
    address: paths::devices,
};

/// The page.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let refused = refusal(Permission::DeviceManage, Scope::Visible);
    let add = Add { href: paths::device_new(None), refused: refused.clone() };
    let actions = move || {
        view! {
            <ButtonLink href=paths::device_import() icon=Glyph::Upload disabled_because=refused.clone()>"Import"</ButtonLink>
            {add.button(DEVICES.noun)}
        }
    };
    list_page_with(&DEVICES, actions.into(), list_devices, row)
}

/// The devices of a client, on its page.
pub(crate) fn client_devices(client: ClientId) -> AnyView {
    list_view(Stand::at(&DEVICES, client, ClientTab::Devices), list_devices, row)
}

/// The columns, for other tables of devices.
pub(crate) fn columns() -> Vec<Column> {
    DEVICES.columns.iter().map(|label| Column::new(*label)).collect()
}

/// A row of a table of devices.
pub(crate) fn row(device: DeviceRow) -> AnyView {
    let DeviceRow { id, client, name, kind, resource_type, state, host_name, ip_address, updated } = device;
    let host_name = (!host_name.is_empty() && host_name != name).then(|| view! { <small>{host_name}</small> });
    view! {
        <Row>
            <RowHeader><a href=paths::device(&id)>{name}</a>{host_name}</RowHeader>
            <Cell label="Type">{type_words(kind, &resource_type)}</Cell>
            <Cell label="Client">{client_link(Some(client))}</Cell>
            <Cell label="IP address">{or_dash(spaced(&ip_address))}</Cell>
            <Cell label="State">{state_badge(state)}</Cell>
            <Cell label="Updated" secondary=true>{day(updated)}</Cell>
        </Row>
    }
    .into_any()
}

/// What it counts as and, where that says more, what it is.
pub(super) fn type_words(kind: DeviceKind, resource_type: &str) -> String {
    let says_more = !resource_type.is_empty() && !kind.label().to_lowercase().starts_with(&resource_type.to_lowercase());
    if says_more { format!("{} · {resource_type}", kind.label()) } else { kind.label().to_owned() }
}

/// Several addresses, so that a line can break between them.
pub(super) fn spaced(addresses: &str) -> String {
    addresses.replace(',', ", ")
}

/// The state in a word and a colour.
pub(super) fn state_badge(state: DeviceState) -> AnyView {
    let tone = match state {
        DeviceState::Active => Tone::Positive,
        DeviceState::Inactive => Tone::Warning,
        DeviceState::Discovered => Tone::Info,
        DeviceState::Decommissioned => Tone::Neutral,
    };
    view! { <Badge tone text=state.label() /> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_told_once() {
        for (resource_type, words) in [
            ("Laptop", "Desktop · Laptop"),
            ("desktop", "Desktop"),
            ("Network Device", "Network device"),
            ("Coffee machine", "Other device · Coffee machine"),
            ("Other", "Other device"),
            ("", "Other device"),
        ] {
            assert_eq!(type_words(DeviceKind::of(resource_type), resource_type), words);
        }
    }
}
