//! Jobs, and what they do when somebody leaves: terminations.

pub mod job;
pub mod termination;
