//! The chain: whatever is done to the records by SQL is named, and what the program does itself breaks nothing.

use domain::{AuditId, PartnerId};
use services::{AuditCheckpoint, AuditFault, Operator};
use sqlx::Row;

use super::{Setting, setting};
use crate::support::{World, on_both_engines, sign_in};

/// The first fault in the chain of the first partner.
pub(super) async fn fault(operator: Operator<'_>, checkpoints: &[AuditCheckpoint]) -> Option<AuditFault> {
    let verified = operator.audit_verify(checkpoints).await.unwrap();
    assert!(
        verified.iter().all(|verified| verified.partner == PartnerId::new(1) || verified.fault.is_none()),
        "other chains are whole: {verified:?}"
    );
    verified.into_iter().find(|verified| verified.partner == PartnerId::new(1)).and_then(|verified| verified.fault)
}

/// The id of a record of the first partner by its place.
pub(super) fn record(place: i64) -> AuditId {
    AuditId::new(1_000_000_000_000 + place)
}

/// How many records the first partner has.
async fn last(world: &World) -> i64 {
    world.rows("SELECT last FROM audit_chains WHERE partner_id = 1").await[0].get(0)
}

#[test]
fn a_record_that_is_changed_by_sql_is_named() {
    on_both_engines(async |world| {
        let Setting { one, .. } = setting(&world).await;
        let operator = world.services.operator();
        assert_eq!(fault(operator, &[]).await, None);
        let number = one.number();
        for (place, column, value) in [
            (2, "at", "at + 1".to_owned()),
            (3, "login", "'nobody'".to_owned()),
            (4, "ip", "'192.0.2.1'".to_owned()),
            (4, "through", "'command'".to_owned()),
            (5, "reference", "'other'".to_owned()),
            (5, "action", "'client.view'".to_owned()),
            (6, "object", "'client_7'".to_owned()),
            (6, "changes", "'[]  '".to_owned()),
            (7, "user_id", "77".to_owned()),
            (2, "client_id", number.to_string()),
            (2, "client_id", "0".to_owned()),
            (4, "hash", "''".to_owned()),
        ] {
            let id = record(place);
            let sql = format!("SELECT CAST({column} AS TEXT) FROM audit_records WHERE id = {}", id.number());
            let before: Option<String> = world.rows(&sql).await[0].get(0);
            world.execute(&format!("UPDATE audit_records SET {column} = {value} WHERE id = {}", id.number())).await;
            assert_eq!(fault(operator, &[]).await, Some(AuditFault::Changed(id)), "{column}");
            let is_number = matches!(column, "at" | "user_id" | "client_id");
            let before =
                before.map_or_else(|| "NULL".to_owned(), |before| if is_number { before } else { format!("'{}'", before.replace('\'', "''")) });
            world.execute(&format!("UPDATE audit_records SET {column} = {before} WHERE id = {}", id.number())).await;
            assert_eq!(fault(operator, &[]).await, None, "{column} is as it was");
        }
    });
}

#[test]
fn a_record_that_is_removed_or_added_by_sql_is_named() {
    on_both_engines(async |world| {
        setting(&world).await;
        let operator = world.services.operator();
        let end = last(&world).await;
        let copy = |from: i64, to: i64| {
            let columns = "at, partner_id, client_id, user_id, login, ip, through, reference, action, object, changes, search_key, hash";
            format!(
                "INSERT INTO audit_records (id, {columns}) SELECT {}, {columns} FROM audit_records WHERE id = {}",
                record(to).number(),
                record(from).number()
            )
        };
        world.execute(&copy(end, end + 1)).await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Added(record(end + 1))));
        world.execute(&format!("DELETE FROM audit_records WHERE id = {}", record(end + 1).number())).await;
        assert_eq!(fault(operator, &[]).await, None);

        world.execute(&format!("DELETE FROM audit_records WHERE id = {}", record(4).number())).await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Removed(record(4))));
        world.execute(&copy(3, 4)).await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Changed(record(4))), "another in its place");
        // As if it were of an erased client.
        world.execute(&format!("DELETE FROM audit_records WHERE id = {}", record(4).number())).await;
        world.execute(&format!("INSERT INTO audit_gaps (id, client_id, digest, hash) VALUES ({}, 1, 'x', 'y')", record(4).number())).await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Changed(record(4))));
    });
}

#[test]
fn a_checkpoint_shows_a_chain_that_was_written_anew() {
    on_both_engines(async |world| {
        let Setting { admin, one, .. } = setting(&world).await;
        let operator = world.services.operator();
        let checkpoints = operator.audit_checkpoints().await.unwrap();
        let end = last(&world).await;
        let own = checkpoints.iter().find(|checkpoint| checkpoint.partner == admin.partner).unwrap();
        assert_eq!(own.last, record(end));
        assert_eq!(own.to_string().parse::<AuditCheckpoint>().unwrap(), *own);
        assert!("msp_1 audit_7".parse::<AuditCheckpoint>().is_err());
        world.services.client_suspend(&admin, one).await.unwrap();
        assert_eq!(fault(operator, &checkpoints).await, None, "the chain goes on from there");

        // Whoever removes the last records and makes the end fit is found out by the checkpoint alone.
        let sql = format!("SELECT hash FROM audit_records WHERE id = {}", record(end - 1).number());
        let hash: String = world.rows(&sql).await[0].get(0);
        world.execute(&format!("DELETE FROM audit_records WHERE id >= {} AND partner_id = 1", record(end).number())).await;
        world.execute(&format!("UPDATE audit_chains SET last = {}, hash = '{hash}' WHERE partner_id = 1", end - 1)).await;
        assert_eq!(fault(operator, &[]).await, None);
        assert_eq!(fault(operator, &checkpoints).await, Some(AuditFault::Removed(record(end))));
        // A record in place of the removed one.
        world.services.client_activate(&admin, one).await.unwrap();
        assert_eq!(fault(operator, &[]).await, None);
        assert_eq!(fault(operator, &checkpoints).await, Some(AuditFault::Changed(record(end))));
    });
}

#[test]
fn erasing_a_client_leaves_the_links_of_its_records_alone() {
    on_both_engines(async |world| {
        let Setting { admin, one, two, .. } = setting(&world).await;
        let (services, operator) = (&world.services, world.services.operator());
        let before = world.rows(&format!("SELECT id FROM audit_records WHERE client_id = {}", one.number())).await.len();
        assert!(before > 2);
        services.client_terminate(&admin, one).await.unwrap();
        assert_eq!(fault(operator, &[]).await, None, "while it is being erased");
        services.jobs_run(5).await.unwrap();
        assert_eq!(fault(operator, &[]).await, None);
        // The lease of the server that stopped runs out.
        world.clock.advance_seconds(60);
        services.jobs_run(1000).await.unwrap();
        assert_eq!(world.rows(&format!("SELECT id FROM audit_records WHERE client_id = {}", one.number())).await.len(), 0);
        let columns: Vec<String> = world.rows("SELECT digest || ' ' || hash FROM audit_gaps").await.iter().map(|row| row.get(0)).collect();
        assert!(columns.len() >= before && columns.iter().all(|text| !text.contains("One")), "nothing of it can be read any more");
        let verified = operator.audit_verify(&[]).await.unwrap();
        let own = verified.iter().find(|verified| verified.partner == admin.partner).unwrap();
        assert_eq!((&own.fault, own.erased), (&None, columns.len() as u64));
        services.client_suspend(&admin, two).await.unwrap();
        assert_eq!(fault(operator, &[]).await, None, "and the chain goes on");

        // Nobody can let another client's record go in the same way.
        let gone: i64 = world.rows(&format!("SELECT MAX(id) FROM audit_records WHERE client_id = {}", two.number())).await[0].get(0);
        world
            .execute(&format!(
                "INSERT INTO audit_gaps (id, client_id, digest, hash) SELECT id, {}, 'x', hash FROM audit_records WHERE id = {gone}",
                one.number()
            ))
            .await;
        world.execute(&format!("DELETE FROM audit_records WHERE id = {gone}")).await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Changed(AuditId::new(gone))));
    });
}

#[test]
fn writers_at_the_same_time_append_one_after_the_other() {
    on_both_engines(async |world| {
        let Setting { admin, .. } = setting(&world).await;
        let writes = (0..12).map(|number| {
            let (services, admin, draft) = (&world.services, &admin, crate::support::client_draft(&format!("Parallel {number}")));
            async move { services.client_create(admin, draft).await.unwrap() }
        });
        // Failures of nobody's account have a chain of their own.
        let strangers = (0..6).map(|number| {
            let services = &world.services;
            async move {
                let origin = crate::support::at(&format!("192.0.2.{number}"));
                assert!(services.session_sign_in(sign_in(&format!("nobody{number}"), "Wrong#2026"), &origin).await.is_err());
            }
        });
        futures::future::join(futures::future::join_all(writes), futures::future::join_all(strangers)).await;
        let verified = world.services.operator().audit_verify(&[]).await.unwrap();
        assert!(verified.iter().all(|verified| verified.fault.is_none()), "{verified:?}");
        let strangers = verified.iter().find(|verified| verified.partner == PartnerId::new(0)).unwrap();
        assert_eq!(strangers.records, 6);
    });
}
