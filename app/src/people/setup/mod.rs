//! The one-time page on which the first administrator is made.

mod page;
pub mod rpc;

pub use page::*;
