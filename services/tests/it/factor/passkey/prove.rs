//! Proving the second factor with a passkey.

use domain::{Error, PasskeyProof};
use futures::join;
use services::{Browser, Passkeys};

use super::{CONSOLE, late, refused};
use crate::{
    factor::{ADMIN, HERE, ROLE, UNFINISHED},
    support::{at, on_both_engines, refusal},
};

#[test]
fn a_passkey_finishes_a_sign_in_and_proves_it_again() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, mut device) = world.with_passkey(ADMIN).await;
        let (services, here, browser) = (&world.services, at(HERE), Browser::default());
        let token = world.enter(ADMIN, &browser).await.session;
        assert_eq!(refusal(world.comes(&token).await), UNFINISHED);
        let request = services.passkey_sign_in_request(token.expose(), &here).await.unwrap();
        let proof = device.sign(&request);
        let signed_in = services.passkey_sign_in(token.expose(), &proof, &browser, &here).await.unwrap();
        let admin = world.comes(&signed_in.session).await.unwrap();
        assert!(signed_in.browser.is_some());
        assert_eq!(refusal(world.comes(&token).await), Error::Unauthenticated, "the token is another");

        let client = world.client(&admin, "LeoArt Lab").await;
        let before = services.client_get(&admin, client).await.unwrap();
        let draft = domain::ClientDraft { city: "Los Angeles".into(), ..before.details };
        assert_eq!(refusal(services.client_update(&admin, client, before.version, draft.clone()).await), Error::Unproved);
        let request = services.passkey_prove_request(&admin).await.unwrap();
        let proof = device.sign(&request);
        services.passkey_prove(&admin, &proof).await.unwrap();
        services.client_update(&admin, client, before.version, draft).await.unwrap();
        assert_eq!(refusal(services.passkey_prove(&admin, &proof).await), late(), "an answer counts once");
        assert!(world.audit().await.contains(&format!("passkey.prove USR0000000001 {ADMIN}")));
        assert_eq!(services.factor_get(&admin).await.unwrap().passkeys[0].last_used, services.now());
    });
}

#[test]
fn an_answer_is_good_only_for_what_was_asked_of_whom_and_in_time() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        for role in [ROLE, "Technician"] {
            world.user(partner, None, role).await;
        }
        let (admin, mut device) = world.with_passkey(ADMIN).await;
        let (grace, mut hers) = world.with_passkey("technician").await;
        let (services, here, browser) = (&world.services, at(HERE), Browser::default());
        let entered = world.enter(ADMIN, &browser).await.session;
        let request = services.passkey_prove_request(&admin).await.unwrap();
        let proof = device.sign(&request);
        assert_eq!(refusal(services.passkey_sign_in(entered.expose(), &proof, &browser, &here).await), late(), "asked for something else");
        assert_eq!(refusal(services.passkey_alone(&proof, &browser, &here).await), late());
        assert_eq!(refusal(services.passkey_prove(&grace, &proof).await), late(), "asked of somebody else");
        let other = PasskeyProof { answer: hers.sign(&request).answer, ..proof.clone() };
        assert_eq!(refusal(services.passkey_prove(&admin, &other).await), refused(), "another's passkey");
        assert_eq!(refusal(services.passkey_prove(&admin, &proof).await), late(), "the refused answer used the request");
        let request = services.passkey_prove_request(&admin).await.unwrap();
        let proof = device.sign(&request);
        world.clock.advance_seconds(5 * 60);
        assert_eq!(refusal(services.passkey_prove(&admin, &proof).await), late());
    });
}

#[test]
fn a_copy_of_a_passkey_is_noticed() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, mut device) = world.with_passkey(ADMIN).await;
        let services = &world.services;
        let (first, second) = (services.passkey_prove_request(&admin).await.unwrap(), services.passkey_prove_request(&admin).await.unwrap());
        let (earlier, later) = (device.sign(&first), device.sign(&second));
        services.passkey_prove(&admin, &later).await.unwrap();
        assert_eq!(refusal(services.passkey_prove(&admin, &earlier).await), refused(), "it counted on without us");
        world.prove_with(&admin, &mut device).await;
    });
}

#[test]
fn an_answer_counts_once_on_two_servers_at_once() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, mut device) = world.with_passkey(ADMIN).await;
        let other = world.other_server().await.with_passkeys(Passkeys::at(CONSOLE));
        for round in 0..10 {
            world.clock.advance_seconds(2);
            let request = world.services.passkey_prove_request(&admin).await.unwrap();
            let proof = device.sign(&request);
            let (first, second) = join!(world.services.passkey_prove(&admin, &proof), other.passkey_prove(&admin, &proof));
            assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "round {round}");
            assert_eq!(refusal(if first.is_ok() { second } else { first }), late());
        }
        other.close().await;
    });
}

#[test]
fn the_third_wrong_attempt_ends_the_session_whether_by_code_or_passkey() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, device) = world.with_passkey(ADMIN).await;
        let services = &world.services;
        let wrong = async || {
            let request = services.passkey_prove_request(&admin).await.unwrap();
            let proof = PasskeyProof { ceremony: request.ceremony, answer: "{}".to_owned(), trust: false };
            refusal(services.passkey_prove(&admin, &proof).await)
        };
        assert_eq!(wrong().await, refused());
        let code = super::code("000000");
        assert_eq!(refusal(services.factor_prove(&admin, &code).await), crate::factor::wrong());
        assert_eq!(wrong().await, Error::Unauthenticated);
        assert_eq!(refusal(services.session_sign_out_everywhere(&admin).await), Error::Unauthenticated);
        assert!(!device.id.is_empty() && world.audit().await.iter().any(|entry| entry.starts_with("passkey.failed")));
    });
}
