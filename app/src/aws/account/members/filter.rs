//! Which members are listed: search, state, and customer.

use domain::{AwsAccountId, AwsMemberFilter, AwsMemberQuery, AwsMemberView, ClientId, ClientQuery};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    caller::use_caller,
    clients::client::{client_candidates, picked_client, rpc::list_clients},
    lists::search_form,
    paths,
    ui::{Choice, Picked, Picker, Tab, TabNav},
};

/// The search box, the states as links, and the customer.
pub(super) fn filter(management: AwsAccountId, query: Memo<AwsMemberQuery>) -> AnyView {
    let address = move |query: &AwsMemberQuery| paths::aws_members(management, query);
    let tabs = Signal::derive(move || {
        let query = query.get();
        let views = [None].into_iter().chain(AwsMemberView::ALL.iter().copied().map(Some));
        let tab = |view: Option<AwsMemberView>| Tab {
            label: view.map_or("All", AwsMemberView::label).to_owned(),
            href: address(&query.first_page().with_filter(AwsMemberFilter { view, ..query.filter.clone() })),
            current: query.filter.view == view,
            ..Tab::default()
        };
        views.map(tab).collect::<Vec<_>>()
    });
    let of_partner = use_caller().client.is_none();
    view! {
        {search_form("Customer accounts", "Name, account ID or e-mail", address, query)}
        {of_partner.then(|| of_customer(management, query))}
        <TabNav label="Which accounts" tabs />
    }
    .into_any()
}

/// Picks the customer whose accounts are listed. The address leads: what is picked follows it.
fn of_customer(management: AwsAccountId, query: Memo<AwsMemberQuery>) -> AnyView {
    let (picked, navigate) = (Picked::new(Vec::new()), use_navigate());
    let there = Memo::new(move |_| query.with(|query| query.filter.client));
    let is_open = there.get_untracked().is_some();
    Effect::new(move |_| match there.get() {
        Some(client) if untrack(|| picked_client(picked)) != Some(client) => show(picked, client, there),
        Some(_) => (),
        None => picked.clear(),
    });
    Effect::new(move |before: Option<Option<ClientId>>| {
        let now = picked_client(picked);
        if before.is_some_and(|before| before != now) && now != there.get_untracked() {
            let query = query.get_untracked();
            let filter = AwsMemberFilter { client: now, ..query.filter.clone() };
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&paths::aws_members(management, &query.first_page().with_filter(filter)), options);
        }
        now
    });
    view! {
        <details class="advanced" open=is_open data-needs-script="">
            <summary>"Filter by customer"</summary>
            <div class="card">
                <Picker name="of-customer" label="Customer" picked candidates=client_candidates() single=true none="Accounts of all customers are listed." />
            </div>
        </details>
    }
    .into_any()
}

/// Shows a client that the address names as picked, once its name has come; by its id if there is none.
fn show(picked: Picked, client: ClientId, there: Memo<Option<ClientId>>) {
    leptos::task::spawn_local(async move {
        let query = ClientQuery { search: client.to_string(), ..ClientQuery::default() };
        let found = list_clients(query.to_address()).await.ok();
        let row = found.and_then(|page| page.rows.into_iter().find(|row| row.id == client));
        if there.try_get_untracked().flatten() == Some(client) {
            let name = row.map_or_else(|| client.to_string(), |row| row.name);
            picked.choose_only(Choice::new(client.to_string(), name).with_detail(client.to_string()));
        }
    });
}
