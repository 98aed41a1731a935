//! Refused attempts: that they are recorded, and how many of them.

use domain::Origin;
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
fn names_that_nobody_has_cannot_fill_the_disk_from_however_many_addresses() {
    on_both_engines(async |world| {
        for number in 0..90 {
            let origin = at("192.0.2.1");
            assert!(world.services.session_sign_in(sign_in(&format!("nobody{number}"), "x"), &origin).await.is_err());
            // Past the delays of the address.
            world.clock.advance_seconds(20);
        }
        assert!(number(&world, "session.sign-in-failed").await <= 60);
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
