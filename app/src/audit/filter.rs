//! The search box and what is behind Advanced: one form that works without scripts.

use domain::{AUDIT_ACTIONS, AuditFilter, AuditQuery, ListFilter, limits};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::{
    lists::{SEARCH_BOX, SearchWords, hidden_inputs},
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Choice, FieldGrid, SearchBox, SelectField, TextField},
};

/// The form.
pub(super) fn filter(query: Memo<AuditQuery>) -> AnyView {
    // Invalid values of the address stay in their fields, with an error.
    let address = use_query_map().get_untracked();
    let faults = AuditFilter::KEYS.map(|key| RwSignal::new(address.get(key).and_then(|typed| fault(key, &typed))));
    let values = AuditFilter::KEYS.map(|key| match address.get(key) {
        Some(typed) if fault(key, &typed).is_some() => RwSignal::new(typed),
        _ => RwSignal::new(value(&query.get_untracked().filter, key)),
    });
    let [from, until, who, action, object, client, address] = values;
    let [from_fault, until_fault, _, _, _, client_fault, _] = faults;
    let navigate = use_navigate();
    let go = Callback::new(move |(query, replace): (AuditQuery, bool)| {
        navigate(&paths::audit(&query), NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    });
    let there = Signal::derive(move || query.with(|query| query.search.clone()));
    let words = SearchWords::new(there, move |words| go.run((AuditQuery { search: words, ..query.get_untracked().first_page() }, true)));
    Effect::new(move |before: Option<AuditQuery>| {
        let there = query.get();
        if before.is_some_and(|before| before.filter != there.filter) {
            for ((field, fault), key) in values.iter().zip(faults).zip(AuditFilter::KEYS) {
                field.set(value(&there.filter, key));
                fault.set(None);
            }
        }
        there
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut filter = AuditFilter::default();
        let mut is_wrong = false;
        for ((field, fault), key) in values.iter().zip(faults).zip(AuditFilter::KEYS) {
            let typed = field.get_untracked();
            filter.read(key, typed.trim());
            let why = self::fault(key, &typed);
            is_wrong |= why.is_some();
            fault.set(why);
        }
        if is_wrong {
            return;
        }
        let next = AuditQuery { search: words.take(), filter, ..query.get_untracked().first_page() };
        if next != query.get_untracked().first_page() {
            go.run((next, false));
        }
    };
    let mut actions = AUDIT_ACTIONS.iter().map(|(key, label)| Choice::new(*key, *label)).collect::<Vec<_>>();
    actions.sort_by(|one, other| one.label.cmp(&other.label));
    let is_wrong = faults.iter().any(|fault| fault.with_untracked(Option::is_some));
    let advanced = is_wrong || query.with_untracked(|query| query.filter != AuditFilter::default());
    let moment = "Date, or date and time, in UTC: 2026-11-28 or 2026-11-28T14:30";
    view! {
        <form class="filter" method="get" action=paths::audit(&AuditQuery::default()) role="search" aria-label="Audit log" on:submit=submit>
            <div class="filter-line">
                <SearchBox name=SEARCH_BOX label="Search the audit log" value=words.typed placeholder="Action, ID or value (at least 3 letters)" />
                {move || {
                    let filtered = query.with(AuditQuery::is_filtered);
                    let all = query.with(|query| paths::audit(&query.all_rows()));
                    filtered.then(|| view! { <ButtonLink href=all variant=ButtonVariant::Quiet>"Clear All"</ButtonLink> })
                }}
            </div>
            <details class="advanced" open=advanced>
                <summary>"Advanced"</summary>
                <div class="card stack-small">
                    <FieldGrid>
                        <TextField name="from" label="From" value=from error=from_fault max_length=16 hint=moment />
                        <TextField name="until" label="Until" value=until error=until_fault max_length=16 hint="In UTC. A date includes the whole day." />
                        <TextField name="who" label="Who" value=who max_length=limits::NAME hint="A login name, a user ID, or system" />
                        <SelectField name="action" label="Action" value=action options=actions placeholder="All" />
                        <TextField name="object" label="Object" value=object max_length=limits::NAME hint="An ID such as client_9" />
                        <TextField name="client" label="Client" value=client error=client_fault max_length=limits::NAME hint="An ID such as client_9" />
                        <TextField name="address" label="IP Address" value=address max_length=limits::NAME />
                    </FieldGrid>
                    <div class="actions"><Button submit=true>"Search"</Button></div>
                </div>
            </details>
            {move || hidden_inputs(query.with(AuditQuery::all_rows).pairs())}
        </form>
    }
    .into_any()
}

/// What a filter says under a key; empty for nothing.
fn value(filter: &AuditFilter, key: &str) -> String {
    filter.pairs().into_iter().find(|(found, _)| *found == key).map(|(_, value)| value).unwrap_or_default()
}

fn fault(key: &str, typed: &str) -> Option<String> {
    AuditFilter::fault(key, typed.trim()).map(str::to_owned)
}
