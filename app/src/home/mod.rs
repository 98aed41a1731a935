//! The home page: what needs attention, what to go on with, and how much there is.

mod attention;
mod figures;
mod page;
pub mod rpc;

pub use page::HomePage;
