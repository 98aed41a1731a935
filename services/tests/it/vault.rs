//! Secrets at rest. What a sealed text is like is tested beside the code; here, what the database holds.

use domain::ClientDraft;
use sqlx::Row;

use crate::{
    client::access,
    support::{client_draft as draft, on_both_engines},
};

#[test]
fn every_client_has_a_key_of_its_own_and_the_database_only_a_wrapped_one() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        for name in ["One", "Two"] {
            let typed = ClientDraft { access: vec![access("a", "the same"), access("b", "the same")], ..draft(name) };
            world.services.client_create(&admin, typed).await.unwrap();
        }
        world.services.client_create(&admin, draft("Without secrets")).await.unwrap();
        let keys = world.rows("SELECT tenant, wrapped FROM tenant_keys ORDER BY tenant").await;
        let keys: Vec<(String, String)> = keys.iter().map(|row| (row.get(0), row.get(1))).collect();
        assert_eq!(keys.iter().map(|(tenant, _)| tenant.as_str()).collect::<Vec<_>>(), ["client_1", "client_2"]);
        assert!(keys.iter().all(|(_, wrapped)| wrapped.starts_with("v1.")) && keys[0].1 != keys[1].1);
        let secrets = world.rows("SELECT secrets FROM client_details ORDER BY client_id").await;
        let mut sealed = Vec::new();
        for row in &secrets {
            let map: std::collections::BTreeMap<String, String> = serde_json::from_str(row.get(0)).unwrap();
            sealed.extend(map.into_values());
        }
        sealed.sort();
        sealed.dedup();
        assert_eq!(sealed.len(), 4, "the same password is never sealed alike");
    });
}
