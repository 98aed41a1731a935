//! Forgotten passwords: the link by mail.

use std::time::Duration;

use domain::{Error, InvitationDraft, Mask, too_many_attempts};
use services::{Browser, Services};

use crate::{
    mail::{
        mailing,
        server::{Arrived, MailServer},
    },
    support::{PASSWORD, World, at, on_both_engines, refusal, sign_in},
};

const NEW: &str = "Mango#2027";

fn chosen(password: &str) -> InvitationDraft {
    InvitationDraft { password: password.to_owned(), confirmation: password.to_owned() }
}

/// Waits until this many mails have arrived, for they are sent in the background, and a little longer for one too many.
pub(crate) async fn mails(server: &MailServer, count: usize) -> Vec<Arrived> {
    for _ in 0..500 {
        if server.arrived().len() >= count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let arrived = server.arrived();
    assert_eq!(arrived.len(), count, "{arrived:#?}");
    arrived
}

/// The token of the link in a mail.
pub(crate) fn token_in(mail: &Arrived, page: &str) -> String {
    let beginning = format!("https://console.example/{page}/");
    mail.lines.iter().find_map(|line| line.strip_prefix(&beginning)).unwrap_or_else(|| panic!("no link to {page}: {mail:#?}")).to_owned()
}

impl World {
    /// Waits until the requests for links are worked on: each leaves one audit record.
    async fn requests(&self, count: usize) {
        for _ in 0..500 {
            if self.audit().await.iter().filter(|entry| entry.starts_with("password.forgotten")).count() == count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{:?}", self.audit().await);
    }

    async fn comes_in_by(&self, login: &str, password: &str) -> bool {
        self.services.session_sign_in(sign_in(login, password), &at("192.0.2.9")).await.is_ok()
    }
}

/// A world with a user grace, whose link arrives.
async fn linked(world: &World, server: &MailServer) -> (Services, String) {
    let admin = world.admin().await;
    world.registered(&admin, None, "grace", &[]).await;
    let services = mailing(world, &server.url);
    services.password_forgotten(" GRACE ", &at("192.0.2.1")).await.unwrap();
    let token = token_in(&mails(server, 1).await[0], "password");
    (services, token)
}

#[test]
fn a_forgotten_password_is_chosen_anew_by_the_link_in_a_mail() {
    on_both_engines(async |world| {
        let server = MailServer::open().await;
        let (services, token) = linked(&world, &server).await;
        let mail = &server.arrived()[0];
        assert_eq!(mail.recipients, ["grace@leoart.example"]);
        assert!(mail.lines.contains(&"The page works once, until 2026-11-18 11:36 UTC. Don't pass it on.".to_owned()), "{mail:#?}");
        let session = services.session_sign_in(sign_in("grace", PASSWORD), &at("192.0.2.2")).await.expect("the password works until then");
        assert_eq!(services.password_link_check(&token).await.unwrap().user.login, "grace");

        services.password_reset(&token, &chosen(NEW), &at("192.0.2.1")).await.unwrap();
        assert_eq!(refusal(services.session_resolve(session.expose(), &at("192.0.2.2")).await), Error::Unauthenticated, "sessions end");
        assert_eq!([world.comes_in_by("grace", PASSWORD).await, world.comes_in_by("grace", NEW).await], [false, true]);
        let sessions = world.rows("SELECT s.key FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.login = 'grace'").await;
        assert_eq!(sessions.len(), 1, "the link itself signs nobody in: the one session is of the new password");
        let arrived = mails(&server, 2).await;
        assert!(arrived[1].lines.iter().any(|line| line.starts_with("Subject:") && line.contains("password")), "{:#?}", arrived[1]);
        assert!(!arrived.iter().any(|mail| mail.lines.join("").contains(NEW)));

        assert_eq!(refusal(services.password_reset(&token, &chosen("Other#2026x"), &at("192.0.2.1")).await), Error::NotFound, "it works once");
        assert_eq!(refusal(services.password_link_check(&token).await), Error::NotFound);
        assert!(world.comes_in_by("grace", NEW).await);
        let audit = world.audit().await;
        for action in ["password.forgotten", "password.reset"] {
            assert!(audit.iter().any(|entry| entry.starts_with(action) && entry.ends_with("grace")), "{action}: {audit:?}");
        }
        let stored = world.rows(&format!("SELECT key FROM mailed_links WHERE key = '{token}'")).await;
        assert!(stored.is_empty(), "only a hash is stored");
    });
}

#[test]
fn every_name_gets_the_same_answer_and_only_who_can_sign_in_a_mail() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let client = world.client(&admin, "LeoArt Lab").await;
        for login in ["grace", "idle", "gone"] {
            world.registered(&admin, None, login, &[]).await;
        }
        world.registered(&admin, Some(client), "customer", &["Customer"]).await;
        let invited = world.services.user_create(&admin, None, crate::user::draft("invited")).await.unwrap();
        let id = async |login: &str| world.user_id(login).await.parse().unwrap();
        world.services.user_deactivate(&admin, id("idle").await, "").await.unwrap();
        world.services.user_terminate(&admin, id("gone").await, "", Mask::Partial).await.unwrap();
        world.services.client_suspend(&admin, client).await.unwrap();
        let key = world.services.operator().api_key_create(admin.partner.into(), "Terraform", "Technician").await.unwrap();

        let names = ["nobody", "", "idle", "gone", "customer", "invited", &key.key, "grace"];
        for name in names {
            assert!(services.password_forgotten(name, &at("192.0.2.1")).await.is_ok(), "{name}");
            // Nothing of the answer waits for the look-up, which is done before the next.
        }
        world.requests(names.len()).await;
        assert_eq!(mails(&server, 1).await[0].recipients, ["grace@leoart.example"]);
        assert_eq!(world.rows("SELECT key FROM mailed_links").await.len(), 1);
        assert!(services.invitation_check(&invited.invitation.unwrap().token).await.is_ok(), "an invitation isn't replaced by a stranger");
    });
}

#[test]
fn a_link_works_for_half_an_hour_and_until_something_changes() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let mut count = 0;
        for (case, change) in ["time", "password", "email", "inactive", "terminated"].into_iter().enumerate() {
            let login = format!("user{case}");
            let user = world.registered(&admin, None, &login, &[]).await;
            let id = user.row.id;
            services.password_forgotten(&login, &at("192.0.2.1")).await.unwrap();
            count += 1;
            let arrived = mails(&server, count).await;
            let token = token_in(arrived.last().unwrap(), "password");
            assert!(services.password_link_check(&token).await.is_ok());
            // By services without a mailer, so that no other mail comes.
            let plain = &world.services;
            match change {
                "time" => world.clock.advance_seconds(30 * 60),
                "password" => {
                    let caller = world.signed_in(&login).await;
                    let draft = domain::PasswordChangeDraft { current: PASSWORD.into(), new: NEW.into(), confirmation: NEW.into() };
                    plain.password_change(&caller, draft).await.map(drop).unwrap();
                }
                "email" => {
                    let draft = domain::UserDraft { email: Some("other@leoart.example".into()), ..Default::default() };
                    plain.user_update(&admin, id, None, draft).await.map(drop).unwrap();
                }
                "inactive" => {
                    plain.user_deactivate(&admin, id, "").await.unwrap();
                    plain.user_activate(&admin, id).await.map(drop).unwrap();
                }
                _ => plain.user_terminate(&admin, id, "", Mask::Full).await.map(drop).unwrap(),
            }
            assert_eq!(refusal(services.password_link_check(&token).await), Error::NotFound, "{change}");
            assert_eq!(refusal(services.password_reset(&token, &chosen("Other#2026x"), &at("192.0.2.1")).await), Error::NotFound, "{change}");
            let admin_still = services.session_list(&admin).await;
            assert!(admin_still.is_ok(), "{change}");
        }
    });
}

#[test]
fn a_link_ends_with_the_client() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let client = world.client(&admin, "LeoArt Lab").await;
        world.registered(&admin, Some(client), "customer", &["Customer"]).await;
        services.password_forgotten("customer", &at("192.0.2.1")).await.unwrap();
        let token = token_in(&mails(&server, 1).await[0], "password");

        world.services.client_suspend(&admin, client).await.unwrap();
        let refused = refusal(services.password_reset(&token, &chosen(NEW), &at("192.0.2.1")).await);
        assert!(matches!(refused, Error::Forbidden { .. }), "{refused:?}");
        world.services.client_activate(&admin, client).await.unwrap();
        assert!(services.password_link_check(&token).await.is_ok(), "it stays valid for who can't sign in yet");
        assert!(world.comes_in_by("customer", PASSWORD).await, "nothing was changed");

        // Both kinds are deleted when the client terminates, before anything else is erased; others' stay.
        world.registered(&admin, None, "grace", &[]).await;
        services.password_forgotten("grace", &at("192.0.2.1")).await.unwrap();
        let of_grace = token_in(&mails(&server, 2).await[1], "password");
        let customer = world.signed_in("customer").await;
        let draft = domain::EmailChangeDraft { email: "new@leoart.example".into(), password: PASSWORD.into() };
        services.email_change_begin(&customer, draft).await.unwrap();
        let email = token_in(&mails(&server, 3).await[2], "email");
        assert!(services.email_change_check(&email).await.is_ok());
        world.services.client_terminate(&admin, client).await.unwrap();
        let here = at("192.0.2.1");
        assert_eq!(refusal(services.password_link_check(&token).await), Error::NotFound);
        assert_eq!(refusal(services.password_reset(&token, &chosen(NEW), &here).await), Error::NotFound);
        assert_eq!(refusal(services.email_change_check(&email).await), Error::NotFound);
        assert_eq!(refusal(services.email_change_confirm(&email, &here).await), Error::NotFound);
        assert_eq!(world.rows("SELECT key FROM mailed_links").await.len(), 1);
        assert!(services.password_link_check(&of_grace).await.is_ok());
    });
}

#[test]
fn a_wrong_password_leaves_the_link_and_a_common_one_is_wrong() {
    on_both_engines(async |world| {
        let server = MailServer::open().await;
        let (services, token) = linked(&world, &server).await;
        let told = async |draft: InvitationDraft| match refusal(services.password_reset(&token, &draft, &at("192.0.2.1")).await) {
            Error::Invalid { violations } => {
                violations.iter().map(|violation| format!("{}: {}", violation.field, violation.message)).collect::<Vec<_>>().join(" | ")
            }
            other => panic!("{other:?}"),
        };
        let apart = InvitationDraft { password: NEW.to_owned(), confirmation: "other".to_owned() };
        assert_eq!(told(apart).await, "confirmation: Type the same password twice.");
        assert_eq!(told(chosen("Homelesspa#1")).await, "password: This password is one of the most common ones: choose another.");
        let named = "password: Don’t use your name, your login name or your organization’s name in your password.";
        for password in ["LeoArt#2026", "Gr4ce#2026x"] {
            assert_eq!(told(chosen(password)).await, named, "{password}");
        }
        services.password_reset(&token, &chosen("a long one of plain words"), &at("192.0.2.1")).await.unwrap();
        assert!(world.comes_in_by("grace", "a long one of plain words").await);
    });
}

#[test]
fn nobody_fills_a_mailbox_or_asks_without_end() {
    on_both_engines(async |world| {
        let server = MailServer::open().await;
        let (services, token) = linked(&world, &server).await;
        for request in 2..5 {
            services.password_forgotten("grace", &at(&format!("198.51.100.{request}"))).await.unwrap();
            world.requests(request).await;
        }
        mails(&server, 1).await;
        assert!(services.password_link_check(&token).await.is_ok(), "the link of the mail goes on working");
        world.clock.advance_seconds(5 * 60);
        services.password_forgotten("grace", &at("192.0.2.1")).await.unwrap();
        let newer = token_in(&mails(&server, 2).await[1], "password");
        assert_eq!(refusal(services.password_link_check(&token).await), Error::NotFound, "a newer link replaces it");
        assert!(services.password_link_check(&newer).await.is_ok());

        // Names that exist and others count alike, and by address alone: whoever is asked for from elsewhere can still ask.
        for guess in 0..7 {
            services.password_forgotten(&format!("guess{guess}"), &at("192.0.2.1")).await.unwrap();
        }
        let wait = Error::invalid("login", too_many_attempts(1));
        for login in ["grace", "nobody"] {
            assert_eq!(refusal(services.password_forgotten(login, &at("192.0.2.1")).await), wait, "{login}");
        }
        assert!(services.password_forgotten("grace", &at("203.0.113.7")).await.is_ok());
    });
}

#[test]
fn a_link_lets_an_owner_in_whom_strangers_have_locked_out() {
    on_both_engines(async |world| {
        let server = MailServer::open().await;
        let (services, token) = linked(&world, &server).await;
        for _ in 0..4 {
            _ = services.session_sign_in(sign_in("grace", "wrong"), &at("198.51.100.1")).await;
        }
        services.password_reset(&token, &chosen(NEW), &at("192.0.2.1")).await.unwrap();
        assert!(world.comes_in_by("grace", NEW).await);
    });
}

#[test]
fn two_uses_of_a_link_at_once_are_one() {
    on_both_engines(async |world| {
        let server = MailServer::open().await;
        let (services, token) = linked(&world, &server).await;
        let here = at("192.0.2.1");
        let (one, other) = (chosen(NEW), chosen("Other#2026x"));
        let (one, other) = tokio::join!(services.password_reset(&token, &one, &here), services.password_reset(&token, &other, &here));
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|done| **done).count(), 1);
        let works = [world.comes_in_by("grace", NEW).await, world.comes_in_by("grace", "Other#2026x").await];
        assert_eq!(works, [one.is_ok(), other.is_ok()], "the one that was told so is the password");
    });
}

#[test]
fn without_a_mail_server_nobody_is_promised_a_link() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        assert!(!world.services.password_is_mailed());
        for login in [admin.user.login.as_str(), "nobody"] {
            assert!(matches!(refusal(world.services.password_forgotten(login, &at("192.0.2.1")).await), Error::Conflict { .. }));
        }
        assert!(world.rows("SELECT key FROM mailed_links").await.is_empty());
    });
}

#[test]
fn a_new_device_is_told_to_its_owner_and_a_known_one_is_not() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        world.registered(&admin, None, "grace", &[]).await;
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
        let here = domain::Origin { user_agent: chrome.to_owned(), ..at("192.0.2.1") };
        let signed_in = services.session_begin(&Browser::default(), sign_in("grace", PASSWORD), &here).await.unwrap();
        let mail = mails(&server, 1).await.remove(0);
        assert_eq!(mail.recipients, ["grace@leoart.example"]);
        for line in ["Device: Chrome on Linux", "Address: 192.0.2.1", "Time: 2026-11-18 11:06 UTC"] {
            assert!(mail.lines.iter().any(|its| its == line), "{line}: {mail:#?}");
        }
        let known = Browser::new(None, signed_in.browser.as_ref().map(|token| token.expose()));
        services.session_begin(&known, sign_in("grace", PASSWORD), &here).await.unwrap();
        _ = services.session_begin(&Browser::default(), sign_in("grace", "wrong"), &here).await;
        mails(&server, 1).await;
        services.session_begin(&known, sign_in(&admin.user.login, PASSWORD), &here).await.unwrap();
        assert_eq!(mails(&server, 2).await[1].recipients, [format!("{}@leoart.example", admin.user.login)], "the browser is new to another account");
        let evil = domain::Origin { user_agent: "see evil.example/login".to_owned(), ..at("192.0.2.1") };
        services.session_begin(&Browser::default(), sign_in("grace", PASSWORD), &evil).await.unwrap();
        let body = mails(&server, 3).await[2].lines.join("\n");
        assert!(body.contains("Device: Unknown device") && !body.contains("evil"), "{body}");
    });
}
