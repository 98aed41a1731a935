//! The wizard that onboards a client: six tabs over one draft, which the server keeps.

mod buttons;
mod drafts;
mod faults;
mod flushed;
mod mark;
mod page;
mod saver;

pub use page::*;
