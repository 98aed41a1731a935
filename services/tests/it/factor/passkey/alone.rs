//! Signing in with a passkey alone.

use domain::{Error, LoginStatus, PasskeyProof};
use services::Browser;

use super::late;
use crate::{
    factor::{ADMIN, HERE, ROLE},
    support::{at, on_both_engines, refusal},
};

fn refused() -> Error {
    Error::invalid("passkey", "This passkey can’t sign in here. Use another one, or your password.")
}

#[test]
fn a_passkey_signs_in_without_a_password_and_counts_as_a_proof() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, mut device) = world.with_passkey(ADMIN).await;
        let (services, here, browser) = (&world.services, at(HERE), Browser::default());
        let request = services.passkey_alone_request(&at(HERE)).await.unwrap();
        assert!(!request.options.contains(&device.id), "strangers aren't told which passkeys there are");
        let proof = device.sign(&request);
        let signed_in = services.passkey_alone(&proof, &browser, &here).await.unwrap();
        assert_eq!(signed_in.lacks, None);
        let admin = world.comes(&signed_in.session).await.unwrap();
        assert_eq!(admin.user.login, ADMIN);
        assert!(services.recovery_codes_renew(&admin).await.is_ok(), "it was proved just now");
        assert_eq!(refusal(services.passkey_alone(&proof, &browser, &here).await), late(), "an answer counts once");
        let history = services.login_history_list(&world.sign_in_alone(&mut device).await.unwrap(), admin.user.id).await.unwrap();
        assert_eq!(history[0].status, LoginStatus::Success);
    });
}

#[test]
fn signing_in_alone_is_no_proof_for_a_save_that_asks_for_its_own() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, mut device) = world.with_passkey(ADMIN).await;
        let admin = world.sign_in_alone(&mut device).await.unwrap();
        let client = world.client(&admin, "LeoArt Lab").await;
        let before = world.services.client_get(&admin, client).await.unwrap();
        let draft = domain::ClientDraft { city: "Los Angeles".into(), ..before.details };
        assert_eq!(refusal(world.services.client_update(&admin, client, before.version, draft).await), Error::Unproved);
    });
}

#[test]
fn strangers_of_one_network_keep_no_other_from_signing_in() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, mut device) = world.with_passkey(ADMIN).await;
        let (services, here, browser) = (&world.services, at(HERE), Browser::default());
        let first = services.passkey_alone_request(&here).await.unwrap();
        world.clock.advance_seconds(1);
        for _ in 0..50 {
            services.passkey_alone_request(&here).await.unwrap();
        }
        assert_eq!(refusal(services.passkey_alone(&device.sign(&first), &browser, &here).await), late(), "only so many wait for an answer");
        assert!(world.sign_in_alone(&mut device).await.is_ok());
    });
}

#[test]
fn what_is_wrong_or_late_does_not_sign_in() {
    on_both_engines(async |world| {
        let world = world.published();
        let partner = world.partner().await;
        for role in [ROLE, "Technician"] {
            world.user(partner, None, role).await;
        }
        let (_, mut device) = world.with_passkey(ADMIN).await;
        let (_, hers) = world.with_passkey("technician").await;
        let (services, here, browser) = (&world.services, at(HERE), Browser::default());
        let request = async || services.passkey_alone_request(&at(HERE)).await.unwrap();
        let enter = async |proof: &PasskeyProof| services.passkey_alone(proof, &browser, &here).await.map(drop);

        let as_another = device.sign_as(&request().await, &hers.user);
        assert_eq!(refusal(enter(&as_another).await), refused(), "a passkey is its user's alone");
        let (one, other) = (request().await, request().await);
        let proof = PasskeyProof { ceremony: other.ceremony, ..device.sign(&one) };
        assert_eq!(refusal(enter(&proof).await), refused(), "what was signed is another request");
        let made_up = PasskeyProof { ceremony: "made up".to_owned(), ..device.sign(&request().await) };
        assert_eq!(refusal(enter(&made_up).await), late());
        assert_eq!(refusal(enter(&PasskeyProof::default()).await), refused());
        let forgotten = device.sign(&request().await);
        world.clock.advance_seconds(5 * 60);
        assert_eq!(refusal(enter(&forgotten).await), late());
        assert!(world.audit().await.iter().any(|entry| entry.starts_with("passkey.failed")));
        assert!(world.sign_in_alone(&mut device).await.is_ok());
    });
}

#[test]
fn who_may_not_sign_in_does_not_by_a_passkey_either() {
    on_both_engines(async |world| {
        let world = world.published();
        let admin = world.admin().await;
        let login = world.user(admin.partner, None, "Technician").await;
        let (grace, mut device) = world.with_passkey(&login).await;
        world.services.user_deactivate(&admin, grace.user.id, "").await.unwrap();
        assert!(matches!(refusal(world.sign_in_alone(&mut device).await), Error::Forbidden { .. }));
        world.services.user_activate(&admin, grace.user.id).await.unwrap();
        world.execute("UPDATE partners SET restrict_ips = 1, allowed_ips = '198.51.100.0/24'").await;
        assert!(matches!(refusal(world.sign_in_alone(&mut device).await), Error::Forbidden { .. }));
    });
}
