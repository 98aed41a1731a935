//! How answers of the server are written and read.
//!
//! They are JSON as serde_json writes it. The page reads it with a reader of its own, much smaller: it knows no fractions, and
//! doesn't say what is wrong with a text. Nobody could do anything about it but reload the page.

mod codec;
mod reader;

pub use codec::*;
pub use reader::Unreadable;
