//! Login history.

pub(crate) mod handlers;
mod output;
