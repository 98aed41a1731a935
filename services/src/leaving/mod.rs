//! Jobs, and what they do: backups, terminations and reports.

pub(crate) mod backup;
mod folders;
pub(crate) mod job;
pub(crate) mod report;
mod store;
pub(crate) mod termination;
