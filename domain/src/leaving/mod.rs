//! Jobs, and what they do when somebody leaves: terminations.

mod job;
mod termination;

pub use job::{Job, JobFilter, JobId, JobKind, JobProgress, JobQuery, JobSort, JobState};
pub use termination::{Erased, ErasedCount, Receipt, Statement, TerminationDraft, TerminationPreview};
