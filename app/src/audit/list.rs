//! The page of the audit log.

use domain::{AuditFormat, AuditQuery, AuditRecord, Change, ClientId, JobId, ListPage, UserId, action_label, counted};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::{
    filter::filter,
    rpc::{export_audit_records, list_audit_records},
};
use crate::{
    error::UiError,
    forms::Sending,
    leaving::job::use_jobs,
    lists::{ADMINISTRATION, pages},
    loading::{Loaded, ask},
    moment::moment,
    paths,
    ui::{Button, Cell, Column, Crumb, DataTable, EmptyState, Glyph, Page, Row, RowHeader, TableSkeleton, or_dash, use_toasts},
};

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let search = use_location().search;
    let query = Memo::new(move |_| search.with(|search| AuditQuery::from_address(search)));
    // The answer comes with its question: while the next one is on its way, the page shows the last one.
    let page = ask(
        move || query.get().to_address(),
        move |address| async move {
            let page = list_audit_records(address.clone()).await?;
            Ok((address, page))
        },
    );
    let shown = move |(address, page): (String, ListPage<AuditRecord>)| {
        let shown = AuditQuery::from_address(&address);
        let busy = Signal::derive(move || query.get().to_address() != address);
        if page.rows.is_empty() {
            return view! {
                <EmptyState glyph=Glyph::Search title="No records found" text="No records match your search. Try fewer words or clear the search." />
            }
            .into_any();
        }
        let pages = pages(paths::audit, &shown, &page);
        let columns = ["Time", "Who", "Action", "Object", "Through", "Changes"].map(Column::new).to_vec();
        let rows = page.rows.into_iter().map(row).collect_view();
        view! { <DataTable caption="Audit Log" columns busy>{rows}</DataTable>{pages} }.into_any()
    };
    let crumbs = vec![Crumb::text(ADMINISTRATION), Crumb::text("Audit Log")];
    view! {
        <Page title="Audit Log" crumbs actions=move || exports(query)>
            {filter(query)}
            <div class="stack-small">
                <Loaded resource=page view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) />
            </div>
        </Page>
    }
}

/// The buttons that export what the list shows. The job's page offers the file.
fn exports(query: Memo<AuditQuery>) -> AnyView {
    let (sending, toasts, jobs, navigate) = (Sending::new(), use_toasts(), use_jobs(), StoredValue::new(use_navigate()));
    let done = move |answer: Result<JobId, UiError>| match answer {
        Ok(job) => {
            jobs.listen();
            navigate.with_value(|navigate| navigate(&paths::job(job), NavigateOptions::default()));
        }
        Err(error) => toasts.error(error.to_string()),
    };
    let button = move |format: AuditFormat| {
        let export = move || sending.run(export_audit_records(query.get_untracked().to_address(), format), done);
        view! { <Button icon=Glyph::Download busy=sending.busy() on_click=export>{format!("Export {}", format.label())}</Button> }
    };
    view! { {button(AuditFormat::Csv)}{button(AuditFormat::JsonLines)} }.into_any()
}

fn row(record: AuditRecord) -> AnyView {
    let AuditRecord { at, actor, through, action, object, changes, .. } = record;
    let label = action_label(&action).to_owned();
    let who = actor.map_or_else(
        || view! { <span class="muted">"Your provider"</span> }.into_any(),
        |actor| {
            view! {
                {or_dash(actor.login)}
                <br />
                <span class="muted mono">{actor.ip}</span>
            }
            .into_any()
        },
    );
    view! {
        <Row>
            <RowHeader>{moment(at)}</RowHeader>
            <Cell label="Who">{who}</Cell>
            <Cell label="Action">{label}</Cell>
            <Cell label="Object">{thing(object)}</Cell>
            <Cell label="Through">{or_dash(through.map(|through| through.label().to_owned()).unwrap_or_default())}</Cell>
            <Cell label="Changes">{differences(changes)}</Cell>
        </Row>
    }
    .into_any()
}

/// What something was done to, with a link where it has a page.
fn thing(id: String) -> AnyView {
    let page = id.parse().map(|client: ClientId| paths::client(client)).ok();
    let page = page.or_else(|| id.parse().map(|user: UserId| paths::user(user)).ok());
    let page = page.or_else(|| id.parse().map(|job: JobId| paths::job(job)).ok());
    match page {
        Some(page) => view! { <a class="mono" href=page>{id}</a> }.into_any(),
        None => or_dash(id),
    }
}

/// What was different before and after.
fn differences(changes: Vec<Change>) -> AnyView {
    if changes.is_empty() {
        return or_dash(String::new());
    }
    let number = counted(changes.len() as u64, "change", "changes");
    let lines =
        changes.into_iter().map(|Change { label, before, after, .. }| view! { <li>{format!("{label}: {before} → {after}")}</li> }).collect_view();
    view! { <details><summary>{number}</summary><ul>{lines}</ul></details> }.into_any()
}
