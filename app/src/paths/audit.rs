//! The addresses of the audit log.

use domain::{AuditQuery, JobId};

use super::listed;

/// The file of an export. No page of the console.
pub const AUDIT_EXPORT: &str = "/audit-exports/{job}";

/// Where a page hears of new records. No page of the console.
pub const AUDIT_EVENTS: &str = "/events/audit";

/// As [`AUDIT_EVENTS`], by the newest record that the page knows.
#[must_use]
pub fn audit_events(seen: &str) -> String {
    format!("{AUDIT_EVENTS}?seen={seen}")
}

/// The list of audit records, as a query wants it.
#[must_use]
pub fn audit(query: &AuditQuery) -> String {
    listed("/audit", query)
}

/// The file of an export, by its job.
#[must_use]
pub fn audit_export(job: JobId) -> String {
    format!("/audit-exports/{job}")
}
