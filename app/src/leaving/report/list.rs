//! The pages that list reports, one for each kind.

use std::future::Future;

use domain::{NameSort, Permission, ReportKind, ReportRow};
use leptos::prelude::*;

use super::{rpc::list_reports, words::run_badge};
use crate::{
    caller::{refusal, use_caller},
    error::UiError,
    leaving::job::use_jobs,
    lists::{Add, Directory, REPORTS, list_page},
    moment::moment,
    paths,
    ui::{Badge, Cell, Glyph, Row, RowHeader, Tone, or_dash},
};

/// The list of reports of clients.
pub(super) const TENANT_PROFILES: Directory<()> = Directory {
    place: REPORTS,
    title: "Tenant Profiles",
    noun: "report",
    searched: "Name",
    about: "Reports list your organization and its clients, with addresses and device counts, as a CSV file: now or on a schedule.",
    glyph: Glyph::Chart,
    filters: &[],
    columns: &["Name", "Schedule", "Next run", "Last run", "Owner"],
    sorted: Some(NameSort::Name),
    address: paths::tenant_profiles,
};

/// The list of reports of audit records.
pub(super) const AUDIT_LOG: Directory<()> = Directory {
    title: "Audit Log Reports",
    about: "Reports list who did what, when and from where, as a CSV file: now or on a schedule.",
    glyph: Glyph::Shield,
    address: paths::audit_reports,
    ..TENANT_PROFILES
};

/// The list of a kind.
pub(super) const fn directory(kind: ReportKind) -> &'static Directory<()> {
    match kind {
        ReportKind::TenantProfiles => &TENANT_PROFILES,
        ReportKind::AuditLog => &AUDIT_LOG,
    }
}

/// Why the caller can't manage reports.
pub(super) fn refused_to_manage() -> Option<String> {
    refusal(Permission::ReportManage, use_caller().place())
}

/// The page of reports of clients.
#[component]
pub fn TenantProfilesPage() -> impl IntoView {
    page(ReportKind::TenantProfiles, |query| list_reports(ReportKind::TenantProfiles, query))
}

/// The page of reports of audit records.
#[component]
pub fn AuditReportsPage() -> impl IntoView {
    page(ReportKind::AuditLog, |query| list_reports(ReportKind::AuditLog, query))
}

fn page<Fut>(kind: ReportKind, list: fn(String) -> Fut) -> AnyView
where
    Fut: Future<Output = Result<domain::ListPage<ReportRow>, UiError>> + Send + 'static,
{
    list_page(directory(kind), Add { href: paths::report_new(kind), refused: refused_to_manage() }, list, row)
}

fn row(row: ReportRow) -> AnyView {
    let ReportRow { id, profile, is_paused, next_run, owner, last_run, .. } = row;
    let next_run = match next_run {
        Some(at) => moment(at),
        None if is_paused => view! { <Badge tone=Tone::Warning text="Paused" /> }.into_any(),
        None => or_dash(String::new()),
    };
    let jobs = use_jobs();
    let last_run = last_run.map_or_else(
        || or_dash(String::new()),
        |run| {
            let at = run.created;
            if !run.state.is_over() {
                jobs.follow(run.job);
            }
            view! { <span class="inline">{moment(at)}" "{move || run_badge(&run, jobs.find(run.job).as_ref())}</span> }.into_any()
        },
    );
    view! {
        <Row>
            <RowHeader><a href=paths::report(id)>{profile.name}</a></RowHeader>
            <Cell label="Schedule">{profile.schedule.to_string()}</Cell>
            <Cell label="Next run">{next_run}</Cell>
            <Cell label="Last run">{last_run}</Cell>
            <Cell label="Owner">{or_dash(owner.map(|owner| owner.name()).unwrap_or_default())}</Cell>
        </Row>
    }
    .into_any()
}
