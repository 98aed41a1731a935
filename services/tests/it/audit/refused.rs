//! Refused attempts: that they are recorded, and how many of them.

use domain::{KeyRefusal, NewApiKey, Origin};
use sqlx::Row;

use super::{Setting, setting};
use crate::support::{PASSWORD, World, at, on_both_engines, sign_in};

async fn number(world: &World, action: &str) -> usize {
    world.rows(&format!("SELECT id FROM audit_records WHERE action = '{action}'")).await.len()
}

#[test]
fn who_is_refused_is_recorded_but_cannot_fill_the_disk() {
    on_both_engines(async |world| {
        let Setting { admin, one, of_one, .. } = setting(&world).await;
        let services = &world.services;
        services.request_refused(&of_one, "POST /rpc/clients/create").await;
        let rows = world.rows("SELECT object, client_id, login FROM audit_records WHERE action = 'request.refused'").await;
        assert_eq!((rows[0].get::<&str, _>(0), rows[0].get::<i64, _>(1)), ("POST /rpc/clients/create", one.number()));
        assert_eq!(rows[0].get::<&str, _>(2), of_one.user.login);
        for _ in 0..200 {
            services.request_refused(&of_one, "POST /rpc/clients/create").await;
        }
        assert_eq!(number(&world, "request.refused").await, 60);
        services.request_refused(&admin, "GET /setup").await;
        let last = world.rows("SELECT changes FROM audit_records WHERE action = 'request.refused' ORDER BY id DESC LIMIT 1").await;
        assert!(last[0].get::<&str, _>(0).contains("\"141\""), "how many are missing is recorded");
        world.clock.advance_seconds(3600 - 1);
        let of_one = world.signed_in(&of_one.user.login).await;
        services.request_refused(&of_one, "GET /setup").await;
        assert_eq!(number(&world, "request.refused").await, 61);
        world.clock.advance_seconds(1);
        services.request_refused(&of_one, "GET /setup").await;
        assert_eq!(number(&world, "request.refused").await, 62, "an hour later");
    });
}

#[test]
fn a_request_with_a_long_path_is_recorded_too() {
    on_both_engines(async |world| {
        let Setting { of_one, .. } = setting(&world).await;
        // Longer than an index takes, and nothing that can be compressed much.
        let path: String = (0..3000_u64).map(|number| format!("{:x}", number.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
        world.services.request_refused(&of_one, &format!("GET /{path}")).await;
        let rows = world.rows("SELECT object FROM audit_records WHERE action = 'request.refused'").await;
        let objects: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
        assert_eq!(objects, [&format!("GET /{path}")[..200]]);
    });
}

#[test]
fn names_that_nobody_has_cannot_fill_the_disk() {
    on_both_engines(async |world| {
        let failed = async |name: String, address: &str| {
            assert!(world.services.session_sign_in(sign_in(&name, "x"), &at(address)).await.is_err());
            // Past the delays of the address.
            world.clock.advance_seconds(20);
        };
        for number in 0..90 {
            failed(format!("nobody{number}"), "192.0.2.1").await;
        }
        assert_eq!(number(&world, "session.sign-in-failed").await, 60);
        failed("nobody".to_owned(), "198.51.100.1").await;
        let last = world.rows("SELECT changes FROM audit_records WHERE action = 'session.sign-in-failed' ORDER BY id DESC LIMIT 1").await;
        assert!(
            last[0].get::<&str, _>(0).contains("\"25\""),
            "how many are missing is recorded, but for those that had to wait: {}",
            last[0].get::<&str, _>(0)
        );
        assert_eq!(number(&world, "session.sign-in-failed").await, 61);
    });
}

#[test]
fn a_session_at_an_address_that_is_not_allowed_is_recorded() {
    on_both_engines(async |world| {
        let Setting { admin, .. } = setting(&world).await;
        let services = &world.services;
        let token = services.session_sign_in(sign_in(&admin.user.login, PASSWORD), &Origin::default()).await.unwrap();
        world.execute("UPDATE partners SET restrict_ips = 1, allowed_ips = '192.0.2.7'").await;
        world.clock.advance_seconds(5);
        for _ in 0..2 {
            assert!(services.session_resolve(token.expose(), &at("198.51.100.1")).await.is_err());
        }
        let rows = world.rows("SELECT login, ip FROM audit_records WHERE action = 'session.address-refused'").await;
        let words: Vec<_> = rows.iter().map(|row| (row.get::<&str, _>(0), row.get::<&str, _>(1))).collect();
        assert_eq!(words, [(admin.user.login.as_str(), "198.51.100.1"); 2]);
        assert!(services.session_resolve(token.expose(), &at("192.0.2.7")).await.is_ok());
    });
}

#[test]
fn refused_api_keys_are_recorded_but_no_secret_is() {
    on_both_engines(async |world| {
        let Setting { admin, one, .. } = setting(&world).await;
        let new = world.services.operator().api_key_create(one.into(), "Script", "Customer").await.unwrap();
        let wrong = NewApiKey { secret: "x".repeat(64), ..new.clone() };
        let unknown = NewApiKey { key: "y".repeat(32), ..new.clone() };
        let (here, elsewhere) = (at("192.0.2.1"), at("198.51.100.1"));
        assert_eq!(world.token(&wrong, &here).await, Err(KeyRefusal::Unknown));
        assert_eq!(world.token(&unknown, &here).await, Err(KeyRefusal::Unknown));
        let token = world.token(&new, &here).await.unwrap();
        world.execute("UPDATE api_keys SET allowed_ips = '192.0.2.1'").await;
        world.clock.advance_seconds(5);
        assert!(matches!(world.services.token_resolve(&token, &elsewhere).await.unwrap(), Err(KeyRefusal::Address)));
        assert!(matches!(world.services.token_resolve("nonsense", &elsewhere).await.unwrap(), Err(KeyRefusal::Unknown)));

        let sql = "SELECT t.partner_id, COALESCE(t.client_id, 0), t.login, t.ip, t.through, t.object, t.changes || t.search_key FROM audit_records t \
                   WHERE t.action = 'api_key.refused' ORDER BY t.at, t.partner_id DESC, t.id";
        let rows = world.rows(sql).await;
        let text = |row: usize, column: usize| rows[row].get::<&str, _>(column);
        let whose: Vec<_> = rows.iter().map(|row| (row.get::<i64, _>(0), row.get::<i64, _>(1), row.get::<&str, _>(3))).collect();
        let (own, nobody) = ((admin.partner.number(), one.number()), (0, 0));
        assert_eq!(
            whose,
            [(own.0, own.1, "192.0.2.1"), (nobody.0, nobody.1, "192.0.2.1"), (own.0, own.1, "198.51.100.1"), (nobody.0, nobody.1, "198.51.100.1")]
        );
        assert_eq!((text(0, 2), text(0, 4), text(0, 5)), ("api-key Script", "api-key", "key_1"));
        assert_eq!((text(1, 2), text(1, 5)), ("", ""));
        assert!(text(2, 6).contains("current IP"), "the reason is recorded: {}", text(2, 6));
        for secret in [&new.secret, &wrong.secret, &unknown.key, &token, &"nonsense".to_owned()] {
            assert!((0..rows.len()).all(|row| !text(row, 6).contains(secret.as_str())));
        }
        assert_eq!(world.services.operator().audit_verify(&[]).await.unwrap().iter().find_map(|verified| verified.fault.clone()), None);
    });
}

#[test]
fn guessing_keys_cannot_fill_the_disk() {
    on_both_engines(async |world| {
        setting(&world).await;
        for number in 0..90 {
            assert!(world.services.token_resolve(&format!("token{number}"), &at("192.0.2.1")).await.unwrap().is_err());
        }
        assert_eq!(number(&world, "api_key.refused").await, 60);
    });
}
