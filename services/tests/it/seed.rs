//! Demo data and clients for load tests.

use domain::{ClientId, ClientQuery, ClientStatus, Error, Origin, PartnerId, StatusFilter, Total};
use sqlx::Row;

use crate::support::{on_both_engines, refusal, sign_in};

#[test]
fn the_demo_is_what_the_seeds_speak_of() {
    on_both_engines(async |world| {
        let services = &world.services;
        let users = services.seed_demo().await.unwrap();
        let roles: std::collections::BTreeSet<_> = users.iter().map(|(_, role)| role.as_str()).collect();
        assert_eq!(roles.len(), domain::DEFAULT_ROLES.len(), "one user for each role");
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
            let page = services.client_list(&admin, &ClientQuery { status, ..Default::default() }).await.unwrap();
            assert!(!page.rows.is_empty(), "{status:?}");
        }
        let all = services.client_list(&admin, &ClientQuery { status: StatusFilter::All, ..Default::default() }).await.unwrap();
        assert_eq!(all.total, Total::Exactly(204));
        let token = services.session_sign_in(sign_in("client8.customer@leoart.example", "Demo#2026"), &Origin::default()).await.unwrap();
        let customer = services.session_resolve(token.expose(), &Origin::default()).await.unwrap().caller;
        assert_eq!(customer.client, Some(ClientId::new(8)));

        assert!(matches!(refusal(services.seed_demo().await), Error::Conflict { .. }), "not over data");
    });
}

#[test]
fn clients_for_load_tests_are_always_the_same_and_counted() {
    on_both_engines(async |world| {
        let services = &world.services;
        services.seed_demo().await.unwrap();
        let mut told = Vec::new();
        services.seed_clients(20_500, |done| told.push(done)).await.unwrap();
        assert_eq!(told, [20_000, 20_500]);
        let rows = world.rows("SELECT status, COUNT(*) FROM clients GROUP BY status ORDER BY status").await;
        let counted = world.rows("SELECT status, clients FROM client_counts WHERE partner_id = 1 ORDER BY status").await;
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
        let page =
            services.client_list(&admin, &ClientQuery { search: name.clone(), status: StatusFilter::All, ..Default::default() }).await.unwrap();
        assert!(page.rows.iter().any(|row| row.id == ClientId::new(20_000)), "{name}");
        let client = services.client_get(&admin, ClientId::new(20_000)).await.unwrap();
        assert_eq!(client.details.name, name);
        let next = services.client_create(&admin, crate::support::client_draft("Next")).await.unwrap();
        assert_eq!(next, ClientId::new(20_705));
    });
}
