//! The server functions of reports: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{ListPage, PlannedRun, Report, ReportDraft, ReportId, ReportKind, ReportRow, ReportRun, ReportSetting, ScheduleDraft};
#[cfg(feature = "ssr")]
use domain::{ReportQuery, ReportRunQuery};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the reports of a kind; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "reports/list", input = GetUrl, client = PageClient)]
pub async fn list_reports(kind: ReportKind, query: String) -> Result<ListPage<ReportRow>, UiError> {
    call(async |services, caller| services.report_list(&caller, kind, &ReportQuery::from_address(&query)).await).await
}

/// A report.
#[server(prefix = "/rpc", endpoint = "reports/get", input = GetUrl, client = PageClient)]
pub async fn get_report(id: ReportId) -> Result<Report, UiError> {
    call(async |services, caller| services.report_get(&caller, id).await).await
}

/// What the form of a report has to know.
#[server(prefix = "/rpc", endpoint = "reports/setting", input = GetUrl, client = PageClient)]
pub async fn get_report_setting() -> Result<ReportSetting, UiError> {
    call(async |services, caller| services.report_setting(&caller).await).await
}

/// The next runs of a schedule.
#[server(prefix = "/rpc", endpoint = "reports/preview", input = Json, client = PageClient)]
pub async fn preview_report(schedule: ScheduleDraft) -> Result<Vec<PlannedRun>, UiError> {
    call(async |services, caller| services.report_preview(&caller, schedule).await).await
}

/// Makes a report; without a schedule it runs at once.
#[server(prefix = "/rpc", endpoint = "reports/create", input = Json, client = PageClient)]
pub async fn create_report(kind: ReportKind, draft: ReportDraft) -> Result<Report, UiError> {
    call(async |services, caller| services.report_create(&caller, kind, draft).await).await
}

/// Changes a report, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "reports/update", input = Json, client = PageClient)]
pub async fn update_report(id: ReportId, version: i64, draft: ReportDraft) -> Result<Report, UiError> {
    call(async |services, caller| services.report_update(&caller, id, version, draft).await).await
}

/// Stops the schedule of a report.
#[server(prefix = "/rpc", endpoint = "reports/pause", client = PageClient)]
pub async fn pause_report(id: ReportId) -> Result<Report, UiError> {
    call(async |services, caller| services.report_pause(&caller, id).await).await
}

/// Undoes a pause.
#[server(prefix = "/rpc", endpoint = "reports/resume", client = PageClient)]
pub async fn resume_report(id: ReportId) -> Result<Report, UiError> {
    call(async |services, caller| services.report_resume(&caller, id).await).await
}

/// Deletes a report with its runs.
#[server(prefix = "/rpc", endpoint = "reports/delete", client = PageClient)]
pub async fn delete_report(id: ReportId) -> Result<(), UiError> {
    call(async |services, caller| services.report_delete(&caller, id).await).await
}

/// Runs a report now.
#[server(prefix = "/rpc", endpoint = "reports/run", client = PageClient)]
pub async fn run_report(id: ReportId) -> Result<ReportRun, UiError> {
    call(async |services, caller| services.report_run(&caller, id).await).await
}

/// One page of the runs of a report.
#[server(prefix = "/rpc", endpoint = "reports/runs", input = GetUrl, client = PageClient)]
pub async fn list_report_runs(id: ReportId, query: String) -> Result<ListPage<ReportRun>, UiError> {
    call(async |services, caller| services.report_run_list(&caller, id, &ReportRunQuery::from_address(&query)).await).await
}
