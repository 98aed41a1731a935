//! Demo data and clients for load tests.

use domain::{ClientId, ClientQuery, ClientStatus, CredentialField, Error, Origin, PartnerId, StatusFilter, Total};
use sqlx::Row;

use crate::support::{on_both_engines, refusal, sign_in};

#[test]
fn the_demo_is_what_the_seeds_speak_of() {
    on_both_engines(async |world| {
        let services = &world.services;
        let users = services.operator().seed_demo().await.unwrap();
        let roles: std::collections::BTreeSet<_> = users.iter().map(|(_, role)| role.as_str()).collect();
        assert_eq!(roles.len(), domain::DEFAULT_ROLES.len(), "one user for each role");
        assert!(services.operator().seed_demo().await.is_err(), "users whose password everybody knows get into an empty database alone");
        let token = services.session_sign_in(sign_in("admin@leoart.example", "Demo#2026"), &Origin::default()).await.unwrap();
        let admin = services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller;
        assert_eq!((admin.partner.to_string(), admin.organization.as_str()), ("msp_1".to_owned(), "LeoArt Inc"));
        for (number, name) in [(8, "LeoArt Lab"), (9, "LeoArt Corp.")] {
            let client = services.client_get(&admin, ClientId::new(number)).await.unwrap();
            assert_eq!((client.details.name.as_str(), client.status), (name, ClientStatus::Active));
            assert!(client.details.access.iter().all(|row| row.password_kept) && !client.details.providers.is_empty());
        }
        let lab = services.client_get(&admin, ClientId::new(8)).await.unwrap();
        for image in &lab.details.images {
            assert!(services.image_read(&admin, &image.id).await.is_ok());
        }
        assert_eq!(lab.details.images.len(), 2);
        for status in [StatusFilter::Active, StatusFilter::Suspended, StatusFilter::Terminated] {
            let page =
                services.client_list(&admin, &ClientQuery { filter: crate::client_list::in_state(status), ..Default::default() }).await.unwrap();
            assert!(!page.rows.is_empty(), "{status:?}");
        }
        let all = services
            .client_list(&admin, &ClientQuery { filter: crate::client_list::in_state(StatusFilter::All), ..Default::default() })
            .await
            .unwrap();
        assert_eq!(all.total, Total::Exactly(204));
        let token = services.session_sign_in(sign_in("client8.customer@leoart.example", "Demo#2026"), &Origin::default()).await.unwrap();
        let customer = services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller;
        assert_eq!(customer.client, Some(ClientId::new(8)));

        assert!(matches!(refusal(services.operator().seed_demo().await), Error::Conflict { .. }), "not over data");
    });
}

#[test]
fn the_demo_has_what_the_seeds_examples_name() {
    on_both_engines(async |world| {
        let services = &world.services;
        services.operator().seed_demo().await.unwrap();
        let admin = world.caller(PartnerId::new(1), None, "Partner Administrator").await;
        for (id, client, host_name) in [
            ("2912ca9f-5c62-451f-82a8-8c08ca9c9447", 8, "HYDLPT159"),
            ("f5e00639-7fd7-482f-a3e1-8a05edf28abb", 9, "HYDLPT420"),
            ("43d49023-4c47-4dbf-a59b-9c40610e1ab8", 8, "HYDLPT044"),
        ] {
            let device = services.device_get(&admin, &id.parse().unwrap()).await.unwrap();
            assert_eq!((device.client.id.number(), device.details.host_name.as_str()), (client, host_name));
        }
        let group = services.device_group_get(&admin, &"DGP-876f73a7-c0e4-409c-a757-5c64205ff97a".parse().unwrap()).await.unwrap();
        assert_eq!((group.details.name.as_str(), group.created.rfc3339().as_str()), ("HYD-WINDOWS", "2016-07-24T07:27:44Z"));
        assert_eq!(group.updated.rfc3339(), "2016-07-24T07:33:15Z");
        for (id, port, timeout) in [
            ("mmtKsSTyXYqtEtrRMRSmWjAh", "0", "10000"),
            ("EAmBeuHhCY5hrCvHVejrccJj", "0", "0"),
            ("GxGJJk65Vr6mGUTx8uGBgMNx", "222", "10000"),
            ("y9rxRm4sMP6u5sWRKMqUu6cz", "22", "10000"),
        ] {
            let set = services.credential_set_get(&admin, &id.parse().unwrap()).await.unwrap();
            let value = |field| set.details.value(field).to_owned();
            assert_eq!((value(CredentialField::Port).as_str(), value(CredentialField::TimeoutMs).as_str()), (port, timeout));
            assert_eq!((value(CredentialField::Universal).as_str(), set.secrets.len()), ("true", 1));
        }
        let groups = world.rows("SELECT id, unique_id FROM user_groups WHERE id IN (5, 6) ORDER BY id").await;
        let groups: Vec<String> = groups.iter().map(|row| row.get(1)).collect();
        assert_eq!(groups, ["USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3", "USRGRP-98c1733f-0429-001d-8196-54a85e15d49d"]);
        let users = world.rows("SELECT login FROM users WHERE id IN (11, 13) ORDER BY id").await;
        assert_eq!(users.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>(), ["LeoArtInc@opsramp.com", "LeoArtPAdmin@opsramp.com"]);
        let counts = services.device_counts(&admin).await.unwrap();
        assert!(counts.iter().all(|(_, count)| *count > 10) && counts.iter().map(|(_, count)| count).sum::<u64>() > 300, "{counts:?}");
        assert_eq!(world.rows("SELECT id FROM roles WHERE is_default = 0").await.len(), 2);
    });
}

#[test]
fn a_directory_for_load_tests_is_always_the_same() {
    on_both_engines(async |world| {
        let services = &world.services;
        world.partner().await;
        assert!(matches!(refusal(services.operator().seed_devices(1, None, |_| ()).await), Error::Conflict { .. }), "there are no clients yet");
        services.operator().seed_clients(300, |_| ()).await.unwrap();
        let mut told = Vec::new();
        services.operator().seed_devices(20_500, None, |done| told.push(done)).await.unwrap();
        assert_eq!(told, [20_000, 20_500]);
        services.operator().seed_users(300, |_| ()).await.unwrap();
        services.operator().seed_roles(20, |_| ()).await.unwrap();
        let admin = world.caller(PartnerId::new(1), None, "Partner Administrator").await;
        let counts = services.device_counts(&admin).await.unwrap();
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<u64>(), 20_500);
        let some = world.rows("SELECT unique_id, name, kind, client_id FROM devices WHERE id = 20000").await;
        let some = format!("{} {} {} {}", some[0].get::<&str, _>(0), some[0].get::<&str, _>(1), some[0].get::<&str, _>(2), some[0].get::<i64, _>(3));
        insta::allow_duplicates! { insta::assert_snapshot!(some, @"019b76da-f620-79ef-913f-752a16329d07 LPT-0020000 desktop 225") }
        for (table, least) in [("role_clients", 400), ("role_users", 300), ("role_devices", 20), ("users", 301)] {
            let rows = world.rows(&format!("SELECT COUNT(*) FROM {table}")).await;
            assert!(rows[0].get::<i64, _>(0) >= least, "{table}");
        }
        let added = services.device_create(&admin, Some(ClientId::new(1)), crate::device::draft("next", "")).await;
        assert!(added.is_ok(), "the numbers go on");
    });
}

#[test]
fn clients_for_load_tests_are_always_the_same_and_counted() {
    on_both_engines(async |world| {
        let services = &world.services;
        services.operator().seed_demo().await.unwrap();
        let mut told = Vec::new();
        services.operator().seed_clients(20_500, |done| told.push(done)).await.unwrap();
        assert_eq!(told, [20_000, 20_500]);
        let rows = world.rows("SELECT 'clients ' || status, COUNT(*) FROM clients GROUP BY status ORDER BY status").await;
        let counted = world.rows("SELECT counted, number FROM row_counts WHERE partner_id = 1 AND counted LIKE 'clients %' ORDER BY counted").await;
        let read = |rows: &[sqlx::any::AnyRow]| rows.iter().map(|row| (row.get::<String, _>(0), row.get::<i64, _>(1))).collect::<Vec<_>>();
        assert_eq!(read(&rows), read(&counted));
        assert_eq!(rows.iter().map(|row| row.get::<i64, _>(1)).sum::<i64>(), 20_704);
        let some = world.rows("SELECT name, external_id, country FROM clients WHERE id IN (1000, 20000) ORDER BY id").await;
        let read: Vec<String> =
            some.iter().map(|row| format!("{} | {} | {}", row.get::<&str, _>(0), row.get::<&str, _>(1), row.get::<&str, _>(2))).collect();
        insta::allow_duplicates! {
            insta::assert_snapshot!(read.join("\n"), @r"
            Graz Transport GmbH | SF7337413075 | AUT
            North Star Retail S.A. | SF5760848939 | POL
            ");
        }
        let name = some[1].get::<&str, _>(0).to_owned();
        let admin = world.caller(PartnerId::new(1), None, "Partner Administrator").await;
        let page = services
            .client_list(&admin, &ClientQuery { search: name.clone(), filter: crate::client_list::in_state(StatusFilter::All), ..Default::default() })
            .await
            .unwrap();
        assert!(page.rows.iter().any(|row| row.id == ClientId::new(20_000)), "{name}");
        let client = services.client_get(&admin, ClientId::new(20_000)).await.unwrap();
        assert_eq!(client.details.name, name);
        let next = services.client_create(&admin, crate::support::client_draft("Next")).await.unwrap();
        assert_eq!(next, ClientId::new(20_705));
    });
}
