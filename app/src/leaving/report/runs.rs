//! The runs of a report, with their files. Which page of them stands in the address.

use domain::{JobState, ListPage, ReportId, ReportRun, ReportRunQuery, file_size, grouped};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    list::refused_to_manage,
    rpc::list_report_runs,
    words::{run_badge, state},
};
use crate::{
    leaving::job::use_jobs,
    lists::pages,
    loading::{Loaded, ask},
    moment::{day, exact_text, moment},
    paths,
    ui::{ButtonLink, ButtonSize, Cell, Column, DataTable, Glyph, Row, RowHeader, TableSkeleton, or_dash},
};

/// The runs, the latest first; read again when `asked` counts up and when a job ends.
#[component]
pub(super) fn Runs(report: ReportId, asked: RwSignal<u32>) -> impl IntoView {
    let (search, jobs) = (use_location().search, use_jobs());
    let query = Memo::new(move |_| search.with(|search| ReportRunQuery::from_address(search)));
    // The answer comes with its question: while the next one is on its way, the page shows the last one.
    let page = ask(
        move || (query.get().to_address(), asked.get(), jobs.ended()),
        move |(address, ..)| async move {
            let page = list_report_runs(report, address.clone()).await?;
            Ok((address, page))
        },
    );
    let shown = move |(address, page): (String, ListPage<ReportRun>)| {
        if page.rows.is_empty() {
            return view! { <p class="muted">"It hasn’t run yet."</p> }.into_any();
        }
        let shown = ReportRunQuery::from_address(&address);
        let busy = Signal::derive(move || query.get().to_address() != address);
        let pages = pages(|query| paths::report_runs(report, query), &shown, &page);
        let columns = ["Requested", "By", "State", "Rows", "Size", "Stored until", "File"].map(Column::new).to_vec();
        let rows = page.rows.into_iter().map(row).collect_view();
        view! { <DataTable caption="Runs" columns busy>{rows}</DataTable>{pages} }.into_any()
    };
    view! {
        <div class="stack-small">
            <Loaded resource=page view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) />
        </div>
    }
}

fn row(run: ReportRun) -> AnyView {
    // Whoever may run reports sees their jobs.
    let (jobs, sees_jobs) = (use_jobs(), refused_to_manage().is_none());
    let by = match (&run.asked_by, run.is_scheduled) {
        (_, true) => "Schedule".to_owned(),
        (user, false) => user.as_ref().map(domain::UserSummary::name).unwrap_or_default(),
    };
    let is_done = run.finished.is_some();
    let figure = |text: String| if is_done { text } else { String::new() };
    let (rows, size) = (figure(grouped(run.rows)), figure(file_size(run.bytes)));
    let until = if is_done { day(run.until) } else { or_dash(String::new()) };
    let file = if is_done {
        let label = format!("Download CSV of {}", exact_text(run.created));
        view! { <ButtonLink href=paths::report_file(run.id) size=ButtonSize::Small icon=Glyph::Download label external=true>"Download CSV"</ButtonLink> }
            .into_any()
    } else {
        or_dash(String::new())
    };
    let (created, job) = (run.created, run.job);
    if !run.state.is_over() {
        jobs.follow(job);
    }
    let state = move || {
        let heard = jobs.find(job);
        // What went wrong, in a sentence.
        let why =
            (state(&run, heard.as_ref()) == JobState::Failed).then(|| heard.as_ref().map_or_else(|| run.outcome.clone(), |job| job.outcome.clone()));
        let badge = run_badge(&run, heard.as_ref());
        view! {
            {if sees_jobs { view! { <a href=paths::job(job)>{badge}</a> }.into_any() } else { badge }}
            {why.map(|why| view! { <p class="muted">{why}</p> })}
        }
    };
    view! {
        <Row>
            <RowHeader>{moment(created)}</RowHeader>
            <Cell label="By">{or_dash(by)}</Cell>
            <Cell label="State"><div>{state}</div></Cell>
            <Cell label="Rows">{or_dash(rows)}</Cell>
            <Cell label="Size">{or_dash(size)}</Cell>
            <Cell label="Stored until">{until}</Cell>
            <Cell label="File">{file}</Cell>
        </Row>
    }
    .into_any()
}
