//! The catalogues: what the partner offers its clients.

mod actions;
mod editor;
mod list;
mod page;
pub mod rpc;
mod services;

pub use editor::*;
pub use page::*;
