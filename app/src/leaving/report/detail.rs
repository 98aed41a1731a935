//! The page of one report: what it lists and when, and its runs.

use domain::{Report, ReportKind, Schedule, UserSummary};
use leptos::prelude::*;

use super::{
    delete::deletion,
    list::{directory, refused_to_manage},
    rpc::{get_report, pause_report, resume_report, run_report},
    runs::Runs,
    words::columns,
};
use crate::{
    error::UiError,
    forms::Sending,
    leaving::job::use_jobs,
    loading::Loaded,
    moment::moment,
    paths,
    thing::{not_found, of_address},
    ui::{Badge, Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Page, Section, Tone, use_toasts},
};

/// The page.
#[component]
pub fn ReportPage() -> impl IntoView {
    let report = of_address("report", get_report);
    let changed = Callback::new(move |changed| report.set(Some(Ok(Some(changed)))));
    let asked = RwSignal::new(0);
    let shown = move |shown: Option<Report>| match shown {
        Some(report) => view! { <Shown report changed asked /> }.into_any(),
        None => not_found("Report"),
    };
    view! { <Loaded resource=report view=Callback::new(shown) /> }
}

#[component]
fn Shown(report: Report, changed: Callback<Report>, asked: RwSignal<u32>) -> impl IntoView {
    let (id, kind, name, is_paused) = (report.row.id, report.row.kind, report.row.profile.name.clone(), report.row.is_paused);
    let (deleting, actions) = (RwSignal::new(false), buttons(&report, changed, asked));
    let delete_refused = refused_to_manage();
    let actions = move || {
        view! {
            <span data-needs-script="">
                <Button icon=Glyph::Trash disabled_because=delete_refused.clone() on_click=move || deleting.set(true)>"Delete"</Button>
            </span>
            {actions.run()}
        }
    };
    let paused = move || is_paused.then(|| view! { <Badge tone=Tone::Warning text="Paused" /> });
    view! {
        <Page title=name.clone() crumbs=directory(kind).crumbs([Crumb::text(name.clone())]) beside=paused actions>
            <div class="stack">
                <Section title="Report">{facts(report)}</Section>
                <Section title="Runs" description="Files are CSV in UTF-8 with a byte order mark."><Runs report=id asked /></Section>
            </div>
        </Page>
        {deletion(kind, id, name, deleting)}
    }
}

/// Pause or resume, edit, and run.
fn buttons(report: &Report, changed: Callback<Report>, asked: RwSignal<u32>) -> ViewFn {
    let (id, is_paused) = (report.row.id, report.row.is_paused);
    let has_schedule = report.row.profile.schedule != Schedule::Once;
    let refused = refused_to_manage();
    let (pausing, running, toasts, jobs) = (Sending::new(), Sending::new(), use_toasts(), use_jobs());
    let was_changed = move |answer: Result<Report, UiError>| match answer {
        Ok(report) => changed.run(report),
        Err(error) => toasts.error(error.to_string()),
    };
    let pause = move || {
        if is_paused {
            pausing.run(resume_report(id), was_changed);
        } else {
            pausing.run(pause_report(id), was_changed);
        }
    };
    let run = move || {
        running.run(run_report(id), move |answer| match answer {
            Ok(_) => {
                jobs.listen();
                asked.update(|asked| *asked += 1);
            }
            Err(error) => toasts.error(error.to_string()),
        });
    };
    ViewFn::from(move || {
        let (icon, word) = if is_paused { (Glyph::Play, "Resume") } else { (Glyph::Pause, "Pause") };
        let pause = has_schedule.then(|| {
            view! { <Button icon busy=pausing.busy() disabled_because=refused.clone() on_click=pause>{word}</Button> }
        });
        view! {
            <span data-needs-script="">{pause}</span>
            <ButtonLink href=paths::report_edit(id) icon=Glyph::Pencil disabled_because=refused.clone()>"Edit"</ButtonLink>
            <span data-needs-script="">
                <Button variant=ButtonVariant::Primary icon=Glyph::Play busy=running.busy() disabled_because=refused.clone() on_click=run>"Run now"</Button>
            </span>
        }
    })
}

fn facts(report: Report) -> AnyView {
    let Report { row, planned, created, updated, updated_by, .. } = report;
    let profile = row.profile;
    let by = |user: Option<UserSummary>| user.map(|user| format!(" by {}", user.name()));
    let clients = (row.kind == ReportKind::TenantProfiles).then(|| view! { <Description label="Clients" value=profile.selection.words() /> });
    let planned = planned.iter().map(|run| run.local.clone()).collect::<Vec<_>>().join("\n");
    let planned = (!planned.is_empty()).then(|| view! { <Description label="Next runs" value=planned /> });
    let mailed = (!profile.recipients.is_empty()).then(|| view! { <Description label="E-mail a link to" value=profile.recipients.join("\n") /> });
    let columns = columns(row.kind, &profile.attributes);
    view! {
        <DescriptionList>
            {clients}
            <Description label="Attributes" value=columns />
            <Description label="Schedule" value=format!("{}, {}", profile.schedule, profile.time_zone) />
            {planned}
            {mailed}
            <Description label="Files are stored for" value=domain::counted(u64::from(profile.days), "day", "days") />
            <Description label="Owner" value=row.owner.map(|owner| owner.name()) />
            <Description label="Created">{moment(created)}</Description>
            <Description label="Last updated">{moment(updated)}{by(updated_by)}</Description>
        </DescriptionList>
    }
    .into_any()
}
