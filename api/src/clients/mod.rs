//! Clients, their partner, and the lists of what may be chosen for them.

pub(crate) mod cfg;
pub(crate) mod client;
pub(crate) mod partner;
