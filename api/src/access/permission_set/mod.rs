//! Permission sets.

pub(crate) mod handlers;
mod input;
mod output;
