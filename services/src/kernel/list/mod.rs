//! The engine behind every list: which rows, in which order, from where on, and how many there are.

pub(super) mod bookmarks;
mod listing;
mod order;
mod pattern;

pub(crate) use listing::{Listing, Texts};
pub(crate) use order::Sort;
pub(crate) use pattern::{like, like_anywhere};
