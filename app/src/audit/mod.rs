//! The audit log: the list of its records, its export, its retention, and the records of one thing on the page of that thing.

mod filter;
mod list;
mod live;
mod records;
mod retention;
pub mod rpc;
mod section;

pub use list::AuditPage;
pub(crate) use retention::retention_section;
pub(crate) use section::{audit_of_client, audit_of_role, audit_of_user, sees_audit};
