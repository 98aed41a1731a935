//! Many clients from a file: it is uploaded and checked, read differently if need be, and imported by a job when every row of it is right.

mod file;
mod page;
mod reading;
mod report;
mod template;

pub use page::*;
