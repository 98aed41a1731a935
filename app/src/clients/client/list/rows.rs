//! The rows of the list.

use domain::{Caller, ClientQuery, ClientRow, ClientSort, ClientStatus, Direction, Permission, country_name};
use leptos::prelude::*;

use crate::{
    caller::use_caller,
    clients::client::status::{StatusChange, StatusQuestion, status_badge},
    moment::day,
    paths,
    ui::{Cell, Column, DataTable, Glyph, Menu, MenuButton, MenuLink, Row, RowHeader, SortDirection, or_dash},
};

/// The table of a page, of a certain view; `busy` while the rows of another one are being fetched.
pub(super) fn rows(query: ClientQuery, rows: Vec<ClientRow>, busy: Signal<bool>, question: StatusQuestion) -> AnyView {
    let caller = use_caller();
    let columns = columns(&query);
    let rows = rows.into_iter().map(|row| client_row(row, &caller, question)).collect_view();
    view! { <DataTable caption="Clients" columns busy>{rows}</DataTable> }.into_any()
}

fn columns(query: &ClientQuery) -> Vec<Column> {
    let sorted = |sort: ClientSort| {
        let direction = match query.direction {
            Direction::Ascending => SortDirection::Ascending,
            Direction::Descending => SortDirection::Descending,
        };
        Column::new(sort.label()).sortable(paths::clients(&query.sorted_by(sort)), (query.sort == sort).then_some(direction))
    };
    vec![
        sorted(ClientSort::Name),
        Column::new("Status"),
        sorted(ClientSort::Id),
        sorted(ClientSort::Country),
        sorted(ClientSort::TimeZone),
        sorted(ClientSort::ExternalId),
        sorted(ClientSort::Created),
        sorted(ClientSort::Updated),
        Column::quiet("Actions"),
    ]
}

fn client_row(row: ClientRow, caller: &Caller, question: StatusQuestion) -> AnyView {
    let actions = actions(&row, caller, question);
    let ClientRow { id, name, status, country, time_zone, external_id, created, updated, .. } = row;
    let country = country_name(&country).map_or(country.clone(), str::to_owned);
    view! {
        <Row>
            <RowHeader><a href=paths::client(id)>{name}</a></RowHeader>
            <Cell label="Status">{status_badge(status)}</Cell>
            <Cell label=ClientSort::Id.label()><span class="mono">{id.to_string()}</span></Cell>
            <Cell label=ClientSort::Country.label()>{country}</Cell>
            <Cell label=ClientSort::TimeZone.label()>{breakable(&time_zone)}</Cell>
            <Cell label=ClientSort::ExternalId.label()>{or_dash(external_id)}</Cell>
            <Cell label=ClientSort::Created.label()>{day(created)}</Cell>
            <Cell label=ClientSort::Updated.label()>{day(updated)}</Cell>
            <Cell corner=true>{actions}</Cell>
        </Row>
    }
    .into_any()
}

/// A time zone's name, which can wrap behind a slash.
fn breakable(time_zone: &str) -> AnyView {
    let parts = time_zone.split_inclusive('/').map(|part| view! { <span>{part.to_owned()}</span><wbr /> }).collect_view();
    // One thing for the card of a phone, whose cells are laid out in columns.
    view! { <span>{parts}</span> }.into_any()
}

/// What may be done with a client; what may not isn't offered.
fn actions(row: &ClientRow, caller: &Caller, question: StatusQuestion) -> AnyView {
    let (id, status) = (row.id, row.status);
    let may_edit = status != ClientStatus::Terminated && row.may.contains(Permission::ClientManage);
    let edit = may_edit.then(|| view! { <MenuLink href=paths::client_edit(id) label="Edit" icon=Glyph::Pencil /> });
    let name = StoredValue::new(row.name.clone());
    let change = StatusChange::allowed(caller, row.may, status).map(|change| {
        let icon = if status == ClientStatus::Active { Glyph::Pause } else { Glyph::Play };
        view! {
            <div data-needs-script="">
                <MenuButton label=format!("{}…", change.verb) icon on_click=move |()| question.ask(id, name.get_value(), change) />
            </div>
        }
    });
    view! {
        <Menu id=format!("{id}-menu") label=format!("Actions for {}", row.name)>
            <MenuLink href=paths::client(id) label="View" icon=Glyph::Eye />
            {edit}
            {change}
        </Menu>
    }
    .into_any()
}
