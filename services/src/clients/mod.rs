//! The partner and its clients, with what is chosen and shown for them.

pub(crate) mod catalogue;
pub(crate) mod client;
pub(crate) mod draft;
pub(crate) mod image;
pub(crate) mod partner;
pub(crate) mod tenant;
