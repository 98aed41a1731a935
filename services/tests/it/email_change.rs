//! Changing one's own e-mail address.

use domain::{Caller, EmailChangeDraft, Error, UserDraft, too_many_attempts};

use crate::{
    forgotten::{mails, token_in},
    mail::{mailing, server::MailServer},
    support::{PASSWORD, World, at, on_both_engines, refusal},
};

const NEW: &str = "hopper@navy.example";

fn draft(email: &str, password: &str) -> EmailChangeDraft {
    EmailChangeDraft { email: email.to_owned(), password: password.to_owned() }
}

async fn grace(world: &World) -> (Caller, Caller) {
    let admin = world.admin().await;
    world.registered(&admin, None, "grace", &[]).await;
    (admin, world.signed_in("grace").await)
}

impl World {
    async fn email_of(&self, caller: &Caller) -> String {
        self.services.user_get(caller, caller.user.id).await.unwrap().row.profile.email
    }
}

#[test]
fn an_address_is_changed_by_the_link_to_the_new_one_and_the_old_one_is_told() {
    on_both_engines(async |world| {
        let (admin, grace) = grace(&world).await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let pending = services.email_change_begin(&grace, draft(&format!(" {NEW} "), PASSWORD)).await.unwrap();
        assert_eq!((pending.email.as_str(), pending.expires.minute().as_str()), (NEW, "2026-11-19 11:06 UTC"));
        let mail = mails(&server, 1).await.remove(0);
        assert_eq!(mail.recipients, [NEW], "only the new address gets the link");
        let token = token_in(&mail, "email");
        assert_eq!(world.email_of(&grace).await, "grace@leoart.example", "until it is confirmed");
        assert_eq!(services.email_setting(&grace).await.unwrap().pending, Some(pending));
        assert_eq!(services.email_setting(&admin).await.unwrap().pending, None);
        let link = services.email_change_check(&token).await.unwrap();
        assert_eq!((link.login.as_str(), link.email.as_str()), ("grace", NEW));

        services.email_change_confirm(&token, &at("192.0.2.7")).await.unwrap();
        assert_eq!(world.email_of(&grace).await, NEW);
        assert_eq!(services.email_setting(&grace).await.unwrap().pending, None);
        let told = mails(&server, 2).await.remove(1);
        assert_eq!(told.recipients, ["grace@leoart.example"]);
        assert!(told.lines.join(" ").contains(&format!("from grace@leoart.example to {NEW}")), "{told:#?}");
        assert_eq!(refusal(services.email_change_confirm(&token, &at("192.0.2.7")).await), Error::NotFound, "it works once");
        let audit = world.rows("SELECT login, ip, changes FROM audit_records WHERE action = 'email.confirm'").await;
        let text = |column: usize| sqlx::Row::get::<String, _>(&audit[0], column);
        assert_eq!((audit.len(), text(0).as_str(), text(1).as_str()), (1, "grace", "192.0.2.7"));
        assert!(text(2).contains("grace@leoart.example") && text(2).contains(NEW), "{}", text(2));
        // The list finds the user by it.
        let found = services.user_list(&admin, &domain::UserQuery::from_address("q=navy.example")).await.unwrap();
        assert_eq!(found.rows.len(), 1);
    });
}

#[test]
fn a_link_for_a_password_and_one_for_an_address_are_not_each_other() {
    on_both_engines(async |world| {
        let (_, grace) = grace(&world).await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        services.email_change_begin(&grace, draft(NEW, PASSWORD)).await.unwrap();
        let token = token_in(&mails(&server, 1).await[0], "email");
        assert_eq!(refusal(services.password_link_check(&token).await), Error::NotFound);
        let chosen = domain::InvitationDraft { password: "Mango#2027".into(), confirmation: "Mango#2027".into() };
        assert_eq!(refusal(services.password_reset(&token, &chosen, &at("192.0.2.1")).await), Error::NotFound);
        assert!(services.email_change_check(&token).await.is_ok());
        services.password_forgotten("grace", &at("192.0.2.1")).await.unwrap();
        let password = token_in(&mails(&server, 2).await[1], "password");
        assert_eq!(refusal(services.email_change_confirm(&password, &at("192.0.2.1")).await), Error::NotFound);
        assert!(services.password_link_check(&password).await.is_ok());
        assert_eq!(world.email_of(&grace).await, "grace@leoart.example");
    });
}

#[test]
fn a_wrong_request_changes_nothing_and_mails_nobody() {
    on_both_engines(async |world| {
        let (_, grace) = grace(&world).await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        for (request, expected) in [
            (draft(NEW, "wrong"), Error::invalid("password", "The current password is wrong.")),
            (draft("grace@leoart.example", PASSWORD), Error::invalid("email", "This is your e-mail address already.")),
            (draft("grace@exa_mple..com", PASSWORD), Error::invalid("email", "Enter an e-mail address such as name@example.com.")),
        ] {
            assert_eq!(refusal(services.email_change_begin(&grace, request).await), expected);
        }
        let nowhere = refusal(world.services.email_change_begin(&grace, draft(NEW, PASSWORD)).await);
        assert!(matches!(nowhere, Error::Conflict { .. }), "without a mail server: {nowhere:?}");
        assert_eq!(services.email_setting(&grace).await.unwrap().pending, None);
        mails(&server, 0).await;
    });
}

#[test]
fn strangers_are_not_flooded_with_links() {
    on_both_engines(async |world| {
        let (_, grace) = grace(&world).await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        for victim in ["a", "b", "c"] {
            services.email_change_begin(&grace, draft(&format!("{victim}@navy.example"), PASSWORD)).await.unwrap();
        }
        let refused = refusal(services.email_change_begin(&grace, draft(NEW, PASSWORD)).await);
        assert_eq!(refused, Error::invalid("email", too_many_attempts(1)));
        let arrived = mails(&server, 3).await;
        let tokens: Vec<_> = arrived.iter().map(|mail| token_in(mail, "email")).collect();
        let mut works = Vec::new();
        for token in &tokens {
            works.push(services.email_change_check(token).await.is_ok());
        }
        assert_eq!(works.iter().filter(|works| **works).count(), 1, "a newer link replaces the one before");
    });
}

#[test]
fn a_link_ends_when_it_is_withdrawn_too_old_or_the_password_changes() {
    on_both_engines(async |world| {
        let (admin, grace) = grace(&world).await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let mut count = 0;
        for case in ["cancel", "time", "password"] {
            let grace = world.signed_in("grace").await;
            services.email_change_begin(&grace, draft(NEW, PASSWORD)).await.unwrap();
            count += 1;
            let token = token_in(&mails(&server, count).await[count - 1], "email");
            assert!(services.email_change_check(&token).await.is_ok(), "{case}");
            match case {
                "cancel" => services.email_change_cancel(&grace).await.unwrap(),
                "time" => world.clock.advance_seconds(24 * 3600),
                _ => {
                    let password = UserDraft { password: Some("Mango#2027".into()), ..UserDraft::default() };
                    let admin = world.signed_in(&admin.user.login).await;
                    world.services.user_update(&admin, grace.user.id, None, password).await.map(drop).unwrap();
                }
            }
            assert_eq!(refusal(services.email_change_confirm(&token, &at("192.0.2.1")).await), Error::NotFound, "{case}");
        }
        let admin = world.signed_in(&admin.user.login).await;
        assert_eq!(services.user_get(&admin, grace.user.id).await.unwrap().row.profile.email, "grace@leoart.example");
    });
}

#[test]
fn what_an_administrator_changes_is_told_to_both_addresses_and_ones_own_is_confirmed() {
    on_both_engines(async |world| {
        let (admin, grace) = grace(&world).await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let to = |email: &str| UserDraft { email: Some(email.to_owned()), ..UserDraft::default() };
        services.user_update(&admin, grace.user.id, None, to(NEW)).await.unwrap();
        let mut told: Vec<_> = mails(&server, 2).await.into_iter().flat_map(|mail| mail.recipients).collect();
        told.sort();
        assert_eq!(told, ["grace@leoart.example", NEW]);

        let own = refusal(services.user_update(&admin, admin.user.id, None, to("me@leoart.example")).await);
        assert_eq!(own, Error::invalid("email", "Change your own e-mail address on your account page."));
        let name = UserDraft { first_name: Some("Augusta".into()), ..UserDraft::default() };
        services.user_update(&admin, admin.user.id, None, name).await.expect("the rest is one's own to change");
        world.services.user_update(&admin, admin.user.id, None, to("me@leoart.example")).await.expect("without a mail server nothing can confirm it");

        let password = UserDraft { password: Some("Mango#2027".into()), ..UserDraft::default() };
        services.user_update(&admin, grace.user.id, None, password).await.unwrap();
        let arrived = mails(&server, 3).await;
        assert_eq!(arrived[2].recipients, [NEW], "a password that somebody else set is told as well");
        assert!(!arrived[2].lines.join("\n").contains("Mango"));
    });
}
