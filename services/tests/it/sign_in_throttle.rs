//! Growing delays and the lock.

use domain::{Error, counted};

use crate::support::{PASSWORD, World, at, on_both_engines, refusal, sign_in};

const ADMIN: &str = "partner.administrator";

fn wrong() -> Error {
    Error::invalid("password", "The login name or the password is wrong.")
}

fn wait(seconds: i64) -> Error {
    Error::invalid("password", format!("Too many attempts. Wait {} and try again.", counted(seconds.unsigned_abs(), "second", "seconds")))
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
