//! Signing in with a second factor.

use domain::{Error, LoginStatus, Origin, PartnerSettings};
use services::Browser;
use tokio::join;

use super::{ADMIN, HERE, ROLE, UNFINISHED, code, wrong};
use crate::support::{at, on_both_engines, refusal};

#[test]
fn after_the_password_only_the_code_does_anything() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, app) = world.with_app(ADMIN).await;
        let (services, here, browser) = (&world.services, at(HERE), Browser::default());
        let entered = world.enter(ADMIN, &browser).await;
        assert_eq!(entered.lacks, Some(domain::SignInStep::Prove));
        assert!(entered.browser.is_none(), "the browser isn't known for the password alone");
        let token = entered.session.expose();
        assert_eq!(refusal(services.session_resolve(token, &here).await), UNFINISHED);
        assert_eq!(refusal(services.session_peek(token, &here).await), UNFINISHED);
        assert_eq!(services.session_state(token, &here).await.unwrap(), None);
        assert_eq!(refusal(services.enrolling(token, &here).await), Error::Unauthenticated, "nobody replaces what they can't prove");

        let draft = code(app.code(services.now()));
        let signed_in = services.factor_sign_in(token, &draft, &browser, &here).await.unwrap();
        let admin = world.comes(&signed_in.session).await.unwrap();
        assert!(admin.second_factor && signed_in.browser.is_some());
        assert_eq!(refusal(services.session_resolve(token, &here).await), Error::Unauthenticated, "the token is another");
        let history = services.login_history_list(&admin, admin.user.id).await.unwrap();
        assert_eq!(history.iter().map(|record| record.status).collect::<Vec<_>>(), [LoginStatus::Success; 2]);

        let again = world.enter(ADMIN, &browser).await.session;
        assert_eq!(refusal(services.factor_sign_in(again.expose(), &draft, &browser, &here).await), wrong(), "a code counts once");
        let history = services.login_history_list(&admin, admin.user.id).await.unwrap();
        assert_eq!(history[0].status, LoginStatus::Failed);
    });
}

#[test]
fn a_session_without_its_code_ends_soon_or_when_it_is_given_up() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, app) = world.with_app(ADMIN).await;
        let (services, here) = (&world.services, at(HERE));
        let forgotten = world.enter(ADMIN, &Browser::default()).await.session;
        world.clock.advance_seconds(15 * 60);
        let late = services.factor_sign_in(forgotten.expose(), &code(app.code(services.now())), &Browser::default(), &here).await;
        assert_eq!(refusal(late), Error::Unauthenticated);

        let given_up = world.enter(ADMIN, &Browser::default()).await.session;
        services.session_give_up(given_up.expose()).await.unwrap();
        assert_eq!(refusal(services.session_resolve(given_up.expose(), &here).await), Error::Unauthenticated);
        services.session_give_up("nobody's").await.unwrap();
        world.clock.advance_seconds(30);
        let entered = world.enter(ADMIN, &Browser::default()).await.session;
        let whole = services.factor_sign_in(entered.expose(), &code(app.code(services.now())), &Browser::default(), &here).await.unwrap().session;
        services.session_give_up(whole.expose()).await.unwrap();
        assert!(services.session_resolve(whole.expose(), &here).await.is_ok(), "a finished sign-in isn't given up");
    });
}

#[test]
fn a_code_is_good_for_its_step_and_one_either_side_each_once() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, app) = world.with_app(ADMIN).await;
        let (services, here) = (&world.services, at(HERE));
        let now = services.now();
        let enter = async |seconds: i64| {
            let token = world.enter(ADMIN, &Browser::default()).await.session;
            let draft = code(app.code(now.plus_seconds(seconds)));
            services.factor_sign_in(token.expose(), &draft, &Browser::default(), &here).await.map(drop)
        };
        assert_eq!(refusal(enter(-60).await), wrong(), "two steps ago");
        assert_eq!(refusal(enter(60).await), wrong(), "two steps ahead");
        assert!(enter(-30).await.is_ok(), "a clock that is slow");
        assert!(enter(0).await.is_ok());
        assert!(enter(30).await.is_ok(), "a clock that is fast");
        for used in [-30, 0, 30] {
            assert_eq!(refusal(enter(used).await), wrong(), "{used}");
            world.execute("DELETE FROM sign_in_failures").await;
        }
    });
}

#[test]
fn a_code_counts_once_on_two_servers_at_once() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, app) = world.with_app(ADMIN).await;
        let (one, other, here, browser) = (&world.services, world.other_server().await, at(HERE), Browser::default());
        for round in 0..10 {
            world.clock.advance_seconds(90);
            let (first, second) = (world.enter(ADMIN, &browser).await.session, world.enter(ADMIN, &browser).await.session);
            let draft = code(app.code(one.now()));
            let (first, second) =
                join!(one.factor_sign_in(first.expose(), &draft, &browser, &here), other.factor_sign_in(second.expose(), &draft, &browser, &here));
            assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "round {round}");
            assert_eq!(refusal(if first.is_ok() { second } else { first }), wrong());
        }
        other.close().await;
    });
}

#[test]
fn a_recovery_code_counts_once_on_two_servers_at_once() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.enter(ADMIN, &Browser::default()).await.session;
        let (_, _, codes) = world.set_up(&world.comes(&token).await.unwrap()).await;
        let (one, other, here, browser) = (&world.services, world.other_server().await, at(HERE), Browser::default());
        for recovery in &codes.0 {
            world.clock.advance_seconds(2);
            let (first, second) = (world.enter(ADMIN, &browser).await.session, world.enter(ADMIN, &browser).await.session);
            let draft = code(&**recovery);
            let (first, second) =
                join!(one.factor_sign_in(first.expose(), &draft, &browser, &here), other.factor_sign_in(second.expose(), &draft, &browser, &here));
            assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1);
        }
        other.close().await;
    });
}

#[test]
fn the_third_wrong_code_ends_the_sign_in() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (_, app) = world.with_app(ADMIN).await;
        let token = world.enter(ADMIN, &Browser::default()).await.session;
        let enter = async |typed: &str| world.services.factor_sign_in(token.expose(), &code(typed), &Browser::default(), &at(HERE)).await;
        assert!(matches!(refusal(enter("12345").await), Error::Invalid { .. }), "what is no code isn't counted");
        assert_eq!([refusal(enter("000000").await), refusal(enter("000000").await)], [wrong(), wrong()]);
        assert_eq!(refusal(enter("000000").await), Error::Unauthenticated);
        world.clock.advance_seconds(60);
        assert_eq!(refusal(enter(&app.code(world.services.now())).await), Error::Unauthenticated, "the password is asked for again");
    });
}

#[test]
fn a_browser_is_trusted_where_the_partner_allows_it() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, app) = world.with_app(ADMIN).await;
        let (services, here) = (&world.services, at(HERE));
        let asked = async |browser: &Browser| world.enter(ADMIN, browser).await.lacks.is_some();
        let offered = async || {
            let entered = world.enter(ADMIN, &Browser::default()).await.session;
            services.browser_may_be_trusted(entered.expose(), &here).await.unwrap()
        };
        assert!(!offered().await);
        let browser = world.trust(ADMIN, &app).await;
        assert!(asked(&browser).await, "the partner doesn't allow it");

        world.prove(&admin, &app).await;
        let settings = services.partner_settings(&admin).await.unwrap();
        let settings = services.partner_settings_update(&admin, PartnerSettings { trust_browsers: true, ..settings }).await.unwrap();
        assert!(asked(&browser).await, "what wasn't allowed then isn't now");
        assert!(offered().await);
        let browser = world.trust(ADMIN, &app).await;
        assert!(!asked(&browser).await);
        assert!(asked(&Browser::default()).await, "another browser");
        let entered = world.enter(ADMIN, &browser).await.session;
        let trusted = world.comes(&entered).await.unwrap();
        let refused = services.partner_settings_update(&trusted, PartnerSettings { trust_browsers: false, ..settings.clone() }).await;
        assert_eq!(refusal(refused), Error::Unproved, "trust spares no proof before a change");

        world.clock.advance_seconds(30 * 24 * 3600 - 60);
        assert!(!asked(&browser).await);
        world.clock.advance_seconds(60);
        assert!(asked(&browser).await, "after 30 days");

        let browser = world.trust(ADMIN, &app).await;
        let admin = world.sign_in_with(ADMIN, &app).await;
        services.partner_settings_update(&admin, PartnerSettings { trust_browsers: false, ..settings }).await.unwrap();
        assert!(asked(&browser).await, "the partner doesn't allow it any more");
    });
}

#[test]
fn a_password_by_link_does_not_skip_the_code() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        world.with_app("grace").await;
        let services = &world.services;
        let link = services.invitation_create(&admin, grace).await.unwrap().token;
        let draft = domain::InvitationDraft { password: "Other#2026x".into(), confirmation: "Other#2026x".into() };
        let signed_in = services.invitation_accept(&link, &draft, &Browser::default(), &Origin::default()).await.unwrap();
        assert_eq!(refusal(services.session_resolve(signed_in.session.expose(), &Origin::default()).await), UNFINISHED);
    });
}

#[test]
fn a_sign_in_that_waits_for_a_code_is_no_session_yet_and_a_recovery_code_is_recorded() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let token = world.enter(ADMIN, &Browser::default()).await.session;
        let (_, token, codes) = world.set_up(&world.comes(&token).await.unwrap()).await;
        let (services, admin) = (&world.services, world.comes(&token).await.unwrap());
        let entered = world.enter(ADMIN, &Browser::default()).await.session;
        assert_eq!(services.session_list(&admin).await.unwrap().len(), 1, "nobody is signed in by the password alone");

        services.factor_sign_in(entered.expose(), &code(&*codes.0[0]), &Browser::default(), &at(HERE)).await.unwrap();
        assert_eq!(services.session_list(&admin).await.unwrap().len(), 2);
        assert!(world.audit().await.contains(&format!("second_factor.recovery-code {} {ADMIN}", admin.user.id)));
    });
}

#[test]
fn trust_ends_with_the_other_sessions_and_with_the_setting() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, app) = world.with_app(ADMIN).await;
        let services = &world.services;
        let allow = async |trust_browsers: bool| {
            world.prove(&admin, &app).await;
            let settings = services.partner_settings(&admin).await.unwrap();
            services.partner_settings_update(&admin, PartnerSettings { trust_browsers, ..settings }).await.unwrap();
        };
        allow(true).await;
        let browser = world.trust(ADMIN, &app).await;
        assert_eq!(world.enter(ADMIN, &browser).await.lacks, None);
        services.session_end_others(&admin).await.unwrap();
        assert_eq!(world.enter(ADMIN, &browser).await.lacks, Some(domain::SignInStep::Prove), "the other sessions ended, and the trust with them");

        let browser = world.trust(ADMIN, &app).await;
        allow(false).await;
        allow(true).await;
        assert_eq!(world.enter(ADMIN, &browser).await.lacks, Some(domain::SignInStep::Prove), "the setting was off in between");
    });
}
