//! Many devices from a file: it is looked at first, and imported when every row of it is right.

mod button;
mod columns;
mod file;
mod page;
mod report;

pub use page::*;
