//! Jobs as they are answered (docs/spec/rest-api.md, "Job object").

use domain::Job;
use serde::Serialize;
use utoipa::ToSchema;

use crate::date::Date;

/// A job.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JobOutput {
    /// Identifier.
    #[schema(example = "job_1")]
    id: String,
    /// What it does.
    #[schema(example = "aws-onboarding")]
    kind: &'static str,
    /// `queued`, `running`, `succeeded`, `failed` or `cancelled`.
    #[schema(example = "running")]
    state: &'static str,
    /// What it is about.
    #[schema(example = "Sandbox")]
    subject: String,
    /// Items done.
    #[schema(example = 3)]
    done: u64,
    /// Items in all; 0 while that isn't known.
    #[schema(example = 5)]
    total: u64,
    /// What it is doing; empty while it waits and once it is over.
    #[schema(example = "Waiting for AWS")]
    doing: String,
    /// What came of it, or why it failed and what to do; empty until it is over.
    outcome: String,
    #[schema(value_type = String, example = "2026-11-27T16:18:42+0000")]
    created_time: Date,
    /// When it first began; left out while it waits.
    #[schema(value_type = String, example = "2026-11-27T16:18:42+0000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    started_time: Option<Date>,
    /// When it was over; left out until then.
    #[schema(value_type = String, example = "2026-11-27T16:19:20+0000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_time: Option<Date>,
}

impl From<Job> for JobOutput {
    fn from(job: Job) -> Self {
        let doing = if job.state.is_over() { String::new() } else { job.progress.doing };
        Self {
            id: job.id.to_string(),
            kind: job.kind.key(),
            state: job.state.key(),
            subject: job.subject,
            done: job.progress.done,
            total: job.progress.total,
            doing,
            outcome: job.outcome,
            created_time: job.created.into(),
            started_time: job.started.map(Date::from),
            ended_time: job.ended.map(Date::from),
        }
    }
}
