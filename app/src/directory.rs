//! What the pages of all nouns share: a list by name, one thing by the id in the address, and picking some of many.

mod delete;
mod list;
mod pages;
mod pick;
mod search;
mod thing;

pub(crate) use delete::*;
pub(crate) use list::*;
pub(crate) use pages::*;
pub(crate) use pick::*;
pub(crate) use search::*;
pub(crate) use thing::*;
