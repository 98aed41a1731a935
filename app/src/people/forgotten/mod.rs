//! Forgotten passwords: asking for a link by mail, and the page that it leads to.

mod link;
mod page;
pub mod rpc;

pub use link::*;
pub use page::*;
