//! Jobs, and what they do when somebody leaves: terminations.

pub(crate) mod job;
pub(crate) mod termination;
