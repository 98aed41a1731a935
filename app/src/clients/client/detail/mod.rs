//! Client Details: every setting of a client, to read.

mod facts;
mod lists;
mod page;

pub use page::*;
