//! The partner.

pub(crate) mod handlers;
mod output;
