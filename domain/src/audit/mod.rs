//! The audit log: who did what to what, when, from where and through what (docs/spec/audit.md).

mod action;
mod export;
mod query;
mod record;
mod retention;

pub use crate::id::AuditId;
pub use action::{AUDIT_ACTIONS, SIGN_IN_REFUSED, action_label};
pub use export::{AuditExportDraft, AuditFormat};
pub use query::{AuditFilter, AuditQuery, AuditSort, Moment};
pub use record::{AuditActor, AuditRecord, Through};
pub use retention::{AuditRetention, AuditRetentionDraft};
