//! The addresses of reports.

use domain::{ClientQuery, ReportId, ReportKind, ReportQuery, ReportRunId, ReportRunQuery, list_filter};

use super::listed;

/// The pair of an address that says that the list of clients leads there.
const OF_LIST: &str = "clients=listed";

/// The list of reports of clients, as a query wants it.
#[must_use]
pub fn tenant_profiles(query: &ReportQuery) -> String {
    listed("/reports/tenant-profiles", query)
}

/// The list of reports of audit records, as a query wants it.
#[must_use]
pub fn audit_reports(query: &ReportQuery) -> String {
    listed("/reports/audit-log", query)
}

/// Make a report of a kind.
#[must_use]
pub fn report_new(kind: ReportKind) -> String {
    format!("/reports/{}/new", kind.key())
}

/// Make a report of the clients that a view of their list shows.
#[must_use]
pub fn report_of_clients(query: &ClientQuery) -> String {
    let (new, filter) = (report_new(ReportKind::TenantProfiles), list_filter(query));
    if filter.is_empty() { format!("{new}?{OF_LIST}") } else { format!("{new}?{OF_LIST}&{filter}") }
}

/// Whether the part of an address behind `?` was made by [`report_of_clients`].
#[must_use]
pub fn is_of_list(query: &str) -> bool {
    query.trim_start_matches('?').split('&').any(|pair| pair == OF_LIST)
}

/// A report.
#[must_use]
pub fn report(id: ReportId) -> String {
    format!("/reports/{id}")
}

/// A report, with a page of its runs.
#[must_use]
pub fn report_runs(id: ReportId, query: &ReportRunQuery) -> String {
    listed(&report(id), query)
}

/// A report, to change.
#[must_use]
pub fn report_edit(id: ReportId) -> String {
    format!("/reports/{id}/edit")
}

/// The path of [`report_file`], as the server routes it.
pub const REPORT_FILE: &str = "/report-runs/{run}/file";

/// The file of a run. No page of the console.
#[must_use]
pub fn report_file(id: ReportRunId) -> String {
    format!("/report-runs/{id}/file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_clients_leads_to_a_report_with_its_filter() {
        let plain = ClientQuery::from_address("sort=created&page=2&after=1~9");
        assert_eq!(report_of_clients(&plain), "/reports/tenant-profiles/new?clients=listed");
        let found = report_of_clients(&ClientQuery::from_address("q=acme&status=all&size=100"));
        assert_eq!(found, "/reports/tenant-profiles/new?clients=listed&q=acme&status=all");
        assert!(is_of_list("?clients=listed&q=acme") && !is_of_list("") && !is_of_list("?q=clients%3Dlisted"));
    }
}
