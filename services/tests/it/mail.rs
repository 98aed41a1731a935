//! Invitations by mail, against a real mail server on this machine.

pub(crate) mod server;

use std::sync::Arc;

use domain::{Caller, ClientId, Error, Invitation, Mailed, Origin, UserDraft};
use services::{Browser, MailSettings, Mailer, Services};

use crate::{
    support::{World, on_both_engines, refusal},
    user::draft,
};
use server::MailServer;

/// The world's services, with a mailer that asks this server.
pub(crate) fn mailing(world: &World, smtp_url: &str) -> Services {
    let invitation_link = Arc::new(|token: &str| format!("https://console.example/invitation/{token}"));
    let password_link = Arc::new(|token: &str| format!("https://console.example/password/{token}"));
    let email_link = Arc::new(|token: &str| format!("https://console.example/email/{token}"));
    let report_link = Arc::new(|report| format!("https://console.example/reports/{report}"));
    let job_link = Arc::new(|job| format!("https://console.example/jobs/{job}"));
    let from = "Tenantry <tenantry@console.example>";
    let mailer = Mailer::new(MailSettings { smtp_url, from, invitation_link, password_link, email_link, report_link, job_link }).unwrap();
    world.services.clone().with_mailer(Some(mailer))
}

async fn invited(services: &Services, caller: &Caller, client: Option<ClientId>, login: &str) -> Invitation {
    services.user_create(caller, client, draft(login)).await.unwrap().invitation.unwrap()
}

#[test]
fn an_invited_user_gets_the_link_by_mail() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let invitation = invited(&services, &admin, None, "grace").await;
        let address = draft("grace").email.unwrap();
        assert_eq!(invitation.mailed, Mailed::To(address.clone()));
        let [mail] = &server.arrived()[..] else { panic!("one mail: {:?}", server.arrived()) };
        assert_eq!(mail.recipients, [address.as_str()]);
        let has = |line: &str| assert!(mail.lines.iter().any(|its| its == line), "{line} is missing: {mail:#?}");
        has("From: Tenantry <tenantry@console.example>");
        has("Subject: Your invitation to Tenantry from LeoArt Inc");
        has("Content-Type: text/plain; charset=utf-8");
        has("Date: Wed, 18 Nov 2026 11:06:40 +0000");
        has(&format!("https://console.example/invitation/{}", invitation.token));
        has("Your login name is grace.");
        has("The page works once, until 2026-11-21 11:06 UTC. Don't pass it on: whoever opens it first chooses the password.");
        assert_eq!(services.invitation_check(&invitation.token).await.unwrap().user.login, "grace");
    });
}

#[test]
fn another_link_is_mailed_too_and_a_password_never() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let grace = world.registered(&admin, None, "grace", &[]).await;
        let invitation = services.invitation_create(&admin, grace.row.id).await.unwrap();
        assert_eq!(invitation.mailed, Mailed::To(grace.row.profile.email));
        assert!(server.arrived()[0].lines.iter().any(|line| line.ends_with(&invitation.token)));

        let mut by_password = draft("alan");
        by_password.password = Some("Other#2026x".to_owned());
        assert_eq!(services.user_create(&admin, None, by_password).await.unwrap().invitation, None);
        assert_eq!(server.arrived().len(), 1, "who gets a password gets no mail");
    });
}

#[test]
fn nobody_is_written_to_where_nothing_was_done() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let grace = world.registered(&admin, None, "grace", &[]).await.row.id;
        let viewer = world.caller(admin.partner, None, "Auditor View").await;
        assert!(matches!(refusal(services.user_create(&viewer, None, draft("alan")).await), Error::Forbidden { .. }));
        assert!(matches!(refusal(services.invitation_create(&viewer, grace).await), Error::Forbidden { .. }));
        assert!(matches!(refusal(services.user_create(&admin, None, draft("grace")).await), Error::Invalid { .. }), "the name is taken");
        services.user_deactivate(&admin, grace, "").await.unwrap();
        assert!(matches!(refusal(services.invitation_create(&admin, grace).await), Error::Conflict { .. }));
        assert_eq!(invited(&world.services, &admin, None, "alan").await.mailed, Mailed::No, "without a mail server, the link is only shown");
        assert!(server.arrived().is_empty(), "{:?}", server.arrived());
    });
}

#[test]
fn an_invitation_stands_when_its_mail_can_not_be_sent() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let full = MailServer::start(false).await;
        // Nobody listens where a listener just was.
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        for (login, url) in [("grace", full.url.clone()), ("alan", format!("smtp://{gone}"))] {
            let services = mailing(&world, &url);
            let invitation = invited(&services, &admin, None, login).await;
            assert_eq!(invitation.mailed, Mailed::Failed(draft(login).email.unwrap()), "{url}");
            assert_eq!(services.invitation_check(&invitation.token).await.unwrap().user.login, login);
            let password = domain::InvitationDraft { password: "Other#2026x".to_owned(), confirmation: "Other#2026x".to_owned() };
            services.invitation_accept(&invitation.token, &password, &Browser::default(), &Origin::default()).await.unwrap();
        }
        assert!(full.arrived().is_empty());
    });
}

#[test]
fn nothing_that_a_person_typed_becomes_a_link() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let name = UserDraft { first_name: Some("evil.example/login".into()), ..draft("evil.example/login") };
        services.user_create(&admin, None, name).await.unwrap();
        let [mail] = &server.arrived()[..] else { panic!("one mail: {:?}", server.arrived()) };
        let body = mail.lines.iter().skip_while(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join("\n");
        assert!(body.contains("Hello,\n") && body.contains("The page shows your login name."), "{body}");
        assert!(!body.contains("evil.example/login"), "{body}");
        assert_eq!(body.matches("://").count(), 1, "the invitation's own link");
    });
}

#[test]
fn only_a_login_that_is_an_address_is_written_out() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        for (login, is_told) in [("grace@leoart.example", true), ("www.evil.example,ada@x", false), ("www.evil.example?ada@x.example", false)] {
            let name = login.replace(|letter: char| !letter.is_ascii_alphabetic(), "");
            let user = UserDraft { login: Some(login.to_owned()), ..draft(&name) };
            services.user_create(&admin, None, user).await.unwrap();
            let mail = server.arrived().pop().unwrap();
            let body = mail.lines.join("\n");
            assert_eq!(body.contains(login), is_told, "{body}");
        }
    });
}

#[test]
fn a_domain_with_letters_beyond_ascii_goes_out_encoded() {
    on_both_engines(async |world| {
        let admin = world.admin().await;
        let server = MailServer::open().await;
        let services = mailing(&world, &server.url);
        let address = UserDraft { email: Some("grace@exämple.com".into()), ..draft("grace") };
        services.user_create(&admin, None, address).await.unwrap();
        assert_eq!(server.arrived()[0].recipients, ["grace@xn--exmple-cua.com"]);
    });
}
