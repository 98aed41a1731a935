//! Secrets at rest. What a sealed text is like is tested beside the code; here, what the database holds.

use domain::{ClientDraft, CredentialField, CredentialSetDraft};
use services::{Fault, Vault};
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

#[test]
fn after_a_rotation_secrets_open_with_the_new_master_key_alone() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let client = world.client(&admin, "One").await;
        let secret = |value: &str| CredentialSetDraft {
            name: Some("Set".into()),
            credential_type: Some("SSH".into()),
            fields: [(CredentialField::Password, value.to_owned())].into(),
            ..Default::default()
        };
        for client in [None, Some(client)] {
            world.services.credential_set_create(&admin, client, secret("hunter2")).await.unwrap();
        }
        let before = world.rows("SELECT wrapped FROM tenant_keys ORDER BY tenant").await;
        let new = Vault::from_key([8; 32]);
        assert_eq!(world.services.operator().key_rotate(&new).await.unwrap(), 2);
        let after = world.rows("SELECT wrapped FROM tenant_keys ORDER BY tenant").await;
        assert!(before.iter().zip(&after).all(|(before, after)| before.get::<&str, _>(0) != after.get::<&str, _>(0)));

        // A new secret needs the tenant's key, which the old master key no longer opens.
        let other = |name: &str| CredentialSetDraft { name: Some(name.into()), ..secret("hunter3") };
        let failed = world.services.credential_set_create(&admin, Some(client), other("Old")).await;
        assert!(matches!(failed, Err(Fault::Failed(sentence)) if sentence.contains("master key")));
        let renewed = world.services.clone().with_vault(new);
        renewed.credential_set_create(&admin, Some(client), other("New")).await.unwrap();
        assert!(world.services.operator().key_rotate(&Vault::from_key([7; 32])).await.is_err(), "not from a key that is no longer in force");
        assert_eq!(renewed.operator().key_rotate(&Vault::from_key([9; 32])).await.unwrap(), 2);
        world.services.credential_set_create(&admin, Some(client), other("Back")).await.unwrap();
    });
}
