//! Archives as browsers get and send them.

use domain::{Backup, BackupDraft, Client, Job, JobId, JobState, ListPage, RESTORE_PART_BYTES, RestoreDraft, RestoreId, RestorePreview};
use http::StatusCode;
use serde_json::json;

use crate::support::{Actor, App, on_both_engines};

/// A backup of client_8, made.
async fn backup(app: &App, admin: &Actor<'_>) -> Backup {
    let made: Backup = admin.rpc("backups/create", json!({ "client": "client_8", "draft": BackupDraft::default() })).await.ok();
    app.services.jobs_run(100).await.unwrap();
    let backups: ListPage<Backup> = admin.rpc("backups/list", json!({ "client": "client_8", "query": "" })).await.ok();
    backups.rows.into_iter().find(|backup| backup.id == made.id).unwrap()
}

#[test]
fn an_archive_comes_whole_with_a_plain_name() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let made = backup(app, &admin).await;
        let answer = admin.get(&format!("/backups/{}/file", made.id)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/zip"));
        assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"client-8-2026-11-02.zip\""));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!((answer.body.len() as u64, answer.body.starts_with(b"PK")), (made.bytes, true));
    });
}

#[test]
fn only_who_sees_everything_about_the_client_gets_its_archive() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let path = format!("/backups/{}/file", backup(app, &admin).await.id);
        let nobody = app.nobody().get(&path).await;
        assert!(nobody.status.is_redirection() && nobody.location().starts_with("/login"), "{nobody:?}");
        assert_eq!(app.technician().await.get(&path).await.status, 403);
        assert_eq!(app.client_admin().await.get(&path).await.status, 403, "the client’s own administrator knows the client");
        assert_eq!(app.foreign_admin().await.get(&path).await.status, 404);
        for wrong in ["/backups/backup_999/file", "/backups/run_1/file", "/backups/backup_0x1/file"] {
            assert_eq!(admin.get(wrong).await.status, 404, "{wrong}");
        }
    });
}

#[test]
fn an_archive_is_sent_in_parts_looked_at_and_restored_by_a_job() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let made = backup(app, &admin).await;
        let archive = admin.get(&format!("/backups/{}/file", made.id)).await.body;
        let send = async |id: &RestoreId, part: u32, bytes: &[u8]| admin.post(&format!("/restores/{id}/{part}"), "", bytes.to_vec()).await.status;
        let id: RestoreId = admin.post("/restores", "", "").await.ok();
        let (head, tail) = archive.split_at(archive.len() / 2);
        assert_eq!(send(&id, 1, tail).await, StatusCode::CONFLICT, "the first is missing");
        assert_eq!(send(&id, 0, &vec![0; RESTORE_PART_BYTES + 1]).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(send(&id, 0, b"not this").await, StatusCode::OK);
        assert_eq!(send(&id, 0, head).await, StatusCode::OK, "sent once more, as after an answer that got lost");
        assert_eq!(send(&id, 1, tail).await, StatusCode::OK);
        let preview: RestorePreview = admin.rpc("restores/preview", json!({ "id": id })).await.ok();
        assert_eq!((preview.name.as_str(), preview.client.to_string(), preview.has_secrets), ("LeoArt Lab", "client_8".to_owned(), false));
        assert!(preview.records.iter().any(|(kind, count)| kind == "Resources" && *count > 0), "{preview:?}");

        let foreign = app.foreign_admin().await.rpc("restores/preview", json!({ "id": id })).await;
        assert_eq!(foreign.status, 404);
        let nameless = admin.rpc("restores/start", json!({ "id": id, "draft": RestoreDraft::default() })).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        let passphrase = json!({ "name": "Lab again", "passphrase": "there are no secrets" });
        assert_eq!(admin.rpc("restores/start", json!({ "id": id, "draft": passphrase })).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let draft = RestoreDraft { name: "Lab again".to_owned(), ..RestoreDraft::default() };
        let job: JobId = admin.rpc("restores/start", json!({ "id": id, "draft": draft })).await.ok();
        let again: JobId = admin.rpc("restores/start", json!({ "id": id, "draft": draft })).await.ok();
        assert_eq!(job, again);
        app.services.jobs_run(10).await.unwrap();
        let job: Job = admin.rpc("jobs/get", json!({ "id": job })).await.ok();
        assert_eq!(job.state, JobState::Succeeded, "{job:?}");
        let client = job.client.unwrap();
        let restored: Client = admin.rpc("clients/get", json!({ "id": client })).await.ok();
        assert_eq!(restored.details.name, "Lab again");
        assert_eq!(admin.rpc("restores/preview", json!({ "id": id })).await.status, 404, "the upload is gone");
    });
}

#[test]
fn a_damaged_archive_fails_its_job_and_makes_nothing() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let made = backup(app, &admin).await;
        let mut archive = admin.get(&format!("/backups/{}/file", made.id)).await.body.to_vec();
        // In the middle of the first file.
        archive[200] ^= 0xff;
        let id: RestoreId = admin.post("/restores", "", "").await.ok();
        assert_eq!(admin.post(&format!("/restores/{id}/0"), "", archive).await.status, StatusCode::OK);
        let draft = RestoreDraft { name: "Broken".to_owned(), ..RestoreDraft::default() };
        let job: JobId = admin.rpc("restores/start", json!({ "id": id, "draft": draft })).await.ok();
        app.services.jobs_run(10).await.unwrap();
        let job: Job = admin.rpc("jobs/get", json!({ "id": job })).await.ok();
        assert_eq!(job.state, JobState::Failed);
        assert!(job.outcome.contains("damaged"), "{}", job.outcome);
        let found = admin.get("/clients?q=Broken").await;
        assert!(found.text().contains("No client found"));
    });
}
