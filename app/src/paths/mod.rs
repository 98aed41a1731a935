//! Every address of the console, as a function. No page spells one.

mod access;
mod audit;
mod aws;
mod clients;
mod console;
mod inventory;
mod leaving;
mod people;
mod report;

pub use access::*;
pub use audit::*;
pub use aws::*;
pub use clients::*;
pub use console::*;
pub use inventory::*;
pub use leaving::*;
pub use people::*;
pub use report::*;
