//! Jobs, and what they do: terminations and reports.

pub(crate) mod job;
pub(crate) mod report;
pub(crate) mod termination;
