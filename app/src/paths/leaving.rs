//! The addresses of jobs.

use domain::{JobId, JobQuery};

use super::listed;

/// Where a page hears what becomes of jobs. No page of the console.
pub const JOB_EVENTS: &str = "/events/jobs";

/// As [`JOB_EVENTS`], also of jobs that may be over by now.
#[must_use]
pub fn job_events(followed: &[JobId]) -> String {
    let ids = followed.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    format!("{JOB_EVENTS}?followed={ids}")
}

/// The list of jobs, as a query wants it.
#[must_use]
pub fn jobs(query: &JobQuery) -> String {
    listed("/jobs", query)
}

/// A job.
#[must_use]
pub fn job(id: JobId) -> String {
    format!("/jobs/{id}")
}
