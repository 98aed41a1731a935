//! Jobs, and what they do: backups, terminations and reports.

pub mod backup;
pub mod job;
pub mod report;
pub mod termination;
