//! The page of a one-time link, on which an invited user chooses a password.

mod page;
pub mod rpc;

pub use page::*;
