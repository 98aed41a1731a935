//! Jobs, and what they do: terminations and reports.

mod job;
mod report;
mod termination;

pub use job::{Job, JobFilter, JobId, JobKind, JobProgress, JobQuery, JobSort, JobState};
pub use report::*;
pub use termination::{Erased, ErasedCount, Receipt, Statement, TerminationDraft, TerminationPreview};
