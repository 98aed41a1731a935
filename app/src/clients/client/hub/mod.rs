//! A client as a place: a header, and a tab for everything that belongs to it. Each tab has an address.

mod bare;
mod content;
mod facts;
mod header;
mod overview;
mod page;
mod settings;
mod settings_lists;
mod tab;

pub use page::ClientPage;
pub(in crate::clients::client) use page::{client_of_address, no_client};
pub use tab::ClientTab;
