//! Roles.

mod contents;
pub(crate) mod handlers;
mod input;
mod output;
