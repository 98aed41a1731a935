//! Setting an authenticator app up, and turning it off.

use domain::{Error, FactorOffDraft, FactorOnDraft, too_many_attempts};
use services::{Browser, Enrolling};
use sqlx::Row;

use super::{ADMIN, App, ROLE, UNFINISHED, code, turning_on, wrong};
use crate::support::{PASSWORD, at, on_both_engines, refusal};

#[test]
fn a_code_proves_the_app_before_it_counts() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (desk, phone) = (world.enter(ADMIN, &Browser::default()).await, world.enter(ADMIN, &Browser::default()).await);
        let admin = world.comes(&desk.session).await.unwrap();
        let (services, enrolling) = (&world.services, Enrolling::from(admin.clone()));

        let shown = services.factor_set_up(&enrolling).await.unwrap();
        assert!(!format!("{shown:?}").contains(&shown.secret), "the secret doesn't show itself");
        let again = services.factor_set_up(&enrolling).await.unwrap();
        assert!(again != shown, "whoever saw an earlier one in this session doesn't know it");
        let shown = again;
        let other = world.comes(&phone.session).await.unwrap();
        assert!(services.factor_set_up(&Enrolling::from(other)).await.unwrap() != shown, "what one session was shown is good in no other");
        let app = App::scan(&shown);
        assert_eq!(refusal(services.factor_confirm(&enrolling, &turning_on("000000")).await), wrong());
        let wrong_password = FactorOnDraft { password: "Fortran#1957".to_owned(), code: app.code(services.now()), name: String::new() };
        assert_eq!(refusal(services.factor_confirm(&enrolling, &wrong_password).await), Error::invalid("password", "The password is wrong."));
        assert_eq!(services.factor_get(&admin).await.unwrap().app, None);
        assert_eq!(world.enter(ADMIN, &Browser::default()).await.lacks, None, "it doesn't count yet");

        let draft = code(app.code(services.now()));
        let (token, codes) = services.factor_confirm(&enrolling, &turning_on(&*draft.code)).await.unwrap();
        let codes = codes.unwrap();
        assert_eq!(codes.0.len(), 10);
        let factor = services.factor_get(&world.comes(&token).await.unwrap()).await.unwrap();
        let app = factor.app.unwrap();
        assert_eq!((&*app.name, app.since, factor.recovery_codes, factor.required), ("Work phone", services.now(), 10, false));
        for ended in [&desk.session, &phone.session] {
            assert_eq!(refusal(world.comes(ended).await), Error::Unauthenticated, "every other session, and the token before");
        }
        let stored = world.rows("SELECT a.secret, r.hash FROM authenticators a JOIN recovery_codes r ON r.user_id = a.user_id").await;
        for row in stored {
            assert!(row.get::<&str, _>(0).starts_with("v1."), "sealed");
            assert!(codes.0.iter().all(|code| !row.get::<&str, _>(1).contains(&code.replace('-', ""))), "hashed");
        }
        assert!(world.audit().await.contains(&format!("second_factor.turn-on USR0000000001 {ADMIN}")));

        let signing_in = world.enter(ADMIN, &Browser::default()).await.session;
        let replayed = services.factor_sign_in(signing_in.expose(), &draft, &Browser::default(), &at("192.0.2.1")).await;
        assert_eq!(refusal(replayed), wrong(), "the code that proved the set-up was used");
        assert_eq!(refusal(world.comes(&signing_in).await), UNFINISHED);
    });
}

#[test]
fn a_wrong_code_is_recorded_and_is_no_wrong_password() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let session = world.enter(ADMIN, &Browser::default()).await.session;
        let enrolling = Enrolling::from(world.comes(&session).await.unwrap());
        let app = App::scan(&world.services.factor_set_up(&enrolling).await.unwrap());
        for _ in 0..6 {
            assert_eq!(refusal(world.services.factor_confirm(&enrolling, &turning_on("000000")).await), wrong());
        }
        let failed = format!("second_factor.turn-on-failed USR0000000001 {ADMIN}");
        assert_eq!(world.audit().await.iter().filter(|entry| **entry == failed).count(), 6);
        let right = turning_on(&*app.code(world.services.now()));
        assert!(world.services.factor_confirm(&enrolling, &right).await.is_ok(), "the password was right each time, so nobody waits");
    });
}

#[test]
fn another_app_takes_a_proof_of_the_one_before() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, app) = world.with_app(ADMIN).await;
        let enrolling = Enrolling::from(admin.clone());
        assert_eq!(refusal(world.services.factor_set_up(&enrolling).await), Error::Unproved);
        assert_eq!(refusal(world.services.factor_confirm(&enrolling, &turning_on("123456")).await), Error::Unproved);
        world.prove(&admin, &app).await;
        let (another, token, codes) = world.set_up(&admin).await;
        assert!(codes.0.is_empty(), "those from before still work");
        let admin = world.comes(&token).await.unwrap();
        world.clock.advance_seconds(60);
        assert_eq!(refusal(world.services.factor_prove(&admin, &code(app.code(world.services.now()))).await), wrong(), "the old one is void");
        world.prove(&admin, &another).await;
    });
}

#[test]
fn recovery_codes_work_once_and_a_new_set_voids_the_old() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.enter(ADMIN, &Browser::default()).await.session;
        let (_, token, old) = world.set_up(&world.comes(&token).await.unwrap()).await;
        // Its codes are random, so those of two sets differ.
        let (services, here) = (&world.other_server().await, at("192.0.2.1"));
        let enter = async |recovery: &str| {
            let token = world.enter(ADMIN, &Browser::default()).await.session;
            let signed_in = services.factor_sign_in(token.expose(), &code(recovery), &Browser::default(), &here).await?;
            world.comes(&signed_in.session).await
        };
        let admin = enter(&old.0[0].to_lowercase().replace('-', " ")).await.unwrap();
        assert_eq!(services.factor_get(&admin).await.unwrap().recovery_codes, 9);
        assert_eq!(refusal(enter(&old.0[0]).await), wrong());
        assert!(enter(&old.0[1]).await.is_ok(), "the others still work");

        world.clock.advance_seconds(6 * 60);
        let admin = world.comes(&token).await.unwrap();
        assert_eq!(refusal(services.recovery_codes_renew(&admin).await), Error::Unproved);
        services.factor_prove(&admin, &code(&*old.0[2])).await.unwrap();
        let elsewhere = enter(&old.0[4]).await.unwrap();
        let (renewed, new) = services.recovery_codes_renew(&admin).await.unwrap();
        assert_eq!(services.factor_get(&admin).await.unwrap().recovery_codes, 10);
        assert_eq!(refusal(services.session_end_others(&elsewhere).await), Error::Unauthenticated, "every other session ends");
        assert_eq!(refusal(world.comes(&token).await), Error::Unauthenticated, "this one has another token");
        assert!(world.comes(&renewed).await.is_ok());
        assert_eq!(refusal(enter(&old.0[3]).await), wrong(), "of the old set");
        assert!(enter(&new.0[3]).await.is_ok());
        services.close().await;
    });
}

#[test]
fn it_is_turned_off_by_password_and_code() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, app) = world.with_app(ADMIN).await;
        let elsewhere = world.sign_in_with(ADMIN, &app).await;
        let services = &world.services;
        let off = |password: &str, code: &str| FactorOffDraft { password: password.to_owned(), code: code.to_owned() };
        let turn_off = async |draft: FactorOffDraft| services.factor_turn_off(&admin, &draft).await;
        world.clock.advance_seconds(30);
        let right = app.code(services.now());
        let Error::Invalid { violations } = refusal(turn_off(off("", "")).await) else { panic!("what is missing is named") };
        assert_eq!(violations.iter().map(|violation| violation.field.as_str()).collect::<Vec<_>>(), ["code", "password"]);
        assert_eq!(refusal(turn_off(off("wrong", &right)).await), Error::invalid("password", "The password is wrong."));
        assert_eq!(refusal(turn_off(off(PASSWORD, "000000")).await), wrong());
        assert!(services.factor_get(&admin).await.unwrap().app.is_some());

        let token = turn_off(off(PASSWORD, &right)).await.unwrap();
        let admin = world.comes(&token).await.unwrap();
        assert_eq!(services.factor_get(&admin).await.unwrap(), domain::SecondFactor::default());
        assert_eq!(
            refusal(services.factor_get(&elsewhere).await.and(services.session_sign_out_everywhere(&elsewhere).await)),
            Error::Unauthenticated
        );
        assert_eq!(world.enter(ADMIN, &Browser::default()).await.lacks, None);
        assert!(world.rows("SELECT user_id FROM recovery_codes").await.is_empty());
        let audit = world.audit().await;
        for action in ["second_factor.turn-off", "second_factor.turn-off-failed", "second_factor.failed"] {
            assert!(audit.contains(&format!("{action} USR0000000001 {ADMIN}")), "{action}");
        }
    });
}

#[test]
fn codes_are_throttled_like_passwords_over_all_sessions() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, app) = world.with_app(ADMIN).await;
        let guess = async |draft: &str| {
            let token = world.enter(ADMIN, &Browser::default()).await.session;
            refusal(world.services.factor_sign_in(token.expose(), &code(draft), &Browser::default(), &at("192.0.2.1")).await)
        };
        let wait = |seconds| Error::invalid("code", too_many_attempts(seconds));
        assert_eq!([guess("000000").await, guess("000000").await, guess("000000").await], [wrong(), wrong(), wrong()]);
        for seconds in [1, 2, 4, 8, 16, 32, 64] {
            let right = app.code(world.services.now());
            assert_eq!(guess(&right).await, wait(seconds), "the right password doesn't forgive wrong codes, and the right code waits too");
            world.clock.advance_seconds(seconds);
            assert_eq!(guess("000000").await, wrong());
        }
        assert_eq!(guess("000000").await, wait(900));
        assert_eq!(world.audit().await.iter().filter(|entry| entry.starts_with("session.lock")).count(), 1);
    });
}
