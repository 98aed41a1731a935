//! The page of a client.

use domain::{Client, ClientHub, ClientQuery};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    bare::bare,
    content::content,
    header::{buttons, header},
    tab::{ClientTab, Sees, tabs},
};
use crate::{
    access::restriction::sees_access,
    audit::sees_audit,
    clients::client::{
        rpc::{get_client, get_client_hub},
        status::{StatusQuestion, status_badge, status_dialog},
    },
    leaving::{
        job::use_jobs,
        termination::{TerminationQuestion, termination_dialog},
    },
    loading::{Answer, Loaded},
    paths,
    thing::{not_found, of_address},
    ui::{Crumb, Page, TabNav},
};

/// The page. It stays while one goes from tab to tab.
#[component]
pub fn ClientPage() -> impl IntoView {
    let hub = of_address("client", get_client_hub);
    let params = use_params_map();
    let tab = Memo::new(move |_| params.with(|params| ClientTab::from_key(&params.get("tab").unwrap_or_default())));
    let (question, termination, jobs) = (StatusQuestion::new(), TerminationQuestion::new(), use_jobs());
    Effect::new(move |before: Option<u64>| {
        let ended = jobs.ended();
        if before.is_some_and(|before| before != ended) {
            hub.refetch();
        }
        ended
    });
    let shown = move |hub: Option<ClientHub>| match hub {
        None => no_client(),
        Some(hub) if hub.client.status.is_terminated() => bare(&hub.client),
        Some(hub) => place(hub, tab, question, termination),
    };
    let changed = Callback::new(move |_: Client| hub.refetch());
    view! {
        <Loaded resource=hub view=Callback::new(shown) />
        {status_dialog(question, changed)}
        {termination_dialog(termination, changed)}
    }
}

/// The client whose id is in the address; none if it doesn't exist or the reader can't see it.
pub(in crate::clients::client) fn client_of_address() -> Answer<Option<Client>> {
    of_address("client", get_client)
}

/// The page for an id that doesn't exist.
pub(in crate::clients::client) fn no_client() -> AnyView {
    not_found("Client")
}

/// The breadcrumbs of a client.
pub(super) fn crumbs(name: String) -> Vec<Crumb> {
    vec![Crumb::text("Setup"), Crumb::text("Accounts"), Crumb::link("Clients", paths::clients(&ClientQuery::default())), Crumb::text(name)]
}

/// Heading, state, buttons and tabs.
fn place(hub: ClientHub, tab: Memo<Option<ClientTab>>, question: StatusQuestion, termination: TerminationQuestion) -> AnyView {
    let (name, status) = (hub.client.details.name.clone(), hub.client.status);
    let (hub, sees) = (StoredValue::new(hub), Sees { access: sees_access(), audit: sees_audit() });
    let actions = move || hub.with_value(|hub| buttons(&hub.client, question, termination));
    let links = Signal::derive(move || hub.with_value(|hub| tabs(hub, sees, tab.get())));
    view! {
        <Page title=name.clone() crumbs=crumbs(name.clone()) beside=move || status_badge(status) actions>
            {hub.with_value(header)}
            <TabNav label=name tabs=links />
            {move || hub.with_value(|hub| content(tab.get(), hub))}
        </Page>
    }
    .into_any()
}
