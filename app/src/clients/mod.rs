//! Clients, the catalogues they are set up with, and the partner itself.

pub mod catalogue;
pub mod client;
pub mod partner;
