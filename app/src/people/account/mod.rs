//! The caller's own account.

mod page;
mod password;
pub mod rpc;
mod sessions;

pub use page::*;
