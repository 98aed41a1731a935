//! Clients.

mod details;
mod draft;
pub(crate) mod handlers;
mod images;
mod input;
mod output;
pub(crate) mod reference;
mod unused;
