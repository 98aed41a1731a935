//! Jobs: the list, one job, and following them wherever one is.

mod detail;
mod follow;
mod list;
mod progress;
pub mod rpc;

pub use detail::JobPage;
pub(crate) use follow::{Jobs, use_jobs};
pub use list::JobsPage;
pub(crate) use progress::progress_bar;
pub(super) use progress::tone;
