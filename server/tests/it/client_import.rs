//! Files of clients: who may send one, what is said of it, and what starts its import.

use domain::{
    CLIENT_FILE_TOO_LARGE, ClientImportReading, ClientImportReport, CsvReading, Error, Job, JobId, JobKind, JobState, MAX_CLIENT_FILE_BYTES,
    TextEncoding,
};
use http::StatusCode;
use serde_json::json;

use crate::support::{Actor, Answer, on_both_engines};

const HEADINGS: &str = "name,address,country,time zone";

async fn upload(actor: &Actor<'_>, file: impl Into<Vec<u8>>) -> Answer {
    actor.post("/clients/import?name=my%20clients.csv", "text/csv", file.into()).await
}

#[test]
fn a_file_is_uploaded_checked_as_one_likes_and_its_import_is_a_job() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let answer =
            upload(&admin, format!("{HEADINGS}\nM\u{fc}ller,1 Main Street,DE,UTC\n").chars().map(|letter| letter as u8).collect::<Vec<_>>()).await;
        let report: ClientImportReport = answer.ok();
        assert_eq!(
            (answer.status, report.file_name.as_str(), report.clients, report.is_faultless()),
            (StatusCode::CREATED, "my clients.csv", 1, false)
        );
        let refused = admin.rpc("client-imports/start", json!({ "id": report.id })).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "the encoding is a guess");

        let csv = CsvReading { encoding: Some(TextEncoding::Windows1252), separator: None };
        let reading = ClientImportReading { csv, ..ClientImportReading::default() };
        let confirmed: ClientImportReport = admin.rpc("client-imports/preview", json!({ "id": report.id, "reading": reading })).await.ok();
        assert!(confirmed.is_faultless());
        let started: JobId = admin.rpc("client-imports/start", json!({ "id": report.id })).await.ok();
        let job: Job = admin.rpc("jobs/get", json!({ "id": started })).await.ok();
        assert_eq!((job.kind, job.state, job.subject.as_str(), job.progress.total), (JobKind::Import, JobState::Queued, "my clients.csv", 1));
    });
}

#[test]
fn all_errors_are_a_file_to_download() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let rows = "Acme,,DE,UTC\n".repeat(700);
        let report: ClientImportReport = upload(&admin, format!("{HEADINGS}\n{rows}")).await.ok();
        assert_eq!((report.faulty_rows, report.faults.len(), report.more_faults), (700, 100, 1299));
        let answer = admin.get(&format!("/client-imports/{}/errors", report.id)).await;
        assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"errors.csv\""));
        assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
        let lines: Vec<_> = answer.text().lines().collect();
        assert_eq!((lines.len(), lines[1]), (1400, "2,address,,Enter the address."));
        assert_eq!(lines[1399], "701,name,Acme,\"Line 2 has the same name: remove one of the rows, or change the name.\"");
    });
}

#[test]
fn who_may_not_create_clients_is_told_why_and_too_large_a_file_is_refused() {
    on_both_engines(async |app| {
        let viewer = upload(&app.viewer().await, HEADINGS).await;
        assert_eq!((viewer.status, viewer.text().contains("“Clients: Create”")), (StatusCode::FORBIDDEN, true));
        assert_eq!(upload(&app.nobody(), HEADINGS).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(upload(&app.client_admin().await, HEADINGS).await.status, StatusCode::NOT_FOUND);
        let answer = upload(&app.partner_admin().await, vec![b'a'; MAX_CLIENT_FILE_BYTES + 1]).await;
        let Error::Invalid { violations } = answer.error() else { panic!("{answer:?}") };
        assert_eq!(violations.of("file"), Some(CLIENT_FILE_TOO_LARGE));
    });
}
