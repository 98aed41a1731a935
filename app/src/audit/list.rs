//! The page of the audit log.

use domain::{AuditFormat, AuditQuery, JobId};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::{
    filter::filter,
    records::{Frame, records},
    rpc::export_audit_records,
};
use crate::{
    error::UiError,
    forms::Sending,
    leaving::job::use_jobs,
    lists::{ADMINISTRATION, pages},
    paths,
    ui::{Button, Crumb, EmptyState, Glyph, Page, use_toasts},
};

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let search = use_location().search;
    let query = Memo::new(move |_| search.with(|search| AuditQuery::from_address(search)));
    let frame = Frame { max_rows: usize::MAX, names_clients: true, nothing, below: |query, page| pages(paths::audit, query, page) };
    let crumbs = vec![Crumb::text(ADMINISTRATION), Crumb::text("Audit Log")];
    view! {
        <Page title="Audit Log" crumbs description="Who did what, when and from where. New records appear automatically." actions=move || exports(query)>
            {filter(query)}
            <div class="stack-small">{records(query, frame)}</div>
        </Page>
    }
}

fn nothing() -> AnyView {
    view! { <EmptyState glyph=Glyph::Search title="No records found" text="No records match your search. Type at least three letters, or clear the search." /> }
        .into_any()
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
    view! { <span class="row" data-needs-script="">{button(AuditFormat::Csv)}{button(AuditFormat::JsonLines)}</span> }.into_any()
}
