//! Resetting another's second factor, and what is left of those who go.

use std::time::Duration;

use domain::{Error, Mask, SignInStep};
use services::Browser;

use super::{ADMIN, ROLE, UNFINISHED};
use crate::{
    mail::{mailing, server::MailServer},
    support::{on_both_engines, refusal},
};

#[test]
fn an_administrator_resets_anothers_and_that_person_is_told() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        world.user(partner, None, "Technician").await;
        let (grace, _) = world.with_app("technician").await;
        let (admin, app) = world.with_app(ADMIN).await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        assert!(services.factor_of(&admin, grace.user.id).await.unwrap().app.is_some(), "who manages users sees who has one");
        let listed = services.user_directory(&admin, &domain::UserQuery::default()).await.unwrap().rows;
        let with_factor: Vec<_> = listed.iter().filter(|user| user.second_factor).map(|user| user.row.id).collect();
        assert_eq!(with_factor.len(), 2, "the list says so too");
        assert!(with_factor.contains(&grace.user.id) && with_factor.contains(&admin.user.id));

        assert_eq!(refusal(services.factor_reset(&admin, grace.user.id).await), Error::Unproved);
        world.prove(&admin, &app).await;
        let own = refusal(services.factor_reset(&admin, admin.user.id).await);
        assert_eq!(own, Error::forbidden("Ask another administrator to reset yours, or sign in with a recovery code."));
        let left = services.factor_reset(&admin, grace.user.id).await.unwrap();
        assert_eq!((left.app, left.recovery_codes), (None, 0));
        let listed = services.user_directory(&admin, &domain::UserQuery::default()).await.unwrap().rows;
        assert!(!listed.iter().any(|user| user.second_factor && user.row.id == grace.user.id));

        assert_eq!(refusal(services.session_sign_out_everywhere(&grace).await), Error::Unauthenticated, "their sessions end");
        assert_eq!(world.enter("technician", &Browser::default()).await.lacks, None);
        assert!(world.audit().await.contains(&format!("second_factor.reset {} {ADMIN}", grace.user.id)));
        for _ in 0..100 {
            if !server.arrived().is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let [mail] = &server.arrived()[..] else { panic!("one mail: {:?}", server.arrived()) };
        assert_eq!(mail.recipients, ["technician@leoart.example"]);
        assert!(mail.lines.iter().any(|line| line.contains("reset two-factor authentication for your account")), "{mail:#?}");
        let none = refusal(services.factor_reset(&admin, grace.user.id).await);
        assert_eq!(none, Error::conflict("Two-factor authentication isn’t on for this user."));
    });
}

#[test]
fn nobody_resets_somebody_who_holds_more_or_whom_they_do_not_manage() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (administrator, _) = world.with_app(ADMIN).await;
        let (client, corp) = (world.client(&administrator, "LeoArt Lab").await, world.client(&administrator, "LeoArt Corp.").await);
        world.user_named(partner, Some(corp), "Customer", "customer").await;
        let (customer, _) = world.with_app("customer").await;
        let viewer = world.caller(partner, None, "Auditor View").await;
        let of_client = world.caller(partner, Some(client), "Client Administrator").await;
        let services = &world.services;
        assert!(matches!(refusal(services.factor_reset(&viewer, administrator.user.id).await), Error::Forbidden { .. }));
        assert_eq!(refusal(services.factor_reset(&of_client, customer.user.id).await), Error::NotFound, "of another client");
        assert_eq!(refusal(services.factor_of(&of_client, customer.user.id).await), Error::NotFound);
        for login in [ADMIN, "customer"] {
            assert_eq!(world.enter(login, &Browser::default()).await.lacks, Some(SignInStep::Prove), "{login} has theirs");
        }
    });
}

#[test]
fn another_password_asks_trusted_browsers_again() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, app) = world.with_app(ADMIN).await;
        world.prove(&admin, &app).await;
        world.execute("UPDATE partners SET trust_browsers = 1").await;
        world.execute("UPDATE known_browsers SET trusted_until = 1795000360001").await;
        let draft =
            domain::PasswordChangeDraft { current: crate::support::PASSWORD.into(), new: "Other#2026x".into(), confirmation: "Other#2026x".into() };
        world.services.password_change(&admin, draft).await.unwrap();
        assert!(world.rows("SELECT key FROM known_browsers WHERE trusted_until <> 0").await.is_empty());
    });
}

#[test]
fn nothing_of_it_is_left_of_a_terminated_user() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        world.user(admin.partner, None, "Technician").await;
        let (grace, _) = world.with_app("technician").await;
        let entered = world.enter("technician", &Browser::default()).await.session;
        assert_eq!(refusal(world.comes(&entered).await), UNFINISHED);
        world.services.user_terminate(&admin, grace.user.id, "", Mask::Full).await.unwrap();
        for table in ["authenticators", "passkeys", "passkey_ceremonies", "recovery_codes"] {
            assert!(world.rows(&format!("SELECT user_id FROM {table}")).await.is_empty(), "{table}");
        }
    });
}

#[test]
fn the_operator_resets_it_for_whoever_has_nobody_to_ask() {
    on_both_engines(async |world| {
        let partner = world.partner().await;
        world.user(partner, None, ROLE).await;
        let (admin, _) = world.with_app(ADMIN).await;
        let operator = world.services.operator();
        assert_eq!(refusal(operator.factor_reset("nobody@leoart.example").await), Error::NotFound);
        operator.factor_reset(ADMIN).await.unwrap();
        assert_eq!(refusal(world.services.session_sign_out_everywhere(&admin).await), Error::Unauthenticated, "their sessions end");
        assert_eq!(world.enter(ADMIN, &Browser::default()).await.lacks, None);
        assert!(world.audit().await.contains(&format!("second_factor.reset {} system", admin.user.id)));
        assert_eq!(refusal(operator.factor_reset(ADMIN).await), Error::conflict("Two-factor authentication isn’t on for this user."));
    });
}
