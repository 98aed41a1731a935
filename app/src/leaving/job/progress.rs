//! How far a job is, in words and as a bar.

use domain::{Job, JobProgress, JobState, grouped};
use leptos::prelude::*;

use crate::ui::{Badge, ProgressBar, Tone};

/// The colour of a state.
pub(in crate::leaving) const fn tone(state: JobState) -> Tone {
    match state {
        JobState::Queued => Tone::Neutral,
        JobState::Running => Tone::Info,
        JobState::Succeeded => Tone::Positive,
        JobState::Failed => Tone::Danger,
        JobState::Cancelled => Tone::Warning,
    }
}

/// The state in a word and a colour.
pub(super) fn state_badge(job: &Job) -> AnyView {
    let text = if job.is_cancelling && !job.state.is_over() { "Cancelling" } else { job.state.label() };
    view! { <Badge tone=tone(job.state) text /> }.into_any()
}

/// A bar with figures while it runs, and its outcome afterwards.
pub(super) fn progress(job: &Job) -> AnyView {
    if job.state.is_over() { view! { <span>{job.outcome.clone()}</span> }.into_any() } else { progress_bar(&job.progress) }
}

/// A bar with figures.
pub(crate) fn progress_bar(progress: &JobProgress) -> AnyView {
    let figures = if progress.total > 0 { format!("{} of {}", grouped(progress.done), grouped(progress.total)) } else { String::new() };
    let label = [progress.doing.clone(), figures].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let label = if label.is_empty() { "Waiting for a server".to_owned() } else { label };
    view! { <ProgressBar label percent=progress.percent() /> }.into_any()
}

/// How long it took, or has taken until a moment.
pub(super) fn took(job: &Job) -> String {
    let (Some(started), Some(ended)) = (job.started, job.ended) else { return String::new() };
    let seconds = (ended.millis() - started.millis()).max(0) / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}
