//! Jobs.

pub(crate) mod handlers;
pub(crate) mod output;
