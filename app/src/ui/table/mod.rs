//! Tables of records: sorted by links, paged by links, and on a phone a card for each row.

mod data_table;
mod hidden;
mod opening;
mod pager;

pub use data_table::*;
pub use hidden::HiddenColumns;
pub use pager::*;
