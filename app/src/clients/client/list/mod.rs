//! The Clients page. What it shows stands in the address, so a view can be shared, and every change of it is a link or a form.

mod filter;
mod page;
mod pages;
mod rows;
mod tick;

pub use page::*;
