//! Long work.

pub(crate) mod job;
