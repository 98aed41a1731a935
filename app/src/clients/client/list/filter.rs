//! The search box and what is behind Advanced: one form that works without scripts, and searches while one types with them.

use domain::{ClientFilter, ClientQuery, Month, StatusFilter, limits};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    lists::{SEARCH_BOX, SearchWords, hidden_inputs},
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Choice, FieldGrid, SearchBox, SelectField, TextField},
};

/// The form.
pub(super) fn filter(query: Memo<ClientQuery>) -> AnyView {
    let now = query.get_untracked().filter;
    let name = RwSignal::new(now.name);
    let status = RwSignal::new(now.status.key().to_owned());
    let users = RwSignal::new(users_key(now.without_users));
    let month = RwSignal::new(written(now.month));
    let navigate = use_navigate();
    let go = Callback::new(move |(query, replace): (ClientQuery, bool)| {
        navigate(&paths::clients(&query), NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    });
    let there = Signal::derive(move || query.with(|query| query.search.clone()));
    let words = SearchWords::new(there, move |words| go.run((ClientQuery { search: words, ..query.get_untracked().first_page() }, true)));
    Effect::new(move |before: Option<ClientQuery>| {
        let there = query.get();
        if before.is_some_and(|before| before.filter != there.filter) {
            name.set(there.filter.name.clone());
            status.set(there.filter.status.key().to_owned());
            users.set(users_key(there.filter.without_users));
            month.set(written(there.filter.month));
        }
        there
    });

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let status = StatusFilter::from_key(&status.get_untracked()).unwrap_or_default();
        let month = month.get_untracked().trim().parse().ok();
        let (name, without_users) = (name.get_untracked().trim().to_owned(), !users.get_untracked().is_empty());
        let filter = ClientFilter { name, status, without_users, month, ..ClientFilter::default() };
        let next = ClientQuery { search: words.take(), filter, ..query.get_untracked().first_page() };
        if next != query.get_untracked().first_page() {
            go.run((next, false));
        }
    };
    let states = StatusFilter::OFFERED.iter().map(|status| Choice::new(status.key(), status.label())).collect::<Vec<_>>();
    let advanced = query.with_untracked(|query| query.filter != ClientFilter::default());
    let hint = move || {
        let short = query.with(|query| matches!(query.search.chars().count(), 1 | 2));
        short.then_some("One or two letters match the beginning of a name; three or more match anywhere in it.")
    };
    view! {
        <form class="filter" method="get" action=paths::clients(&ClientQuery::default()) role="search" aria-label="Clients" on:submit=submit>
            <div class="filter-line">
                <SearchBox name=SEARCH_BOX label="Search clients" value=words.typed placeholder="Name, unique ID or external ID" key="/" />
                {move || {
                    let filtered = query.with(ClientQuery::is_filtered);
                    let all = query.with(|query| paths::clients(&query.all_rows()));
                    filtered.then(|| view! { <ButtonLink href=all variant=ButtonVariant::Quiet>"Clear All"</ButtonLink> })
                }}
            </div>
            <p class="field-hint" aria-live="polite">{hint}</p>
            <details class="advanced" open=advanced>
                <summary>"Advanced"</summary>
                <div class="card stack-small">
                    <FieldGrid>
                        <SelectField name="status" label="Status" value=status options=states />
                        <TextField name="name" label="Client Name" value=name max_length=limits::NAME />
                        <SelectField name="users" label="Users" value=users options=vec![Choice::new("", "Any"), Choice::new("none", "Without users")] />
                        <TextField name="created" label="Created in" value=month kind="month" placeholder="2027-03" />
                    </FieldGrid>
                    <div class="actions"><Button submit=true>"Search"</Button></div>
                </div>
            </details>
            {move || hidden_inputs(query.with(ClientQuery::all_rows).pairs())}
        </form>
    }
    .into_any()
}

/// Whether clients without users are asked for, as its field has it.
fn users_key(without_users: bool) -> String {
    if without_users { "none".to_owned() } else { String::new() }
}

/// A month as its field has it; empty for none.
fn written(month: Option<Month>) -> String {
    month.map(|month| month.to_string()).unwrap_or_default()
}
