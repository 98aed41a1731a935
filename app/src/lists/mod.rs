//! Lists by name: their page, search, page links, and picking some of their rows.

mod columns;
mod list;
mod of_client;
mod pages;
mod pick;
mod saved;
mod search;
mod stand;

pub(crate) use columns::with_columns;
pub(crate) use list::*;
pub(crate) use of_client::*;
pub(crate) use pages::*;
pub(crate) use pick::*;
pub(crate) use saved::saved_filters;
pub(crate) use search::*;
pub(crate) use stand::*;
