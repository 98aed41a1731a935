//! Every address of the console, as a function. No page spells one.

mod client;
mod console;
mod directory;

pub use client::*;
pub use console::*;
pub use directory::*;
