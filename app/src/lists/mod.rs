//! Lists by name: their page, search, page links, and picking some of their rows.

mod list;
mod pages;
mod pick;
mod search;

pub(crate) use list::*;
pub(crate) use pages::*;
pub(crate) use pick::*;
pub(crate) use search::*;
