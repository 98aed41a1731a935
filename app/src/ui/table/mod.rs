//! Tables of records: sorted by links, paged by links, and on a phone a card for each row.

mod data_table;
mod pager;

pub use data_table::*;
pub use pager::*;
