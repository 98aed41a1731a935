//! The members of a management account, as “Manage Customer Accounts” shows them.

mod bar;
mod filter;
mod head;
mod page;
mod row;
mod ticked;

pub use page::MembersPage;
