//! The devices of a group, to read page by page and to pick.

use domain::{ClientId, DeviceGroup, DeviceGroupId, DeviceRow, ListPage, NameQuery, Total};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::rpc::list_group_devices;
use crate::{
    error::UiError,
    inventory::device::{
        device_columns, device_row,
        rpc::{list_client_devices, list_devices},
    },
    lists::{pages, search_address},
    loading::{Loaded, ask},
    paths,
    ui::{Candidates, Choice, DataTable, Found, Picked, TableSkeleton},
};

/// The devices of a group. Which page of them stands in the address.
#[component]
pub(super) fn Members(group: DeviceGroupId) -> impl IntoView {
    let search = use_location().search;
    let query = Memo::new(move |_| search.with(|search| NameQuery::from_address(search)));
    let asked = group.clone();
    // The answer comes with its question: while the next one is on its way, the page shows the last one.
    let page = ask(
        move || query.get().to_address(),
        move |address| {
            let group = asked.clone();
            async move {
                let page = list_group_devices(group, address.clone()).await?;
                Ok((address, page))
            }
        },
    );
    let shown = move |(address, page): (String, ListPage<DeviceRow>)| {
        if page.rows.is_empty() {
            return view! { <p class="muted">"No devices in this group."</p> }.into_any();
        }
        let shown = NameQuery::from_address(&address);
        let busy = Signal::derive(move || query.get().to_address() != address);
        let pages = pages(|query| paths::device_group_devices(&group, query), &shown, &page);
        let rows = page.rows.into_iter().map(device_row).collect_view();
        view! {
            <DataTable caption="Devices of the group" columns=device_columns() busy>{rows}</DataTable>
            {pages}
        }
        .into_any()
    };
    view! {
        <div class="stack-small">
            <Loaded resource=page view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) />
        </div>
    }
}

/// A choice that begins with the first of a group's devices.
pub(super) fn picked(group: &DeviceGroup, first: &ListPage<DeviceRow>) -> Picked {
    let (Total::Exactly(all) | Total::MoreThan(all)) = group.devices;
    Picked::among(first.rows.iter().map(choice).collect(), all.saturating_sub(first.rows.len() as u64))
}

fn choice(device: &DeviceRow) -> Choice {
    let says_more = |word: &&&String| !word.is_empty() && **word != &device.name;
    let words: Vec<&str> = [&device.client.name, &device.host_name, &device.ip_address].iter().filter(says_more).map(|word| word.as_str()).collect();
    Choice::new(device.id.to_string(), &device.name).with_detail(words.join(" · "))
}

/// The devices that a group can have, each with whether it is in. Both searches go by name and by the same words, so whichever of the
/// candidates is in the group is also among the first of its devices.
pub(super) fn candidates(group: DeviceGroupId, client: Option<ClientId>) -> Candidates {
    Candidates::new(move |words| {
        let (group, query) = (group.clone(), search_address((), words));
        async move {
            let message = |error: UiError| error.to_string();
            let members = list_group_devices(group, query.clone()).await.map_err(message)?.rows;
            let devices = match client {
                Some(client) => list_client_devices(client, query).await,
                None => list_devices(query).await,
            };
            let devices = devices.map_err(message)?;
            let is_in = |device: &DeviceRow| members.iter().any(|member| member.id == device.id);
            Ok(Found { choices: devices.rows.iter().map(|device| (choice(device), is_in(device))).collect(), more: devices.next.is_some() })
        }
    })
}
