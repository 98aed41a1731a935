//! AWS accounts in words and colours.

use domain::{AwsAccount, AwsAccountState, AwsRefresh, AwsStatus, JobId, JobProgress};
use leptos::prelude::*;

use crate::{
    leaving::job::{progress_bar, use_jobs},
    moment::moment,
    paths,
    ui::{Badge, CopyText, Tone, or_dash},
};

/// How far the console is with an account, in a word and a colour.
pub(super) fn state_badge(state: AwsAccountState) -> AnyView {
    let tone = match state {
        AwsAccountState::Discovered => Tone::Neutral,
        AwsAccountState::Onboarding => Tone::Info,
        AwsAccountState::Onboarded => Tone::Positive,
        AwsAccountState::Pending => Tone::Warning,
        AwsAccountState::Failed => Tone::Danger,
    };
    view! { <Badge tone text=state.label() /> }.into_any()
}

/// As [`state_badge`], with the progress of the job that works on it, or the sentence that says why it doesn't go on.
pub(super) fn live_state(account: &AwsAccount) -> AnyView {
    let progress = account.job.map(live_progress);
    let problem = (!account.problem.is_empty() && account.job.is_none()).then(|| view! { <p class="muted">{account.problem.clone()}</p> });
    view! { <div class="cell-lines">{state_badge(account.state)}{progress}{problem}</div> }.into_any()
}

/// How far a job is, until it is over.
pub(super) fn live_progress(job: JobId) -> AnyView {
    let jobs = use_jobs();
    jobs.follow(job);
    let bar = move || match jobs.find(job) {
        Some(job) if job.state.is_over() => None,
        Some(job) => Some(progress_bar(&job.progress)),
        None => Some(progress_bar(&JobProgress::default())),
    };
    IntoAny::into_any(bar)
}

/// The state of an account at AWS; only what is unusual gets a colour.
pub(super) fn status(status: Option<AwsStatus>) -> AnyView {
    let tone = match status {
        None => return or_dash(String::new()),
        Some(AwsStatus::Active) => return view! { <span>{AwsStatus::Active.label()}</span> }.into_any(),
        Some(AwsStatus::Pending) => Tone::Info,
        Some(AwsStatus::Suspended | AwsStatus::PendingClosure) => Tone::Warning,
        Some(AwsStatus::Closed | AwsStatus::Gone) => Tone::Danger,
    };
    let text = status.map_or("", AwsStatus::label);
    view! { <Badge tone text /> }.into_any()
}

/// What became of reading the members.
pub(super) fn last_refresh(refresh: &AwsRefresh) -> AnyView {
    let at = refresh.at.map_or_else(|| view! { <span class="muted">"Never"</span> }.into_any(), moment);
    let failed = (!refresh.failure.is_empty() && refresh.job.is_none()).then(|| {
        view! { <Badge tone=Tone::Danger text="Failed" /><p class="muted">{refresh.failure.clone()}</p> }
    });
    view! { <div class="cell-lines">{at}{failed}{refresh.job.map(live_progress)}</div> }.into_any()
}

/// The customer, as a link.
pub(super) fn customer(account: &AwsAccount) -> AnyView {
    match &account.client {
        Some(client) => view! { <a href=paths::client(client.id)>{client.name.clone()}</a> }.into_any(),
        None => or_dash(String::new()),
    }
}

/// The ARN of the role, to copy.
pub(super) fn role(account: &AwsAccount) -> AnyView {
    match &account.role {
        Some(arn) => view! { <CopyText label=format!("Copy the Role ARN of {}", account.name) value=arn.to_string() /> }.into_any(),
        None => or_dash(String::new()),
    }
}
