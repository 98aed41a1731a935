//! Some of very many values, found by typing: the server searches, what is chosen stands below as chips that can be taken away.

mod candidates;
mod chips;
mod field;
mod picked;
mod state;

pub use candidates::*;
pub use field::*;
pub use picked::*;
