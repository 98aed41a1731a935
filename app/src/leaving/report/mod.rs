//! Reports: the lists, one report with its runs, and the form of both pages.

mod attributes;
mod delete;
mod detail;
mod edit;
mod form;
mod list;
mod new;
pub mod rpc;
mod runs;
mod schedule;
mod words;

pub use detail::ReportPage;
pub use edit::ReportEditPage;
pub use list::{AuditReportsPage, TenantProfilesPage};
pub use new::{NewAuditReportPage, NewTenantProfilesPage};
