//! Growing delays and the lock.

use domain::{Error, KeyRefusal, too_many_attempts};
use services::Browser;

use crate::support::{PASSWORD, World, at, on_both_engines, refusal, sign_in};

const ADMIN: &str = "partner.administrator";

fn wrong() -> Error {
    Error::invalid("password", "The login name or the password is wrong.")
}

fn wait(seconds: i64) -> Error {
    Error::invalid("password", too_many_attempts(seconds))
}

impl World {
    async fn fail(&self, login: &str, ip: &str) -> Error {
        refusal(self.services.session_sign_in(sign_in(login, "wrong"), &at(ip)).await)
    }
}

#[test]
fn failures_slow_an_account_down_then_lock_it_whether_it_exists_or_not() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, "Partner Administrator").await;
        for login in [ADMIN, "nobody"] {
            assert_eq!([world.fail(login, "192.0.2.1").await, world.fail(login, "192.0.2.1").await], [wrong(), wrong()]);
            for seconds in [1, 2, 4, 8, 16, 32, 64] {
                assert_eq!(world.fail(login, "192.0.2.1").await, wrong());
                assert_eq!(world.fail(login, "192.0.2.2").await, wait(seconds), "{login} from anywhere");
                world.clock.advance_seconds(seconds);
            }
            assert_eq!(world.fail(login, "192.0.2.1").await, wrong(), "the tenth");
            world.clock.advance_seconds(899);
            let right = refusal(world.services.session_sign_in(sign_in(login, PASSWORD), &at("192.0.2.1")).await);
            assert_eq!(right, wait(1), "a lock holds for the right password too");
        }
        let audit = world.audit().await;
        assert_eq!(audit.iter().filter(|record| record.starts_with("session.lock")).count(), 2);

        world.clock.advance_seconds(1);
        world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &at("192.0.2.1")).await.unwrap();
        for _ in 0..2 {
            assert_eq!(world.fail(ADMIN, "192.0.2.1").await, wrong(), "a success forgets the failures");
        }
    });
}

#[test]
fn failures_long_ago_are_forgotten() {
    on_both_engines(async |world| {
        for _ in 0..3 {
            for _ in 0..2 {
                assert_eq!(world.fail("nobody", "192.0.2.1").await, wrong());
            }
            world.clock.advance_seconds(24 * 3600 + 1);
        }
    });
}

#[test]
fn an_address_that_tries_many_accounts_has_to_wait_too() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, "Partner Administrator").await;
        for number in 0..29 {
            assert_eq!(world.fail(&format!("guess{number}"), "192.0.2.1").await, wrong());
        }
        for _ in 0..3 {
            world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &at("192.0.2.1")).await.expect("a success doesn't count");
        }
        assert_eq!(world.fail("guess29", "192.0.2.1").await, wrong());
        let right = world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &at("192.0.2.1")).await;
        assert_eq!(refusal(right), wait(1));
        world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &at("192.0.2.2")).await.expect("others aren't kept waiting");
    });
}

#[test]
fn attempts_at_the_same_moment_get_no_more_guesses() {
    on_both_engines(async |world| {
        let attempts = (0..8).map(|_| world.fail("nobody", "192.0.2.1"));
        let outcomes = futures::future::join_all(attempts).await;
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == wrong()).count(), 3);
    });
}

#[test]
fn strangers_keep_nobody_out_of_a_browser_that_was_here_before() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, "Partner Administrator").await;
        let (services, here) = (&world.services, at("192.0.2.1"));
        let first = services.session_begin(&Browser::default(), sign_in(ADMIN, PASSWORD), &here).await.unwrap();
        let known_by = first.browser.unwrap();
        let browser = Browser::new(None, Some(known_by.expose()));
        for _ in 0..12 {
            world.fail(ADMIN, "192.0.2.1").await;
            world.clock.advance_seconds(64);
        }
        assert_eq!(world.fail(ADMIN, "192.0.2.9").await, too_many(&world).await, "strangers have to wait");

        let again = services.session_begin(&browser, sign_in(ADMIN, PASSWORD), &here).await.unwrap();
        assert!(again.browser.is_none(), "it is known already");
        assert_eq!(world.fail(ADMIN, "192.0.2.9").await, too_many(&world).await, "the owner's success doesn't let strangers guess again");

        let wrong_here = async || refusal(services.session_begin(&browser, sign_in(ADMIN, "wrong"), &here).await);
        for _ in 0..3 {
            assert_eq!(wrong_here().await, wrong());
        }
        assert_eq!(wrong_here().await, wait(1), "who got hold of the browser is slowed down like anybody");
        let made_up = Browser::new(None, Some("made-up"));
        let stranger = refusal(services.session_begin(&made_up, sign_in(ADMIN, PASSWORD), &here).await);
        assert_eq!(stranger, too_many(&world).await, "a token that was never given out counts for nothing");
    });
}

/// The message for a stranger who tries the locked account.
async fn too_many(world: &World) -> Error {
    let refused = refusal(world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &at("198.51.100.1")).await);
    assert!(refused.to_string().contains("Too many attempts") || format!("{refused:?}").contains("Too many attempts"), "{refused:?}");
    refused
}

#[test]
fn a_browser_is_known_to_the_accounts_that_signed_in_there_and_to_no_other() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, "Partner Administrator").await;
        world.user(partner, None, "Technician").await;
        let (services, here) = (&world.services, at("192.0.2.1"));
        let first = services.session_begin(&Browser::default(), sign_in("technician", PASSWORD), &here).await.unwrap();
        let browser = Browser::new(None, Some(first.browser.unwrap().expose()));
        for _ in 0..3 {
            world.fail(ADMIN, "192.0.2.9").await;
        }
        let refused = refusal(services.session_begin(&browser, sign_in(ADMIN, PASSWORD), &here).await);
        assert_eq!(refused, wait(1), "a colleague's browser is a stranger's");
        services.session_begin(&browser, sign_in("technician", PASSWORD), &here).await.unwrap();

        world.clock.advance_seconds(180 * 24 * 3600);
        services.session_sweep().await.unwrap();
        assert!(world.rows("SELECT key FROM known_browsers").await.is_empty(), "after half a year it is forgotten");
    });
}

#[test]
fn a_clock_that_is_set_back_leaves_nobody_locked_for_days() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, "Partner Administrator").await;
        let days = 3 * 24 * 3600;
        world.clock.advance_seconds(days);
        for _ in 0..10 {
            world.fail(ADMIN, "192.0.2.1").await;
            world.clock.advance_seconds(64);
        }
        assert_eq!(world.fail(ADMIN, "192.0.2.1").await, Error::invalid("password", too_many_attempts(900 - 64)));
        world.clock.advance_seconds(-days);
        world.services.session_sign_in(sign_in(ADMIN, PASSWORD), &at("192.0.2.1")).await.unwrap();
    });
}

#[test]
fn wrong_secrets_of_a_key_slow_down_the_address_that_sends_them() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let key = world.services.operator().api_key_create(admin.partner.into(), "Terraform", "Technician").await.unwrap();
        let issue = async |secret: &str, ip: &str| world.services.token_issue(&key.key, secret, &at(ip)).await.unwrap().map(|_| ());
        for _ in 0..3 {
            assert_eq!(issue("wrong", "192.0.2.1").await, Err(KeyRefusal::Unknown));
        }
        assert_eq!(issue("wrong", "192.0.2.1").await, Err(KeyRefusal::Throttled { seconds: 1 }));
        assert_eq!(issue(&key.secret, "192.0.2.1").await, Err(KeyRefusal::Throttled { seconds: 1 }), "not even the right one is looked at");
        assert_eq!(issue(&key.secret, "192.0.2.2").await, Ok(()), "a program elsewhere isn't kept out");
        world.clock.advance_seconds(1);
        assert_eq!(issue(&key.secret, "192.0.2.1").await, Ok(()));
        for _ in 0..2 {
            assert_eq!(issue("wrong", "192.0.2.1").await, Err(KeyRefusal::Unknown), "a success forgets the failures");
        }
    });
}

#[test]
fn signing_in_ends_the_session_it_replaces() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, "Partner Administrator").await;
        world.user(partner, None, "Technician").await;
        let (services, here) = (&world.services, at("192.0.2.1"));
        let [replaced, other] = [0, 1].map(|_| services.session_sign_in(sign_in(ADMIN, PASSWORD), &here));
        let (replaced, other) = (replaced.await.unwrap(), other.await.unwrap());
        let browser = Browser::new(Some(replaced.expose()), None);

        refusal(services.session_begin(&browser, sign_in("technician", "wrong"), &here).await);
        services.session_resolve(replaced.expose(), &here).await.expect("a refused sign-in ends nothing");
        let next = services.session_begin(&browser, sign_in("technician", PASSWORD), &here).await.unwrap().session;
        assert_eq!(refusal(services.session_resolve(replaced.expose(), &here).await), Error::Unauthenticated);
        services.session_resolve(other.expose(), &here).await.expect("a session elsewhere goes on");
        services.session_resolve(next.expose(), &here).await.unwrap();
    });
}
