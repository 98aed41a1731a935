//! The file of a report as browsers get it.

use domain::{ListPage, Report, ReportRun};
use serde_json::json;

use crate::support::{Actor, App, on_both_engines};

/// A report of LeoArt Corp. that has run, by its administrator.
async fn run(app: &App, admin: &Actor<'_>) -> ReportRun {
    let draft = json!({ "name": "Zoë’s \"clients\"", "attributes": ["client-name", "tenant-id"], "clients": "listed", "filter": "q=leoart", "days": "90",
        "schedule": { "frequency": "once", "time_zone": "UTC" } });
    let report: Report = admin.rpc("reports/create", json!({ "kind": "tenant-profiles", "draft": draft })).await.ok();
    app.services.jobs_run(100).await.unwrap();
    let runs: ListPage<ReportRun> = admin.rpc("reports/runs", json!({ "id": report.row.id, "query": "" })).await.ok();
    runs.rows.into_iter().next().unwrap()
}

#[test]
fn a_file_comes_whole_with_a_plain_name_and_its_encoding() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let run = run(app, &admin).await;
        let answer = admin.get(&format!("/report-runs/{}/file", run.id)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"zoe-s-clients-2026-11-02.csv\""));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(
            answer.text(),
            "\u{feff}\"Tenant ID\",\"Client Name\"\r\n\"msp_1\",\"\"\r\n\"client_8\",\"LeoArt Lab\"\r\n\"client_9\",\"LeoArt Corp.\"\r\n"
        );
        assert_eq!(answer.body.len() as u64, run.bytes);
    });
}

#[test]
fn only_who_sees_the_report_gets_its_file() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let path = format!("/report-runs/{}/file", run(app, &admin).await.id);
        assert_eq!(app.technician().await.get(&path).await.status, 200);
        let nobody = app.nobody().get(&path).await;
        assert!(nobody.status.is_redirection() && nobody.location().starts_with("/login"), "{nobody:?}");
        for stranger in [app.client_admin().await, app.foreign_admin().await] {
            let answer = stranger.get(&path).await;
            assert_eq!(answer.status, 404);
            assert!(!answer.text().contains("LeoArt Corp"));
        }
        for wrong in ["/report-runs/run_999/file", "/report-runs/report_1/file", "/report-runs/run_0x1/file"] {
            assert_eq!(admin.get(wrong).await.status, 404, "{wrong}");
        }
    });
}
