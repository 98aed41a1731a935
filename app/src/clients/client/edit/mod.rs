//! One client to change: all sections on one page, a look at what changed before it is saved, and a choice when somebody else was faster.

pub(in crate::clients::client) mod changes;
mod conflict;
mod editing;
mod editor;
mod page;

pub use page::*;
