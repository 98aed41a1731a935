//! The one-time set-up link.

use domain::{AdministratorDraft, Error, Permission, Scope};
use services::Browser;

use crate::support::{PASSWORD, at, on_both_engines, refusal, sign_in};

fn draft() -> AdministratorDraft {
    AdministratorDraft {
        organization: "LeoArt Inc".to_owned(),
        first_name: "Ada".to_owned(),
        last_name: "Lovelace".to_owned(),
        email: "ada@leoart.example".to_owned(),
        password: PASSWORD.to_owned(),
        confirmation: PASSWORD.to_owned(),
    }
}

#[test]
fn the_link_makes_the_first_administrator_once() {
    on_both_engines(async |world| {
        let (services, here) = (&world.services, at("192.0.2.1"));
        let link = services.operator().setup_link().await.unwrap().unwrap();
        services.setup_check(&link).await.unwrap();
        let token = services.setup_complete(&link, draft(), &Browser::default(), &here).await.unwrap().session;

        let caller = services.session_resolve(token.expose(), &here).await.unwrap().caller;
        assert_eq!((caller.user.name().as_str(), caller.organization.as_str()), ("Ada Lovelace", "LeoArt Inc"));
        assert_eq!(caller.can(Permission::ClientCreate, Scope::Partner(caller.partner)), Ok(()));

        assert_eq!(refusal(services.setup_check(&link).await), Error::NotFound);
        assert_eq!(refusal(services.setup_complete(&link, draft(), &Browser::default(), &here).await), Error::NotFound);
        assert_eq!(services.operator().setup_link().await.unwrap(), None, "with a user there is no link any more");
    });
}

#[test]
fn strangers_who_guess_keep_nobody_out_who_has_the_link() {
    on_both_engines(async |world| {
        let (services, here) = (&world.services, at("192.0.2.1"));
        let link = services.operator().setup_link().await.unwrap().unwrap();
        for _ in 0..10 {
            refusal(services.session_sign_in(sign_in("ada@leoart.example", "wrong"), &at("198.51.100.7")).await);
            world.clock.advance_seconds(64);
        }
        let signed_in = services.setup_complete(&link, draft(), &Browser::default(), &here).await.unwrap();
        services.session_resolve(signed_in.session.expose(), &here).await.unwrap();
        assert!(signed_in.browser.is_some(), "the browser is known from then on");
    });
}

#[test]
fn a_link_ends_after_a_day_and_with_the_next_start() {
    on_both_engines(async |world| {
        let (services, here) = (&world.services, at("192.0.2.1"));
        let first = services.operator().setup_link().await.unwrap().unwrap();
        let second = services.operator().setup_link().await.unwrap().unwrap();
        assert_eq!(refusal(services.setup_complete(&first, draft(), &Browser::default(), &here).await), Error::NotFound);
        world.clock.advance_seconds(24 * 3600);
        assert_eq!(refusal(services.setup_complete(&second, draft(), &Browser::default(), &here).await), Error::NotFound);
        for wrong in ["", "guess"] {
            assert_eq!(refusal(services.setup_check(wrong).await), Error::NotFound);
        }
    });
}

#[test]
fn a_wrong_draft_names_every_fault_and_leaves_the_link() {
    on_both_engines(async |world| {
        let link = world.services.operator().setup_link().await.unwrap().unwrap();
        let refused = refusal(world.services.setup_complete(&link, AdministratorDraft::default(), &Browser::default(), &at("192.0.2.1")).await);
        let Error::Invalid { violations } = refused else { panic!("{refused:?}") };
        let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["organization", "first_name", "last_name", "email", "password"]);
        world.services.setup_check(&link).await.unwrap();
    });
}
