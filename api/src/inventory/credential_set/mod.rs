//! Credential sets.

pub(crate) mod handlers;
mod input;
mod output;
mod schema;
pub(crate) mod value;
