//! The effective access of a user, and its reasons.

mod answer;
mod link;
mod page;
pub mod rpc;
mod user_clients;
mod viewers;

pub(crate) use link::{refused_to_ask, why_link};
pub use page::WhyPage;
pub(crate) use user_clients::user_clients;
pub(crate) use viewers::viewers_section;
