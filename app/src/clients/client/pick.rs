//! Picking a client.

use domain::{ClientId, ClientQuery, ClientRow, ClientSummary};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{ClientTab, rpc::list_clients};
use crate::{
    error::UiError,
    loading::{Loaded, ask},
    paths,
    ui::{Candidates, Choice, Found, Picked},
};

/// The clients that the reader sees, to pick one of them.
pub(crate) fn client_candidates() -> Candidates {
    Candidates::new(|words| async move {
        let query = ClientQuery { search: words, ..ClientQuery::default() };
        let page = list_clients(query.to_address()).await.map_err(|error| error.to_string())?;
        let choice = |row: &ClientRow| (choice(row.id, &row.name), false);
        Ok(Found { choices: page.rows.iter().map(choice).collect(), more: page.next.is_some() })
    })
}

/// The one client that was picked, if one was.
pub(crate) fn picked_client(picked: Picked) -> Option<ClientId> {
    picked.added().first().and_then(|id| id.parse().ok())
}

/// A client by its id, if the reader sees it in its list.
pub(crate) async fn find_client(id: ClientId) -> Result<Option<ClientSummary>, UiError> {
    let query = ClientQuery { search: id.to_string(), ..ClientQuery::default() };
    let found = list_clients(query.to_address()).await?.rows.into_iter().find(|row| row.id == id);
    Ok(found.map(|row| ClientSummary { id, name: row.name }))
}

/// The client that the address of a form begins with.
pub(crate) fn client_of_form() -> Option<ClientId> {
    use_query_map().with_untracked(|query| query.get("client").and_then(|client| client.parse().ok()))
}

/// Where a form leads that nobody wants to fill in: to the tab of the client that it began with, or to the list.
pub(crate) fn back_from_form(tab: ClientTab, list: String) -> String {
    client_of_form().map_or(list, |client| paths::client_tab(client, tab))
}

/// A form for something new, with the client picked that its address begins with.
pub(crate) fn form_for_client(form: impl Fn(Picked) -> AnyView + Send + Sync + 'static) -> AnyView {
    let Some(id) = client_of_form() else { return form(Picked::new(Vec::new())) };
    let client = ask(move || id, find_client);
    let shown = move |client: Option<ClientSummary>| {
        let chosen = client.map(|client| choice(client.id, &client.name));
        form(Picked::choosing(chosen))
    };
    view! { <Loaded resource=client view=Callback::new(shown) /> }.into_any()
}

fn choice(id: ClientId, name: &str) -> Choice {
    Choice::new(id.to_string(), name).with_detail(id.to_string())
}
