//! One job: how far it is, what came of it, and what can be done about it.

use domain::{Job, JobKind, JobState};
use leptos::prelude::*;

use super::{
    list::{JOBS, title},
    progress::{progress, state_badge, took},
    rpc::{cancel_job, get_job, repeat_job},
    use_jobs,
};
use crate::{
    error::UiError,
    forms::Sending,
    loading::Loaded,
    moment::moment,
    paths,
    thing::{not_found, of_address},
    ui::{Button, ButtonLink, Crumb, Description, DescriptionList, Glyph, Page, use_toasts},
};

/// The page.
#[component]
pub fn JobPage() -> impl IntoView {
    let job = of_address("job", get_job);
    let changed = Callback::new(move |changed| job.set(Some(Ok(Some(changed)))));
    let shown = move |job: Option<Job>| match job {
        Some(job) => shown(job, changed),
        None => not_found("Job"),
    };
    view! { <Loaded resource=job view=Callback::new(shown) /> }
}

fn shown(job: Job, changed: Callback<Job>) -> AnyView {
    let title = title(&job);
    let crumbs = JOBS.crumbs([Crumb::text(title.clone())]);
    let (id, client, created) = (job.id, job.client, job.created);
    let by = job.owner.as_ref().map(domain::UserSummary::name);
    let live = use_jobs().latest(job);
    let times = move || {
        let job = live.get();
        view! {
            <Description label="Started">{job.started.map(moment)}</Description>
            <Description label="Ended">{job.ended.map(moment)}</Description>
            <Description label="Took" value=Some(took(&job)) />
        }
    };
    view! {
        <Page title crumbs beside=move || live.with(state_badge) actions=move || live.with(|job| buttons(job, changed))>
            <div class="card stack">
                {move || live.with(progress)}
                <DescriptionList>
                    <Description label="Requested">{moment(created)}</Description>
                    <Description label="By" value=by />
                    {client.map(|client| view! { <Description label="Client"><a href=paths::client(client)>{client.to_string()}</a></Description> })}
                    {times}
                    <Description label="ID"><span class="mono">{id.to_string()}</span></Description>
                </DescriptionList>
            </div>
        </Page>
    }
    .into_any()
}

fn buttons(job: &Job, changed: Callback<Job>) -> AnyView {
    let (id, sending, toasts, jobs) = (job.id, Sending::new(), use_toasts(), use_jobs());
    let done = move |answer: Result<Job, UiError>| match answer {
        Ok(job) => {
            changed.run(job);
            jobs.listen();
        }
        Err(error) => toasts.error(error.to_string()),
    };
    let cancel = job.may_cancel.then(|| {
        view! { <Button icon=Glyph::Close busy=sending.busy() on_click=move || sending.run(cancel_job(id), done)>"Cancel job"</Button> }
    });
    let again = job.may_repeat.then(|| {
        view! { <Button icon=Glyph::Refresh busy=sending.busy() on_click=move || sending.run(repeat_job(id), done)>"Run again"</Button> }
    });
    let is_export = job.kind == JobKind::AuditExport && job.state == JobState::Succeeded && job.is_own;
    let file = is_export.then(|| view! { <ButtonLink href=paths::audit_export(id) icon=Glyph::Download external=true>"Download file"</ButtonLink> });
    view! { {file}{cancel}{again} }.into_any()
}
