//! The audit log: the list of its records, and its export.

mod filter;
mod list;
pub mod rpc;

pub use list::AuditPage;
