//! Retention: what is deleted by it, and that the chain goes on behind it.

use domain::{AuditId, AuditRetention, AuditRetentionDraft, Error};
use services::AuditFault;

use super::{Setting, setting};
use crate::support::{at, on_both_engines, refusal, sign_in};

const DAY: i64 = 24 * 60 * 60;

fn days(days: &str) -> AuditRetentionDraft {
    AuditRetentionDraft { days: days.to_owned() }
}

#[test]
fn old_records_are_deleted_and_that_is_recorded() {
    on_both_engines(async |world| {
        let Setting { admin, one, of_one, .. } = setting(&world).await;
        let services = &world.services;
        assert_eq!(services.audit_retention_get(&admin).await.unwrap(), AuditRetention { days: None });
        assert!(matches!(refusal(services.audit_retention_set(&of_one, days("30")).await), Error::NotFound | Error::Forbidden { .. }));
        assert!(matches!(refusal(services.audit_retention_set(&admin, days("7")).await), Error::Invalid { .. }));
        world.clock.advance_seconds(1);
        services.audit_retention_set(&admin, days("30")).await.unwrap();
        let record = world.rows("SELECT changes FROM audit_records WHERE action = 'audit.retention'").await;
        assert!(sqlx::Row::get::<&str, _>(&record[0], 0).contains("30 days"));
        // A client's erased records are old as well.
        services.client_terminate(&admin, one).await.unwrap();
        services.jobs_run(1000).await.unwrap();
        assert!(!world.rows("SELECT id FROM audit_gaps").await.is_empty());

        let checkpoints = services.operator().audit_checkpoints().await.unwrap();
        world.clock.advance_seconds(30 * DAY);
        assert_eq!(services.audit_pruning_due().await.unwrap(), 0, "nothing is older for a day");
        world.clock.advance_seconds(2 * DAY);
        let admin = world.signed_in(&admin.user.login).await;
        world.client(&admin, "Late").await;
        assert_eq!(services.audit_pruning_due().await.unwrap(), 1);
        assert_eq!(services.audit_pruning_due().await.unwrap(), 0, "one job at a time");
        let fault = async || services.operator().audit_verify(&[]).await.unwrap().iter().find_map(|verified| verified.fault.clone());
        assert_eq!(fault().await, None, "before the job begins");
        services.jobs_run(1000).await.unwrap();
        assert_eq!(
            world.audit().await.iter().map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>(),
            ["session.sign-in", "client.create", "audit.prune"]
        );
        assert!(world.rows("SELECT id FROM audit_gaps").await.is_empty());
        assert_eq!(fault().await, None);
        assert_eq!(services.audit_pruning_due().await.unwrap(), 0);

        // What is added among the deleted ones is named; and a checkpoint from before the deletion is no fault.
        world.execute("INSERT INTO audit_records (id, at, partner_id, login, ip, through, reference, action, object, changes, search_key, hash) \
             SELECT 1000000000002, at, partner_id, login, ip, through, reference, action, object, changes, search_key, hash FROM audit_records WHERE action = 'client.create'").await;
        assert_eq!(fault().await, Some(AuditFault::Added(AuditId::new(1_000_000_000_002))));
        world.execute("DELETE FROM audit_records WHERE id = 1000000000002").await;
        let with_checkpoints = services.operator().audit_verify(&checkpoints).await.unwrap();
        assert_eq!(with_checkpoints.iter().find_map(|verified| verified.fault.clone()), None);
        let deleted = with_checkpoints.iter().find(|verified| verified.partner == admin.partner).unwrap().deleted;
        assert!(deleted.is_some_and(|deleted| deleted >= checkpoints.iter().find(|checkpoint| checkpoint.partner == admin.partner).unwrap().last));

        world.execute("DELETE FROM audit_records WHERE action = 'session.sign-in'").await;
        assert!(fault().await.is_some_and(|fault| fault.to_string().ends_with("was removed")), "what is behind it is still proved");
    });
}

#[test]
fn records_of_nobody_are_stored_for_a_year() {
    on_both_engines(async |world| {
        setting(&world).await;
        let services = &world.services;
        let stranger = async || assert!(services.session_sign_in(sign_in("nobody", "x"), &at("192.0.2.1")).await.is_err());
        let actions = async || -> Vec<String> {
            world.rows("SELECT action FROM audit_records WHERE partner_id = 0 ORDER BY id").await.iter().map(|row| sqlx::Row::get(row, 0)).collect()
        };
        stranger().await;
        world.clock.advance_seconds(365 * DAY);
        stranger().await;
        assert_eq!(services.audit_pruning_due().await.unwrap(), 0);
        assert_eq!(actions().await, ["session.sign-in-failed"; 2], "nothing is older for a day");
        world.clock.advance_seconds(2 * DAY);
        let others = world.rows("SELECT id FROM audit_records WHERE partner_id = 1").await.len();
        services.audit_pruning_due().await.unwrap();
        assert_eq!(actions().await, ["session.sign-in-failed", "audit.prune"]);
        assert_eq!(world.rows("SELECT id FROM audit_records WHERE partner_id = 1").await.len(), others);
        assert_eq!(services.operator().audit_verify(&[]).await.unwrap().iter().find_map(|verified| verified.fault.clone()), None);
    });
}
