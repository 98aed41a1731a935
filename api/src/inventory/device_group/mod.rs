//! Device groups.

mod children;
pub(crate) mod handlers;
mod input;
pub(crate) mod output;
