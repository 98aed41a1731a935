//! What a user may do, client by client: a part of the user's page.

use domain::{AccessKind, ClientPermissions, ListPage, NameQuery, PageAt, PermissionBits, UserId, UserPermissions};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{refused_to_ask, rpc::list_user_permissions, why_link};
use crate::{
    access::role::sets::permissions,
    lists::{pages, search_form},
    loading::{Loaded, ask},
    paths,
    ui::{Cell, Column, DataTable, Row, RowHeader, Section, TableSkeleton, or_dash},
};

/// Fewer clients than this are seen at a glance.
const SEARCHED: usize = 10;

/// The section, if the reader may see it. The address says which clients it shows.
pub(crate) fn user_clients(user: UserId) -> Option<AnyView> {
    if refused_to_ask().is_some() {
        return None;
    }
    let search = use_location().search;
    let query = Memo::new(move |_| search.with(|search| NameQuery::from_address(search)));
    // The answer comes with its question, as in every list.
    let answer = ask(
        move || query.get().to_address(),
        move |address| async move { list_user_permissions(user, address.clone()).await.map(|answer| (address, answer)) },
    );
    let shown = move |(address, answer): (String, UserPermissions)| table(user, &NameQuery::from_address(&address), answer);
    // Whether there is something to search is known with the first answer, and stays so while one searches.
    let many = Memo::new(move |before: Option<&bool>| {
        let found =
            answer.get().and_then(Result::ok).is_some_and(|(_, answer)| answer.clients.next.is_some() || answer.clients.rows.len() > SEARCHED);
        found || before.is_some_and(|before| *before) || query.with(|query| !query.search.is_empty())
    });
    let address = move |query: &NameQuery| paths::user_clients(user, query);
    let box_if_many = move || many.get().then(|| search_form("Clients", "Name of a client", address, query));
    Some(
        view! {
            <Section title="Access by client" description="Combined access from all roles, by client.">
                <p>{why_link(Some(user), AccessKind::Client, None)}</p>
                {box_if_many}
                <Loaded resource=answer view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) />
            </Section>
        }
        .into_any(),
    )
}

fn table(user: UserId, query: &NameQuery, UserPermissions { everywhere, clients }: UserPermissions) -> AnyView {
    let whole = query.at == PageAt::First && query.search.is_empty();
    if clients.rows.is_empty() {
        match everywhere {
            Some(everywhere) if whole => return lines(user, None, vec![ClientPermissions { name: "All clients".to_owned(), ..everywhere }]),
            _ if whole => return view! { <p class="muted">"No permissions at any client."</p> }.into_any(),
            _ => return view! { <p class="muted">"No client with different access matches your search."</p> }.into_any(),
        }
    }
    let others = everywhere.filter(|_| whole).map(|everywhere| ClientPermissions { name: "All other clients".to_owned(), ..everywhere });
    let pages = pages(|query| paths::user_clients(user, query), query, &clients);
    let ListPage { rows, .. } = clients;
    lines(user, Some(pages), others.into_iter().chain(rows).collect())
}

fn lines(user: UserId, pages: Option<AnyView>, lines: Vec<ClientPermissions>) -> AnyView {
    let columns = ["Client", "Roles", "Permissions", "Reason"].map(Column::new).to_vec();
    let line = |line: ClientPermissions| {
        let ClientPermissions { client, name, permissions, roles } = line;
        let why = client.map(|client| paths::why(Some(user), AccessKind::Client, Some(&client.to_string())));
        let why = why.map_or_else(
            || or_dash(String::new()),
            |href| view! { <a href=href aria-label=format!("Why can the user do this at {name}?")>"Why?"</a> }.into_any(),
        );
        let name = match client {
            Some(client) => view! { <a href=paths::client(client)>{name}</a> }.into_any(),
            None => name.into_any(),
        };
        view! {
            <Row>
                <RowHeader>{name}</RowHeader>
                <Cell label="Roles">{roles.join(", ")}</Cell>
                <Cell label="Permissions">{folded(permissions)}</Cell>
                <Cell label="Reason">{why}</Cell>
            </Row>
        }
    };
    let rows = lines.into_iter().map(line).collect_view();
    view! { <DataTable caption="Access by client" columns>{rows}</DataTable>{pages} }.into_any()
}

/// How many permissions, and which on demand.
fn folded(bits: PermissionBits) -> AnyView {
    let count = match bits.iter().count() {
        1 => "1 permission".to_owned(),
        many => format!("{many} permissions"),
    };
    view! { <details class="set"><summary>{count}</summary>{permissions(bits)}</details> }.into_any()
}
