//! Lists: what is asked of one, and what it answers. Pages read a list page by page, and the API reads it by position.

mod filter;
mod page;
mod query;
mod slice;
mod sort;

pub(crate) use filter::{FILTER, client_pair, read_client};
pub use filter::{Keyed, ListFilter, OfClient, OwnerFilter};
pub use page::{ListPage, PAGE_SIZES, PageAt, Total};
pub use query::{NameQuery, Query};
pub use slice::{Slice, Sliced};
pub use sort::{Direction, NameSort};
