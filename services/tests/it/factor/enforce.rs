//! Where a second factor is required.

use domain::{Error, FactorOffDraft, FactorOnDraft, PartnerSettings, SignInStep};
use services::Browser;

use super::{ADMIN, App, HERE, ROLE, code};
use crate::support::{PASSWORD, at, client_draft, on_both_engines, refusal};

const LACKING: Error = Error::Unfinished { step: SignInStep::SetUp };

#[test]
fn who_has_none_sets_it_up_at_the_next_sign_in_before_anything_else() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.enter(ADMIN, &Browser::default()).await.session;
        let admin = world.comes(&token).await.unwrap();
        let (services, here) = (&world.services, at(HERE));
        let client = world.client(&admin, "LeoArt Lab").await;
        world.user_named(partner, Some(client), "Customer", "customer").await;
        let (grace, customer) = (world.user(partner, None, "Technician").await, "customer");
        let before = world.enter(&grace, &Browser::default()).await.session;

        let required = PartnerSettings { require_second_factor: true, ..services.partner_settings(&admin).await.unwrap() };
        let refused = refusal(services.partner_settings_update(&admin, required.clone()).await);
        assert!(refused.sentences().starts_with("Set up two-factor authentication for yourself first"), "{refused:?}");
        let (app, token, _) = world.set_up(&admin).await;
        let admin = world.comes(&token).await.unwrap();
        services.partner_settings_update(&admin, required.clone()).await.unwrap();

        assert!(world.comes(&before).await.is_ok(), "a session from before goes on");
        for login in [grace.as_str(), customer] {
            let entered = world.enter(login, &Browser::default()).await;
            assert_eq!(entered.lacks, Some(SignInStep::SetUp), "{login}");
            let token = entered.session.expose();
            assert_eq!(refusal(services.session_resolve(token, &here).await), LACKING);
            assert_eq!(services.session_state(token, &here).await.unwrap(), None);
            let by_code = services.factor_sign_in(token, &code(app.code(services.now())), &Browser::default(), &here).await;
            assert_eq!(refusal(by_code), Error::Unauthenticated, "there is nothing to prove");

            let enrolling = services.enrolling(token, &here).await.unwrap();
            let own = App::scan(&services.factor_set_up(&enrolling).await.unwrap());
            let (token, _) =
                services.factor_confirm(&enrolling, &FactorOnDraft { code: own.code(services.now()), ..FactorOnDraft::default() }).await.unwrap();
            let whole = world.comes(&token).await.unwrap();
            assert!(services.factor_get(&whole).await.unwrap().required);
            world.clock.advance_seconds(30);
            let off = FactorOffDraft { password: PASSWORD.to_owned(), code: own.code(services.now()) };
            assert!(matches!(refusal(services.factor_turn_off(&whole, &off).await), Error::Conflict { .. }), "it can't be turned off again");
        }

        world.prove(&admin, &app).await;
        let settings = services.partner_settings(&admin).await.unwrap();
        services.partner_settings_update(&admin, PartnerSettings { require_second_factor: false, ..settings }).await.unwrap();
        let alan = world.user(partner, None, "Dispatcher").await;
        assert_eq!(world.enter(&alan, &Browser::default()).await.lacks, None);
    });
}

#[test]
fn programs_are_not_asked() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let key = world.services.operator().api_key_create(admin.partner.into(), "Terraform", ROLE).await.unwrap();
        world.execute("UPDATE partners SET require_second_factor = 1").await;
        let token = world.services.token_issue(&key.key, &key.secret, &at(HERE)).await.unwrap().unwrap();
        let program = world.services.token_resolve(token.expose(), &at(HERE)).await.unwrap().unwrap();
        let client = world.client(&program, "LeoArt Lab").await;
        let before = world.services.client_get(&program, client).await.unwrap();
        let draft = domain::ClientDraft { city: "Los Angeles".into(), ..before.details };
        world.services.client_update(&program, client, before.version, draft).await.unwrap();
    });
}

#[test]
fn a_clients_requirement_is_for_its_own_users() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let services = &world.services;
        let required = domain::ClientDraft { require_second_factor: true, ..client_draft("LeoArt Lab") };
        let lab = services.client_create(&admin, required).await.unwrap();
        let corp = world.client(&admin, "LeoArt Corp.").await;
        world.user_named(admin.partner, Some(lab), "Customer", "of.lab").await;
        world.user_named(admin.partner, Some(corp), "Customer", "of.corp").await;
        let lacks = async |login: &str| world.enter(login, &Browser::default()).await.lacks;
        assert_eq!([lacks("of.lab").await, lacks("of.corp").await, lacks(ADMIN).await], [Some(SignInStep::SetUp), None, None]);

        let require = async |client, require_second_factor| {
            let before = services.client_get(&admin, client).await.unwrap();
            let draft = domain::ClientDraft { require_second_factor, ..before.details };
            services.client_update(&admin, client, before.version, draft).await.unwrap();
        };
        require(lab, false).await;
        require(corp, true).await;
        assert_eq!([lacks("of.lab").await, lacks("of.corp").await], [None, Some(SignInStep::SetUp)]);
    });
}
