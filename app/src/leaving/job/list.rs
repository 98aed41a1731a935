//! The Jobs page.

use domain::{Job, JobFilter, JobSort, JobState};
use leptos::prelude::*;

use super::{
    progress::{progress, state_badge, took},
    rpc::list_jobs,
    use_jobs,
};
use crate::{
    lists::{ADMINISTRATION, Directory, list_page_with},
    moment::moment,
    paths,
    ui::{Cell, Glyph, Row, RowHeader, or_dash},
};

/// The list.
pub(super) const JOBS: Directory<JobFilter, JobSort> = Directory {
    place: ADMINISTRATION,
    title: "Jobs",
    noun: "job",
    searched: "Name",
    about: "Long-running work, such as terminating a client, appears here with its progress and result.",
    glyph: Glyph::Clock,
    filters: &[
        (None, "All"),
        (Some(JobState::Running), JobState::Running.label()),
        (Some(JobState::Queued), JobState::Queued.label()),
        (Some(JobState::Failed), JobState::Failed.label()),
        (Some(JobState::Succeeded), JobState::Succeeded.label()),
        (Some(JobState::Cancelled), JobState::Cancelled.label()),
    ],
    columns: &["Job", "State", "Progress", "Requested", "By", "Took"],
    sorted: None,
    address: paths::jobs,
};

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    list_page_with(&JOBS, ViewFn::from(|| ()), list_jobs, row)
}

fn row(job: Job) -> AnyView {
    let (id, title, created) = (job.id, title(&job), job.created);
    let by = job.owner.as_ref().map(domain::UserSummary::name).unwrap_or_default();
    let live = use_jobs().latest(job);
    view! {
        <Row>
            <RowHeader><a href=paths::job(id)>{title}</a></RowHeader>
            <Cell label="State">{move || live.with(state_badge)}</Cell>
            <Cell label="Progress">{move || live.with(progress)}</Cell>
            <Cell label="Requested">{moment(created)}</Cell>
            <Cell label="By">{or_dash(by)}</Cell>
            <Cell label="Took">{move || or_dash(live.with(took))}</Cell>
        </Row>
    }
    .into_any()
}

/// What a job does and about what.
pub(super) fn title(job: &Job) -> String {
    format!("{} of {}", job.kind.label(), job.subject)
}
