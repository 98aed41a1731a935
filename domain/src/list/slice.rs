//! A part of a list by position, as the API pages (docs/spec/rest-api.md, "Paging").

use crate::{Direction, NameSort};

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice<S = NameSort> {
    /// The number of rows before it.
    pub offset: u64,
    /// The most rows.
    pub limit: u32,
    /// What orders the list.
    pub sort: S,
    /// The direction of the order.
    pub direction: Direction,
}

/// The rows of a [`Slice`], and how many rows the list has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sliced<T> {
    /// In the wanted order.
    pub rows: Vec<T>,
    /// All rows of the list.
    pub total: u64,
}
