//! Exports: that they are the table, and whose they are.

use domain::{AuditExportDraft, AuditFilter, AuditFormat, Caller, Error, JobId};
use services::Services;
use sqlx::Row;

use super::{Setting, setting};
use crate::support::{on_both_engines, refusal};

/// What the file of an export says.
async fn text(services: &Services, caller: &Caller, job: JobId) -> String {
    let (file, _) = services.audit_export_file(caller, job).await.unwrap();
    let mut bytes = Vec::new();
    for part in 0..file.parts {
        bytes.extend(services.audit_export_part(caller, job, part).await.unwrap());
    }
    assert_eq!(bytes.len() as u64, file.bytes);
    String::from_utf8(bytes).unwrap()
}

async fn exported(services: &Services, caller: &Caller, draft: AuditExportDraft) -> String {
    let job = services.audit_export(caller, &draft).await.unwrap();
    services.jobs_run(1000).await.unwrap();
    text(services, caller, job).await
}

fn lines(format: AuditFormat, filter: AuditFilter) -> AuditExportDraft {
    AuditExportDraft { filter, search: String::new(), format }
}

#[test]
fn an_export_is_the_table() {
    on_both_engines(async |world| {
        let Setting { admin, one, of_one, .. } = setting(&world).await;
        let services = &world.services;
        let all = exported(services, &admin, lines(AuditFormat::JsonLines, AuditFilter::default())).await;
        let rows = world.rows("SELECT id, login, ip, action, object, changes, through FROM audit_records WHERE partner_id = 1 ORDER BY at, id").await;
        let written: Vec<serde_json::Value> = all.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(written.len(), rows.len());
        for (line, row) in written.iter().zip(&rows) {
            assert_eq!(line["id"], format!("audit_{}", row.get::<i64, _>(0)));
            for (at, key) in [(1, "login"), (2, "ip"), (3, "action"), (4, "object"), (6, "through")] {
                assert_eq!(line[key], row.get::<&str, _>(at), "{key}");
            }
            assert_eq!(line["changes"], serde_json::from_str::<serde_json::Value>(row.get(5)).unwrap());
        }

        let table = exported(services, &admin, lines(AuditFormat::Csv, AuditFilter::of_client(one))).await;
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().unwrap().get(1), Some("Time"));
        let own = format!("SELECT id, login, ip, action, object, changes FROM audit_records WHERE client_id = {} ORDER BY at, id", one.number());
        let (rows, written) = (world.rows(&own).await, reader.records().collect::<Result<Vec<_>, _>>().unwrap());
        assert_eq!(written.len(), rows.len(), "as the filter says");
        for (line, row) in written.iter().zip(&rows) {
            assert_eq!(line[0], format!("audit_{}", row.get::<i64, _>(0)));
            for (at, column) in [(2, 1), (4, 2), (8, 3), (9, 4)] {
                assert_eq!(&line[at], row.get::<&str, _>(column));
            }
            let changes: Vec<domain::Change> = serde_json::from_str(row.get(5)).unwrap();
            assert!(changes.iter().all(|change| line[11].contains(&change.after) && line[11].contains(&change.before)), "{line:?}");
        }

        let of_client = exported(services, &of_one, lines(AuditFormat::JsonLines, AuditFilter::default())).await;
        let clients: Vec<_> = of_client.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["client"].clone()).collect();
        assert!(!clients.is_empty() && clients.iter().all(|client| *client == one.to_string()), "{clients:?}");
        assert!(!of_client.contains(&admin.user.login), "nor who at the provider did something");
    });
}

#[test]
fn an_export_that_is_repeated_is_whole_and_its_new_owner_s() {
    on_both_engines(async |world| {
        let Setting { admin, of_one, .. } = setting(&world).await;
        let services = &world.services;
        services.operator().seed_audit(4000, |_| {}).await.unwrap();
        let job = services.audit_export(&admin, &lines(AuditFormat::JsonLines, AuditFilter::default())).await.unwrap();
        services.jobs_run(1).await.unwrap();
        services.job_cancel(&admin, job).await.unwrap();
        world.clock.advance_seconds(60);
        services.jobs_run(10).await.unwrap();
        assert!(services.audit_export_sweep().await.unwrap() > 0, "what was written is deleted");
        services.job_repeat(&admin, job).await.unwrap();
        services.jobs_run(10).await.unwrap();
        let rows = world.rows("SELECT id FROM audit_records WHERE partner_id = 1").await.len();
        // The record that it was repeated is in it.
        assert_eq!(text(services, &admin, job).await.lines().count(), rows);

        // It takes what asking for it takes, so a client's users can as well.
        let own = services.audit_export(&of_one, &AuditExportDraft::default()).await.unwrap();
        services.job_cancel(&of_one, own).await.unwrap();
        services.job_repeat(&of_one, own).await.unwrap();
        services.jobs_run(10).await.unwrap();
        assert!(!text(services, &of_one, own).await.contains(&admin.user.login));
    });
}

#[test]
fn an_export_during_a_termination_is_deleted_with_it() {
    on_both_engines(async |world| {
        let Setting { admin, two, .. } = setting(&world).await;
        let services = &world.services;
        services.client_terminate(&admin, two).await.unwrap();
        // Files are erased already, records not yet.
        services.jobs_run(2).await.unwrap();
        let job = services.audit_export(&admin, &AuditExportDraft::default()).await.unwrap();
        services.jobs_run(1000).await.unwrap();
        assert!(text(services, &admin, job).await.contains(&format!("\"client.create\",\"{two}\"")));
        // The lease of the server that stopped runs out.
        world.clock.advance_seconds(60);
        services.jobs_run(1000).await.unwrap();
        assert_eq!(world.rows(&format!("SELECT id FROM audit_records WHERE client_id = {}", two.number())).await.len(), 0);
        assert_eq!(refusal(services.audit_export_part(&admin, job, 0).await), Error::NotFound);
    });
}

#[test]
fn a_file_is_its_owner_s_for_a_week() {
    on_both_engines(async |world| {
        let Setting { admin, two, of_one, .. } = setting(&world).await;
        let services = &world.services;
        let job = services.audit_export(&admin, &AuditExportDraft::default()).await.unwrap();
        assert_eq!(refusal(services.audit_export_file(&admin, job).await), Error::NotFound, "before it is whole");
        services.jobs_run(1000).await.unwrap();
        assert!(text(services, &admin, job).await.starts_with("\u{feff}\"ID\",\"Time\""));
        assert_eq!(refusal(services.audit_export_file(&of_one, job).await), Error::NotFound);
        assert_eq!(services.audit_export_sweep().await.unwrap(), 0);

        // It can have records of a client that is erased.
        services.client_terminate(&admin, two).await.unwrap();
        services.jobs_run(1000).await.unwrap();
        assert_eq!(refusal(services.audit_export_part(&admin, job, 0).await), Error::NotFound);

        let job = services.audit_export(&admin, &AuditExportDraft::default()).await.unwrap();
        services.jobs_run(1000).await.unwrap();
        world.clock.advance_seconds(8 * 24 * 60 * 60);
        let admin = world.signed_in(&admin.user.login).await;
        assert!(matches!(refusal(services.audit_export_file(&admin, job).await), Error::Conflict { .. }));
        assert!(services.audit_export_sweep().await.unwrap() > 0);
        assert!(!world.files.join(format!("exports/{}/0", job.number())).exists());
    });
}
