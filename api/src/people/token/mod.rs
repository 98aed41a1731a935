//! Access tokens.

pub(crate) mod handlers;
mod output;
