//! Making passkeys, removing them, and turning the second factor off.

use domain::{Error, FactorOffDraft, MAX_PASSKEYS, Mask, PartnerSettings, SecondFactor, SignInStep};
use services::{Browser, Enrolling, Passkeys};

use super::{CONSOLE, Device, adding, code, late};
use crate::{
    factor::{ADMIN, HERE, ROLE},
    support::{PASSWORD, at, on_both_engines, refusal},
};

const WRONG_PASSWORD: &str = "The password is wrong.";

#[test]
fn the_first_passkey_takes_the_password_and_brings_recovery_codes() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (desk, phone) = (world.enter(ADMIN, &Browser::default()).await, world.enter(ADMIN, &Browser::default()).await);
        let admin = world.comes(&desk.session).await.unwrap();
        let (services, enrolling, mut device) = (&world.services, Enrolling::from(admin.clone()), Device::new());
        let request = services.passkey_request(&enrolling).await.unwrap();
        let draft = adding(&request, device.make(&request, CONSOLE), PASSWORD);

        let nameless = domain::PasskeyDraft { name: " ".to_owned(), ..draft.clone() };
        assert_eq!(refusal(services.passkey_confirm(&enrolling, &nameless).await), Error::invalid("name", "Enter a name for the passkey."));
        let wrong = domain::PasskeyDraft { password: "Fortran#1957".to_owned(), ..draft.clone() };
        assert_eq!(refusal(services.passkey_confirm(&enrolling, &wrong).await), Error::invalid("password", WRONG_PASSWORD));
        assert!(!services.factor_get(&admin).await.unwrap().is_on());

        let (token, codes) = services.passkey_confirm(&enrolling, &draft).await.unwrap();
        let codes = codes.unwrap();
        assert_eq!(codes.0.len(), 10);
        let admin = world.comes(&token).await.unwrap();
        let factor = services.factor_get(&admin).await.unwrap();
        assert_eq!((factor.passkeys.len(), &*factor.passkeys[0].name, factor.recovery_codes), (1, "Phone", 10));
        assert!(factor.app.is_none() && factor.offers_passkeys);
        for ended in [&desk.session, &phone.session] {
            assert_eq!(refusal(world.comes(ended).await), Error::Unauthenticated, "every other session, and the token before");
        }
        let again = refusal(services.passkey_confirm(&Enrolling::from(admin), &draft).await);
        assert_eq!(again, late(), "an answer counts once");
        let entered = world.enter(ADMIN, &Browser::default()).await;
        assert_eq!(entered.lacks, Some(SignInStep::Prove));
        let by_code = services.factor_sign_in(entered.session.expose(), &code(&*codes.0[0]), &Browser::default(), &at(HERE)).await;
        assert!(by_code.is_ok(), "a recovery code works without an app");
        let audit = world.audit().await;
        for action in ["passkey.create", "second_factor.turn-on", "second_factor.turn-on-failed"] {
            assert!(audit.contains(&format!("{action} USR0000000001 {ADMIN}")), "{action}");
        }
    });
}

#[test]
fn a_passkey_made_elsewhere_too_late_or_for_somebody_else_is_not_taken() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        for role in [ROLE, "Technician"] {
            world.user(partner, None, role).await;
        }
        let (services, mut device) = (&world.services, Device::new());
        let admin = world.comes(&world.enter(ADMIN, &Browser::default()).await.session).await.unwrap();
        let grace = world.comes(&world.enter("technician", &Browser::default()).await.session).await.unwrap();
        let (admin, grace) = (Enrolling::from(admin), Enrolling::from(grace));
        let request = services.passkey_request(&admin).await.unwrap();

        let elsewhere = adding(&request, device.make(&request, "https://console.example.net"), PASSWORD);
        assert!(matches!(refusal(services.passkey_confirm(&admin, &elsewhere).await), Error::Conflict { .. }));
        let nonsense = adding(&request, "{}".to_owned(), PASSWORD);
        assert!(matches!(refusal(services.passkey_confirm(&admin, &nonsense).await), Error::Conflict { .. }));
        let draft = adding(&request, device.make(&request, CONSOLE), PASSWORD);
        assert_eq!(refusal(services.passkey_confirm(&grace, &draft).await), late());
        world.clock.advance_seconds(5 * 60);
        assert_eq!(refusal(services.passkey_confirm(&admin, &draft).await), late());
        assert!(world.rows("SELECT id FROM passkeys").await.is_empty());
        services.passkey_request(&admin).await.unwrap();
        assert_eq!(world.rows("SELECT key FROM passkey_ceremonies").await.len(), 1, "what nobody can answer any more is deleted");
    });
}

#[test]
fn there_are_several_each_removed_by_a_proof_but_the_last() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, mut phone) = world.with_passkey(ADMIN).await;
        let (services, mut key) = (&world.services, Device::new());
        assert_eq!(refusal(services.passkey_request(&Enrolling::from(admin.clone())).await), Error::Unproved);
        world.prove_with(&admin, &mut phone).await;
        let (enrolling, mut stolen) = (Enrolling::from(admin.clone()), Device::new());
        let request = services.passkey_request(&enrolling).await.unwrap();
        let answer = stolen.make(&request, CONSOLE);
        for (password, sentence) in [("", "Enter your password."), ("Fortran#1957", WRONG_PASSWORD)] {
            let draft = adding(&request, answer.clone(), password);
            assert_eq!(
                refusal(services.passkey_confirm(&enrolling, &draft).await),
                Error::invalid("password", sentence),
                "a session alone isn't enough"
            );
        }
        let (token, codes) = world.add(&admin, &mut key).await;
        assert!(codes.is_none(), "those from before still work");
        let admin = world.comes(&token).await.unwrap();
        assert_eq!(key.user, phone.user, "one name for the user on all devices");
        assert_eq!(services.factor_get(&admin).await.unwrap().passkeys.len(), 2);

        world.clock.advance_seconds(6 * 60);
        assert_eq!(refusal(services.passkey_remove(&admin, &phone.id).await), Error::Unproved);
        world.prove_with(&admin, &mut phone).await;
        assert_eq!(refusal(services.passkey_remove(&admin, "nobody's").await), Error::NotFound);
        let elsewhere = world.sign_in_by(ADMIN, &mut phone).await;
        let admin = world.comes(&services.passkey_remove(&admin, &phone.id).await.unwrap()).await.unwrap();
        assert_eq!(refusal(services.session_sign_out_everywhere(&elsewhere).await), Error::Unauthenticated, "other sessions end");
        assert!(matches!(refusal(services.passkey_remove(&admin, &key.id).await), Error::Conflict { .. }), "the only one");
        let left = services.factor_get(&admin).await.unwrap().passkeys;
        assert_eq!(left.iter().map(|passkey| &passkey.id).collect::<Vec<_>>(), [&key.id]);
        assert!(matches!(refusal(world.sign_in_alone(&mut phone).await), Error::Invalid { .. }), "the removed one is worth nothing");
        assert!(world.audit().await.contains(&format!("passkey.delete USR0000000001 {ADMIN}")));
    });
}

#[test]
fn nobody_has_more_passkeys_than_allowed_nor_larger_ones() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let mut caller = world.comes(&world.enter(ADMIN, &Browser::default()).await.session).await.unwrap();
        let services = &world.services;
        let mut answers = Vec::new();
        for _ in 0..=MAX_PASSKEYS {
            let (request, mut device) = (services.passkey_request(&Enrolling::from(caller.clone())).await.unwrap(), Device::new());
            let answer = device.make(&request, CONSOLE);
            answers.push(adding(&request, answer, PASSWORD));
        }
        let mut large = answers[0].clone();
        large.answer.insert_str(1, &" ".repeat(16 * 1024));
        assert!(matches!(refusal(services.passkey_confirm(&Enrolling::from(caller.clone()), &large).await), Error::Conflict { .. }));
        let last = answers.pop().unwrap();
        for draft in answers {
            let (token, _) = services.passkey_confirm(&Enrolling::from(caller.clone()), &draft).await.unwrap();
            caller = world.comes(&token).await.unwrap();
        }
        let enrolling = Enrolling::from(caller.clone());
        let full = Error::conflict("You have 20 passkeys. Remove one first.");
        assert_eq!(refusal(services.passkey_confirm(&enrolling, &last).await), full, "asked while there was room");
        assert_eq!(refusal(services.passkey_request(&enrolling).await), full);
        assert_eq!(services.factor_get(&caller).await.unwrap().passkeys.len(), MAX_PASSKEYS);
    });
}

#[test]
fn others_see_when_passkeys_were_used_but_not_what_authenticators_call_them() {
    on_both_engines(async |world| {
        let world = world.published();
        let admin = world.admin().await;
        let login = world.user(admin.partner, None, "Technician").await;
        let (caller, _) = world.with_passkey(&login).await;
        let seen = world.services.factor_of(&admin, caller.user.id).await.unwrap().passkeys;
        assert_eq!(seen.iter().map(|passkey| (&*passkey.name, &*passkey.id)).collect::<Vec<_>>(), [("Phone", "")]);
    });
}

#[test]
fn an_app_beside_it_keeps_the_recovery_codes() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, mut device) = world.with_passkey(ADMIN).await;
        world.prove_with(&admin, &mut device).await;
        let (app, token, codes) = world.set_up(&admin).await;
        assert!(codes.0.is_empty());
        let admin = world.comes(&token).await.unwrap();
        let factor = world.services.factor_get(&admin).await.unwrap();
        assert_eq!((factor.app.is_some(), factor.passkeys.len(), factor.recovery_codes), (true, 1, 10));
        world.sign_in_with(ADMIN, &app).await;
        world.sign_in_by(ADMIN, &mut device).await;
        world.prove_with(&admin, &mut device).await;
        assert!(world.services.passkey_remove(&admin, &device.id).await.is_ok(), "the app is left");
    });
}

#[test]
fn who_has_passkeys_alone_turns_it_off_by_password_and_a_proof_for_this() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, mut device) = world.with_passkey(ADMIN).await;
        let (services, admin) = (&world.services, world.sign_in_by(ADMIN, &mut device).await);
        let off = |password: &str| FactorOffDraft { password: password.to_owned(), code: String::new() };
        assert_eq!(refusal(services.factor_turn_off(&admin, &off("")).await), Error::invalid("password", "Enter your password."));
        assert_eq!(refusal(services.factor_turn_off(&admin, &off("wrong")).await), Error::invalid("password", WRONG_PASSWORD));
        assert_eq!(refusal(services.factor_turn_off(&admin, &off(PASSWORD)).await), Error::Unproved, "signing in was no proof for this");
        world.prove_with(&admin, &mut device).await;
        let token = services.factor_turn_off(&admin, &off(PASSWORD)).await.unwrap();
        let admin = world.comes(&token).await.unwrap();
        assert_eq!(services.factor_get(&admin).await.unwrap(), SecondFactor { offers_passkeys: true, ..SecondFactor::default() });
        assert_eq!(world.enter(ADMIN, &Browser::default()).await.lacks, None);
    });
}

#[test]
fn a_passkey_is_enough_where_a_second_factor_is_required() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        world.user(partner, None, "Technician").await;
        let (admin, mut device) = world.with_passkey(ADMIN).await;
        let (services, here) = (&world.services, at(HERE));
        world.prove_with(&admin, &mut device).await;
        let required = PartnerSettings { require_second_factor: true, ..services.partner_settings(&admin).await.unwrap() };
        services.partner_settings_update(&admin, required).await.unwrap();

        let (entered, mut own) = (world.enter("technician", &Browser::default()).await, Device::new());
        assert_eq!(entered.lacks, Some(SignInStep::SetUp));
        let enrolling = services.enrolling(entered.session.expose(), &here).await.unwrap();
        let request = services.passkey_request(&enrolling).await.unwrap();
        let draft = adding(&request, own.make(&request, CONSOLE), "");
        let (token, codes) = services.passkey_confirm(&enrolling, &draft).await.unwrap();
        assert!(codes.is_some() && world.comes(&token).await.is_ok(), "the password was entered just before");
        assert_eq!(world.enter("technician", &Browser::default()).await.lacks, Some(SignInStep::Prove));
    });
}

#[test]
fn without_a_public_address_nobody_makes_or_uses_one() {
    on_both_engines(async |world| {
        let published = world.services.clone().with_passkeys(Passkeys::at(CONSOLE));
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let admin = world.comes(&world.enter(ADMIN, &Browser::default()).await.session).await.unwrap();
        let (services, enrolling) = (&world.services, Enrolling::from(admin.clone()));
        let none = Error::conflict(
            "Passkeys can’t be used here: the operator of the server hasn’t set a public address that begins with https and has a name.",
        );
        assert!(!services.factor_get(&admin).await.unwrap().offers_passkeys);
        assert_eq!(refusal(services.passkey_request(&enrolling).await), none);
        assert_eq!(refusal(services.passkey_alone_request(&at(HERE)).await), none);
        let (request, mut device) = (published.passkey_request(&enrolling).await.unwrap(), Device::new());
        let draft = adding(&request, device.make(&request, CONSOLE), PASSWORD);
        assert_eq!(refusal(services.passkey_confirm(&enrolling, &draft).await), none);
        assert!(published.passkey_confirm(&enrolling, &draft).await.is_ok());
        let entered = world.enter(ADMIN, &Browser::default()).await.session;
        assert_eq!(refusal(services.passkey_sign_in_request(entered.expose(), &at(HERE)).await), none);
    });
}

#[test]
fn nothing_of_it_is_left_after_a_reset_or_a_termination() {
    on_both_engines(async |world| {
        let world = world.published();
        let admin = world.admin().await;
        for role in ["Technician", "Dispatcher"] {
            let login = world.user(admin.partner, None, role).await;
            let (caller, _) = world.with_passkey(&login).await;
            world.services.passkey_prove_request(&caller).await.unwrap();
            if role == "Technician" {
                let left = world.services.factor_reset(&admin, caller.user.id).await.unwrap();
                assert!(!left.is_on());
                assert_eq!(world.enter(&login, &Browser::default()).await.lacks, None);
            } else {
                world.services.user_terminate(&admin, caller.user.id, "", Mask::Full).await.unwrap();
            }
            for table in ["passkeys", "passkey_ceremonies", "recovery_codes"] {
                assert!(world.rows(&format!("SELECT user_id FROM {table}")).await.is_empty(), "{table} after {role}");
            }
        }
    });
}
