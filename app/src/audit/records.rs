//! A table of records. Those that are written meanwhile are added at its top.

use domain::{AuditId, AuditQuery, AuditRecord, Change, ClientId, Direction, JobId, ListPage, PageAt, action_label, counted};
use leptos::prelude::*;

use super::{
    live::on_new_records,
    rpc::{list_audit_records, refresh_audit_records},
};
use crate::{
    loading::{Answer, Loaded, ask},
    moment::exact,
    paths,
    ui::{Cell, Column, DataTable, Row, RowHeader, TableSkeleton, or_dash},
};

/// The query's address, its page, and the newest record at that time. The address is needed because the last answer stays visible while the next loads.
type Found = (String, ListPage<AuditRecord>, AuditId);

/// What a table needs besides its records.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// At most so many rows.
    pub(super) max_rows: usize,
    /// Whether rows say which client they are about.
    pub(super) names_clients: bool,
    /// What stands in place of an empty table.
    pub(super) nothing: fn() -> AnyView,
    /// What stands below it.
    pub(super) below: fn(&AuditQuery, &ListPage<AuditRecord>) -> AnyView,
}

/// The records that a query finds.
pub(super) fn records(query: Memo<AuditQuery>, frame: Frame) -> AnyView {
    let found: Answer<Found> = ask(
        move || query.get().to_address(),
        move |address| async move {
            let (page, newest) = list_audit_records(address.clone()).await?;
            Ok((address, page, newest))
        },
    );
    let shown = move |(address, page, newest): Found| {
        let of = AuditQuery::from_address(&address);
        let page = RwSignal::new(page);
        // Only there do new records stand.
        if of.at == PageAt::First && of.direction == Direction::default() {
            let address = address.clone();
            on_new_records(newest, Callback::new(move |()| look_again(address.clone(), page)));
        }
        let busy = Signal::derive(move || query.get().to_address() != address);
        table(of, page, frame, busy)
    };
    view! { <Loaded resource=found view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) /> }.into_any()
}

/// Replaces the records by what is there now. The rows that stay are left alone, with what is open in them.
fn look_again(address: String, page: RwSignal<ListPage<AuditRecord>>) {
    leptos::task::spawn_local(async move {
        if let Ok(now) = refresh_audit_records(address).await {
            _ = page.try_set(now);
        }
    });
}

fn table(of: AuditQuery, page: RwSignal<ListPage<AuditRecord>>, frame: Frame, busy: Signal<bool>) -> AnyView {
    let Frame { max_rows, names_clients, nothing, below } = frame;
    let of = StoredValue::new(of);
    let is_empty = Memo::new(move |_| page.with(|page| page.rows.is_empty()));
    let rows = move || page.with(|page| page.rows.iter().take(max_rows).cloned().collect::<Vec<_>>());
    let content = move || {
        if is_empty.get() {
            return nothing();
        }
        let columns = ["Time", "Who", "Action", "Object", "Through", "Changes"].map(Column::new).to_vec();
        view! {
            <DataTable caption="Audit Log" columns busy><For each=rows key=|record| record.id children=move |record| row(record, names_clients) /></DataTable>
            {move || page.with(|page| of.with_value(|of| below(of, page)))}
        }
        .into_any()
    };
    content.into_any()
}

fn row(record: AuditRecord, names_client: bool) -> AnyView {
    let AuditRecord { at, actor, through, reference, action, object, client, changes, .. } = record;
    let label = action_label(&action).to_owned();
    let who = actor.map_or_else(
        || view! { <span class="muted">"Your provider"</span> }.into_any(),
        |actor| {
            let ip = (!actor.ip.is_empty()).then(|| view! { <br /><span class="muted mono">{actor.ip}</span> });
            view! { <div>{or_dash(actor.login)}{ip}</div> }.into_any()
        },
    );
    let job = reference.parse().ok().map(|job: JobId| view! { <br /><a class="mono" href=paths::job(job)>{reference}</a> });
    let through = through.map(|through| through.label().to_owned()).unwrap_or_default();
    view! {
        <Row>
            <RowHeader>{exact(at)}</RowHeader>
            <Cell label="Who">{who}</Cell>
            <Cell label="Action">{label}</Cell>
            <Cell label="Object">{object_of(&action, object, client.filter(|_| names_client))}</Cell>
            <Cell label="Through"><div>{or_dash(through)}{job}</div></Cell>
            <Cell label="Changes">{differences(changes)}</Cell>
        </Row>
    }
    .into_any()
}

/// The object of a record, with the client that it belongs to unless it is that client.
fn object_of(action: &str, id: String, client: Option<ClientId>) -> AnyView {
    let owner = client.filter(|client| client.to_string() != id);
    let owner = owner.map(|client| view! { <br />{named(client.to_string(), Some(paths::client(client)))} });
    let page = paths::audit_object(action, &id);
    view! { <div>{named(id, page)}{owner}</div> }.into_any()
}

/// An id, with a link to its page if it has one.
fn named(id: String, page: Option<String>) -> AnyView {
    match page {
        Some(page) => view! { <a class="mono record-id" href=page>{id}</a> }.into_any(),
        None if id.is_empty() => or_dash(id),
        None => view! { <span class="mono record-id">{id}</span> }.into_any(),
    }
}

/// What was different before and after.
fn differences(changes: Vec<Change>) -> AnyView {
    if changes.is_empty() {
        return or_dash(String::new());
    }
    let number = counted(changes.len() as u64, "change", "changes");
    let lines = changes.iter().map(|change| view! { <li>{words(change)}</li> }).collect_view();
    view! { <details><summary>{number}</summary><ul class="record-changes">{lines}</ul></details> }.into_any()
}

fn words(Change { label, before, after, .. }: &Change) -> String {
    match (before.as_str(), after.as_str()) {
        ("", after) => format!("{label}: {after}"),
        (before, "") => format!("{label}: {before} → none"),
        (before, after) => format!("{label}: {before} → {after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reads_well() {
        let change = |before: &str, after: &str| words(&Change::of("city", "City", before, after).unwrap());
        assert_eq!(change("Bern", "Basel"), "City: Bern → Basel");
        assert_eq!(change("", "Basel"), "City: Basel");
        assert_eq!(change("Bern", ""), "City: Bern → none");
    }
}
