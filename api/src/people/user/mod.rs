//! Users.

mod draft;
pub(crate) mod handlers;
pub(crate) mod input;
pub(crate) mod listed;
pub(crate) mod notification;
pub(crate) mod output;
pub(crate) mod reference;
mod zone;
