//! The rows of the list.

use domain::{Caller, ClientQuery, ClientRow, ClientSort, ClientStatus, Direction, Permission, country_name};
use leptos::prelude::*;

use super::tick::Ticked;
use crate::{
    caller::use_caller,
    clients::client::status::{StatusChange, StatusQuestion, live_badge, may_end, may_end_some},
    leaving::termination::TerminationQuestion,
    moment::day,
    paths,
    ui::{Cell, Column, DataTable, Glyph, Menu, MenuButton, MenuLink, Row, RowHeader, SortDirection, or_dash},
};

/// The headings of the columns, the first of which is the name.
pub(super) const COLUMNS: &[&str] = &[
    ClientSort::Name.label(),
    "Status",
    ClientSort::Id.label(),
    ClientSort::Country.label(),
    ClientSort::TimeZone.label(),
    ClientSort::ExternalId.label(),
    ClientSort::Created.label(),
    ClientSort::Updated.label(),
];

/// What the page asks before it does something.
#[derive(Clone, Copy)]
pub(super) struct Questions {
    pub(super) status: StatusQuestion,
    pub(super) termination: TerminationQuestion,
    pub(super) ticked: Ticked,
}

/// The table of a page, of a certain view; `busy` while the rows of another one are being fetched.
pub(super) fn rows(query: ClientQuery, rows: Vec<ClientRow>, busy: Signal<bool>, asked: Questions) -> AnyView {
    let caller = use_caller();
    let ticks = may_end_some(&caller);
    let columns = ticks.then(|| Column::quiet("Select")).into_iter().chain(columns(&query)).collect();
    let rows = rows.into_iter().map(|row| client_row(row, query.sort, &caller, asked)).collect_view();
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

fn client_row(row: ClientRow, sort: ClientSort, caller: &Caller, asked: Questions) -> AnyView {
    let tick = may_end_some(caller).then(|| asked.ticked.tick(&row, caller));
    let actions = actions(&row, caller, asked);
    let ClientRow { id, name, status, erasure, country, time_zone, external_id, created, updated, .. } = row;
    let country = country_name(&country).map_or(country.clone(), str::to_owned);
    view! {
        <Row>
            {tick.map(|tick| view! { <Cell corner=true>{tick}</Cell> })}
            <RowHeader><a href=paths::client(id)>{name}</a></RowHeader>
            <Cell label="Status">{live_badge(status, erasure)}</Cell>
            <Cell label=ClientSort::Id.label()><span class="mono">{id.to_string()}</span></Cell>
            <Cell label=ClientSort::Country.label()>{country}</Cell>
            <Cell label=ClientSort::TimeZone.label() secondary=sort != ClientSort::TimeZone>{breakable(&time_zone)}</Cell>
            <Cell label=ClientSort::ExternalId.label()>{or_dash(external_id)}</Cell>
            <Cell label=ClientSort::Created.label() secondary=sort != ClientSort::Created>{day(created)}</Cell>
            <Cell label=ClientSort::Updated.label() secondary=sort != ClientSort::Updated>{day(updated)}</Cell>
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
fn actions(row: &ClientRow, caller: &Caller, asked: Questions) -> AnyView {
    let (id, status) = (row.id, row.status);
    let may_edit = !status.is_terminated() && row.may.contains(Permission::ClientManage);
    let edit = may_edit.then(|| view! { <MenuLink href=paths::client_edit(id) label="Edit" icon=Glyph::Pencil /> });
    let name = StoredValue::new(row.name.clone());
    let change = StatusChange::allowed(caller, row.may, status).map(|change| {
        let icon = if status == ClientStatus::Active { Glyph::Pause } else { Glyph::Play };
        view! {
            <div data-needs-script="">
                <MenuButton label=format!("{}…", change.verb) icon on_click=move |()| asked.status.ask(id, name.get_value(), change) />
            </div>
        }
    });
    let terminate = (!status.is_terminated() && may_end(caller, row.may)).then(|| {
        view! {
            <div data-needs-script="">
                <MenuButton label="Terminate…" icon=Glyph::Trash on_click=move |()| asked.termination.ask(id) />
            </div>
        }
    });
    view! {
        <Menu id=format!("{id}-menu") label=format!("Actions for {}", row.name)>
            <MenuLink href=paths::client(id) label="View" icon=Glyph::Eye />
            {edit}
            {change}
            {terminate}
        </Menu>
    }
    .into_any()
}
