//! The client of a row, and the rows of a client.

use domain::{ClientId, ClientSummary};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    caller::use_caller,
    clients::client::{client_candidates, find_client, picked_client},
    loading::ask,
    paths,
    ui::{Picked, Picker, or_dash},
};

/// The client of a row as a link; a dash for none.
pub(crate) fn client_link(client: Option<ClientSummary>) -> AnyView {
    client.map_or_else(|| or_dash(String::new()), |client| organization_link(Some(client.id), client.name))
}

/// The organization of a row: a link if it is a client.
pub(crate) fn organization_link(client: Option<ClientId>, name: String) -> AnyView {
    match client {
        Some(client) => view! { <a href=paths::client(client)>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

/// The client whose rows alone are listed, or the picker of one. `address` is that of a client's rows, or of all. A client's users have only one.
pub(super) fn client_filter(there: Memo<Option<ClientId>>, address: impl Fn(Option<ClientId>) -> String + Copy + Send + Sync + 'static) -> AnyView {
    if use_caller().client.is_some() {
        return ().into_any();
    }
    let name = ask(
        move || there.get(),
        |client| async move {
            match client {
                Some(client) => find_client(client).await,
                None => Ok(None),
            }
        },
    );
    let of = move |client: ClientId| {
        let name = move || name.get().and_then(Result::ok).flatten().map_or_else(|| client.to_string(), |client| client.name);
        view! {
            <p class="of-client">
                <span>"Client: "<a href=paths::client(client)><Transition>{name}</Transition></a></span>
                <a href=address(None)>"Show all clients"</a>
            </p>
        }
    };
    IntoAny::into_any(move || match there.get() {
        Some(client) => of(client).into_any(),
        None => picker(address),
    })
}

/// Picks a client, and goes to its rows.
fn picker(address: impl Fn(Option<ClientId>) -> String + Copy + Send + Sync + 'static) -> AnyView {
    let (picked, navigate) = (Picked::new(Vec::new()), use_navigate());
    Effect::new(move |_| {
        if let client @ Some(_) = picked_client(picked) {
            navigate(&untrack(|| address(client)), NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    });
    view! {
        <details class="advanced" data-needs-script="">
            <summary>"Filter by client"</summary>
            <div class="card">
                <Picker name="of-client" label="Client" picked candidates=client_candidates() single=true none="All clients." />
            </div>
        </details>
    }
    .into_any()
}
