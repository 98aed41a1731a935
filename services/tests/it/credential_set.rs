//! Credential sets: their secrets go in, and never come out.

use domain::{CredentialField, CredentialSetDraft, CredentialSetQuery, CredentialType, Error, InventoryUsage, OfClient, RoleDraft};
use sqlx::Row;

use crate::{
    client::fields,
    device::SLICE,
    role::{self, exactly},
    support::{World, on_both_engines, refusal},
};

pub(crate) fn draft(name: &str, typed: &[(CredentialField, &str)]) -> CredentialSetDraft {
    CredentialSetDraft {
        name: Some(name.to_owned()),
        credential_type: Some("SSH".to_owned()),
        fields: typed.iter().map(|(field, value)| (*field, (*value).to_owned())).collect(),
        ..CredentialSetDraft::default()
    }
}

fn only(typed: &[(CredentialField, &str)]) -> CredentialSetDraft {
    CredentialSetDraft { name: None, credential_type: None, ..draft("", typed) }
}

/// What is sealed of the one set there is.
async fn sealed(world: &World) -> String {
    world.rows("SELECT secrets FROM credential_sets").await[0].get(0)
}

#[test]
fn a_secret_is_kept_replaced_and_removed_and_stands_nowhere() {
    use CredentialField::{EnablePassword, Password, Port, UserName};
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let lab = world.client(&admin, "Lab").await;
        let services = &world.services;
        let typed = draft("SSH", &[(UserName, "root"), (Password, "hunter-one"), (EnablePassword, "hunter-two"), (Port, "222")]);
        let made = services.credential_set_create(&admin, Some(lab), typed).await.unwrap();
        assert_eq!(made.secrets, [Password, EnablePassword].into());
        assert_eq!((made.details.value(Port), made.details.value(CredentialField::SnmpVersion)), ("222", "V2"));
        let first = sealed(&world).await;

        let renamed = services.credential_set_update(&admin, &made.id, Some(1), only(&[(Port, "")])).await.unwrap();
        assert_eq!((renamed.details.value(Port), renamed.secrets.len()), ("0", 2));
        assert_eq!(sealed(&world).await, first, "what is left out stays as it is");
        services.credential_set_update(&admin, &made.id, None, only(&[(Password, "hunter-three")])).await.unwrap();
        assert_ne!(sealed(&world).await, first);
        let removed = services.credential_set_update(&admin, &made.id, None, only(&[(EnablePassword, "")])).await.unwrap();
        assert_eq!(removed.secrets, [Password].into());
        let late = services.credential_set_update(&admin, &made.id, Some(1), only(&[(Port, "1")])).await;
        assert!(matches!(refusal(late), Error::Conflict { .. }));

        let answers = format!("{made:?} {removed:?} {:?}", services.credential_set_search(&admin, "", SLICE).await.unwrap());
        assert!(!answers.contains("hunter") && !answers.contains("v1."), "nor sealed");
        for (table, columns) in [("credential_sets", "details || secrets || name"), ("audit_records", "changes || object")] {
            let rows = world.rows(&format!("SELECT {columns} FROM {table}")).await;
            assert!(rows.iter().all(|row| !row.get::<&str, _>(0).contains("hunter")), "{table}");
        }
        services.credential_set_delete(&admin, &made.id).await.unwrap();
        assert_eq!(refusal(services.credential_set_get(&admin, &made.id).await), Error::NotFound);
    });
}

#[test]
fn sets_are_their_tenant_s_and_names_unique_there() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let (lab, corp) = (world.client(&admin, "Lab").await, world.client(&admin, "Corp").await);
        let services = &world.services;
        let own = services.credential_set_create(&admin, None, draft("Core", &[])).await.unwrap();
        let of_lab = services.credential_set_create(&admin, Some(lab), draft("Core", &[])).await.unwrap();
        let of_corp = services.credential_set_create(&admin, Some(corp), draft("Core", &[])).await.unwrap();
        assert_eq!(fields(services.credential_set_create(&admin, Some(lab), draft("CORE", &[])).await), ["name"]);
        let wrong = CredentialSetDraft { fields: [(CredentialField::Port, "x".to_owned())].into(), ..Default::default() };
        assert_eq!(fields(services.credential_set_create(&admin, None, wrong).await), ["name", "credential_type", "fields.port"]);
        let seen = services
            .credential_set_list(
                &admin,
                &CredentialSetQuery { search: "or".into(), filter: OfClient::any(CredentialType::of("SSH").copied()), ..Default::default() },
            )
            .await
            .unwrap();
        assert_eq!(seen.rows.len(), 3);

        let mine = world.caller(partner, Some(lab), "Client Administrator").await;
        let seen = services.credential_set_search(&mine, "", SLICE).await.unwrap();
        assert_eq!(seen.rows.into_iter().map(|set| set.id).collect::<Vec<_>>(), std::slice::from_ref(&of_lab.id));
        for foreign in [&own.id, &of_corp.id] {
            assert_eq!(refusal(services.credential_set_get(&mine, foreign).await), Error::NotFound);
            assert_eq!(refusal(services.credential_set_delete(&mine, foreign).await), Error::NotFound);
        }
        let technician = world.caller(partner, None, "Technician").await;
        assert!(matches!(refusal(services.credential_set_update(&technician, &of_lab.id, None, draft("x", &[])).await), Error::Forbidden { .. }));
        let dispatcher = world.caller(partner, None, "Dispatcher").await;
        assert!(matches!(refusal(services.credential_set_list(&dispatcher, &CredentialSetQuery::default()).await), Error::Forbidden { .. }));
        assert_eq!(refusal(services.credential_set_delete(&dispatcher, &of_lab.id).await), services_forbidden());
    });
}

fn services_forbidden() -> Error {
    Error::forbidden("Your roles do not include the permission “Credential Sets: View”.")
}

#[test]
fn a_role_that_lists_sets_sees_these_alone() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        let admin = world.caller(partner, None, "Partner Administrator").await;
        let lab = world.client(&admin, "Lab").await;
        let one = world.services.credential_set_create(&admin, Some(lab), draft("One", &[])).await.unwrap();
        let two = world.services.credential_set_create(&admin, Some(lab), draft("Two", &[])).await.unwrap();
        let lists = RoleDraft {
            permission_sets: exactly(["12"]),
            all_clients: Some(true),
            credential_sets: exactly([one.id.as_str()]),
            ..role::draft("Lists one", "MSP")
        };
        world.services.role_create(&admin, lists).await.unwrap();
        let technician = world.caller(partner, None, "Lists one").await;
        let seen = world.services.credential_set_search(&technician, "", SLICE).await.unwrap();
        assert_eq!(seen.rows, std::slice::from_ref(&one));
        assert_eq!(refusal(world.services.credential_set_get(&technician, &two.id).await), Error::NotFound);
        assert_eq!(world.services.credential_set_usage(&admin, &one.id).await.unwrap(), InventoryUsage { roles: 1, ..InventoryUsage::default() });
        world.services.credential_set_delete(&admin, &one.id).await.unwrap();
        assert!(world.rows("SELECT role_id FROM role_credential_sets").await.is_empty());
    });
}
