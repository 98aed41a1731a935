//! The caller's own account.

mod email;
mod email_link;
mod page;
mod password;
pub mod rpc;
mod sessions;

pub use email_link::*;
pub use page::*;
