//! What is written by SQL to make it look as if nothing were missing: it explains nothing.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{AuditId, PartnerId};
use services::AuditFault;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{
    Setting,
    chain::{fault, record},
    setting,
};
use crate::support::{World, on_both_engines};

/// Where no record of the first partner has a place: before the first, far behind the last, and among those of others.
const NO_PLACES: [i64; 4] = [1_000_000_000_000, 1_000_000_000_500, 7, 7_000_000_000_007];

/// Adds a record that is otherwise the second one of the first partner.
async fn forge(world: &World, id: i64, partner: i64, (action, object, changes): (&str, &str, &str)) {
    let columns = "user_id, login, ip, through, reference";
    let sql = format!(
        "INSERT INTO audit_records (id, at, partner_id, client_id, {columns}, action, object, changes, search_key, hash) \
         SELECT {id}, at, {partner}, client_id, {columns}, '{action}', '{object}', '{changes}', '', '' FROM audit_records WHERE id = {}",
        record(4).number()
    );
    world.execute(&sql).await;
}

async fn remove(world: &World, id: i64) {
    world.execute(&format!("DELETE FROM audit_records WHERE id = {id}")).await;
}

/// What a record says that explains why the first three are missing.
async fn pruned(world: &World) -> String {
    let hash: String = world.rows(&format!("SELECT hash FROM audit_records WHERE id = {}", record(3).number())).await[0].get(0);
    let change = |field: &str, before: &str| format!(r#"{{"field":"{field}","label":"","before":"{before}","after":""}}"#);
    format!("[{},{}]", change("last", &record(3).to_string()), change("hash", &hash))
}

/// Leaves the link alone of a record, as if its client had been erased.
async fn leave_link(world: &World, id: i64) {
    let sql = format!(
        "SELECT at, partner_id, client_id, user_id, login, ip, through, reference, action, object, changes, hash FROM audit_records WHERE id = {id}"
    );
    let row = &world.rows(&sql).await[0];
    let [at, partner, client, user] = [0, 1, 2, 3].map(|column| row.get::<i64, _>(column));
    let [login, ip, through, reference, action, object, changes, hash] = [4, 5, 6, 7, 8, 9, 10, 11].map(|column| row.get::<&str, _>(column));
    let text = serde_json::to_string(&((id, at, partner, client, user), login, ip, through, reference, action, object, changes)).unwrap();
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(text));
    world.execute(&format!("INSERT INTO audit_gaps (id, client_id, digest, hash) VALUES ({id}, {client}, '{digest}', '{hash}')")).await;
    remove(world, id).await;
}

#[test]
fn a_record_where_no_place_is_is_named() {
    on_both_engines(async |world| {
        setting(&world).await;
        let operator = world.services.operator();
        let deed = ("client.update", "client_1", "[]");
        for id in NO_PLACES {
            forge(&world, id, 1, deed).await;
            assert_eq!(fault(operator, &[]).await, Some(AuditFault::Added(AuditId::new(id))));
            remove(&world, id).await;
            assert_eq!(fault(operator, &[]).await, None);
        }
        let faults = async || -> Vec<_> {
            let verified = operator.audit_verify(&[]).await.unwrap();
            verified.into_iter().filter_map(|verified| Some((verified.partner, verified.fault?))).collect()
        };
        // Of a partner that there isn't.
        let id = 9_000_000_000_001;
        forge(&world, id, 9, deed).await;
        assert_eq!(faults().await, [(PartnerId::new(9), AuditFault::Added(AuditId::new(id)))]);
        remove(&world, id).await;
        // Handed to another partner.
        world.execute(&format!("UPDATE audit_records SET partner_id = 2 WHERE id = {}", record(3).number())).await;
        let (here, there) = (AuditFault::Changed(record(3)), AuditFault::Added(record(3)));
        assert_eq!(faults().await, [(PartnerId::new(1), here), (PartnerId::new(2), there)]);
    });
}

#[test]
fn a_forged_retention_explains_nothing() {
    on_both_engines(async |world| {
        setting(&world).await;
        let operator = world.services.operator();
        let changes = pruned(&world).await;
        for place in 1..4 {
            remove(&world, record(place).number()).await;
        }
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Removed(record(1))));
        for id in NO_PLACES {
            forge(&world, id, 1, ("audit.prune", "msp_1", &changes)).await;
            assert_ne!(fault(operator, &[]).await, None, "at {id}");
            remove(&world, id).await;
        }
        // In the place of one that it says was deleted.
        forge(&world, record(2).number(), 1, ("audit.prune", "msp_1", &changes)).await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Added(record(2))));
        remove(&world, record(2).number()).await;
        // In the place of one that stays.
        world.execute(&format!("UPDATE audit_records SET action = 'audit.prune', changes = '{changes}' WHERE id = {}", record(5).number())).await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Changed(record(5))));
    });
}

#[test]
fn a_forged_termination_explains_nothing() {
    on_both_engines(async |world| {
        let Setting { one, .. } = setting(&world).await;
        let operator = world.services.operator();
        let sql = format!("SELECT MIN(id) FROM audit_records WHERE client_id = {}", one.number());
        let first: i64 = world.rows(&sql).await[0].get(0);
        leave_link(&world, first).await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Removed(AuditId::new(first))));
        for id in NO_PLACES {
            for action in ["client.terminate", "client.erase"] {
                forge(&world, id, 1, (action, &one.to_string(), "[]")).await;
                assert_ne!(fault(operator, &[]).await, None, "{action} at {id}");
                remove(&world, id).await;
            }
        }
    });
}

#[test]
fn a_forged_beginning_is_named() {
    on_both_engines(async |world| {
        setting(&world).await;
        let operator = world.services.operator();
        let checkpoints = operator.audit_checkpoints().await.unwrap();
        let last = checkpoints.iter().find(|checkpoint| checkpoint.partner == PartnerId::new(1)).unwrap().last;
        world.execute("UPDATE audit_chains SET begins = last + 1, hash = '' WHERE partner_id = 1").await;
        assert_eq!(fault(operator, &[]).await, Some(AuditFault::Changed(record(1))), "they have links");
        // As if all were from before there was a chain: only a checkpoint shows that.
        world.execute("UPDATE audit_records SET hash = '' WHERE partner_id = 1").await;
        assert_eq!(fault(operator, &[]).await, None);
        assert_eq!(fault(operator, &checkpoints).await, Some(AuditFault::Changed(last)));
        // Emptied altogether.
        world.execute("DELETE FROM audit_records WHERE partner_id = 1").await;
        world.execute("DELETE FROM audit_chains WHERE partner_id = 1").await;
        assert_eq!(fault(operator, &checkpoints).await, Some(AuditFault::Removed(record(1))));
    });
}

/// The records that explain what is missing are then written behind the end to which the chain was to be walked.
#[test]
fn a_termination_while_the_chain_is_verified_is_no_fault() {
    on_both_engines(async |world| {
        let Setting { admin, .. } = setting(&world).await;
        let operator = world.services.operator();
        // Enough to walk for a while, of clients with lower numbers.
        operator.seed_audit(5000, |_| {}).await.unwrap();
        world.execute("UPDATE counters SET value = 1000 WHERE name = 'client'").await;
        let mut clients = Vec::new();
        for number in 0..5 {
            clients.push(world.client(&admin, &format!("Leaving {number}")).await);
        }
        let is_over = std::cell::Cell::new(false);
        let verifying = async {
            let mut times = 0;
            while !is_over.get() {
                assert_eq!(fault(operator, &[]).await, None);
                times += 1;
            }
            times
        };
        let terminating = async {
            for client in clients {
                world.services.client_terminate(&admin, client).await.unwrap();
                world.services.jobs_run(1000).await.unwrap();
            }
            is_over.set(true);
        };
        let (times, ()) = futures::future::join(verifying, terminating).await;
        assert!(times > 1);
        assert_eq!(world.rows("SELECT id FROM audit_records WHERE client_id > 1000").await.len(), 0);
    });
}
