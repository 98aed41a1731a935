//! Resources, which are devices.

pub(crate) mod handlers;
mod input;
mod output;
mod tag;
