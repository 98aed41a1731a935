//! Who uses the console, and how they sign in.

pub mod account;
pub mod api_key;
pub mod factor;
pub mod forgotten;
pub mod invitation;
mod link_page;
pub mod session;
pub mod setup;
pub mod user;
pub mod user_group;
