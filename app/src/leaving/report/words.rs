//! The words for runs.

use domain::{Job, JobState, ReportAttribute, ReportKind, ReportRun};
use leptos::prelude::*;

use crate::{leaving::job::tone, ui::Badge};

/// The state of a run as it is now: as it was read, or as its job was last heard of.
pub(super) fn state(run: &ReportRun, job: Option<&Job>) -> JobState {
    job.map_or(run.state, |job| job.state)
}

/// The state of a run in a word and a colour.
pub(super) fn run_badge(run: &ReportRun, job: Option<&Job>) -> AnyView {
    let state = state(run, job);
    let percent = job.map_or(&run.progress, |job| &job.progress).percent();
    let text = match (state, percent) {
        (JobState::Running, Some(percent)) => format!("{} {percent} %", state.label()),
        _ => state.label().to_owned(),
    };
    view! { <Badge tone=tone(state) text /> }.into_any()
}

/// The columns of a report, shortened where it has all of them.
pub(super) fn columns(kind: ReportKind, attributes: &[ReportAttribute]) -> String {
    let all = kind.attributes().count();
    if attributes.len() == all {
        return format!("All {all}");
    }
    attributes.iter().map(|attribute| attribute.label()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_columns_are_counted_and_some_are_named() {
        let all: Vec<_> = ReportKind::TenantProfiles.attributes().collect();
        assert_eq!(columns(ReportKind::TenantProfiles, &all), "All 22");
        assert_eq!(columns(ReportKind::TenantProfiles, &all[4..7]), "Email, Address, City");
    }
}
