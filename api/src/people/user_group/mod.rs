//! User groups.

pub(crate) mod handlers;
mod input;
mod output;
