//! Jobs, and what they do: terminations and reports.

pub mod job;
pub mod report;
pub mod termination;
