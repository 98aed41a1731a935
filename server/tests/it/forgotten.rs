//! Forgotten passwords over HTTP, as a browser without scripts asks for a link.

use std::time::Duration;

use app::people::forgotten::rpc::RequestPasswordLink;
use domain::{Error, SignInStep};
use http::StatusCode;
use leptos::server_fn::ServerFn;
use serde_json::{Value, json};

use crate::support::{Answer, App, Arrived, CONSOLE, MailServer, on_both_engines, on_both_engines_with_mail};

const ADMIN: &str = "admin@leoart.example";
const NEW: &str = "a lighthouse in the fog";

impl App {
    async fn ask_for_a_link(&self, login: &str) -> Answer {
        self.nobody().post_form(RequestPasswordLink::url(), "/forgotten-password", &json!({ "login": login })).await
    }
}

/// The mails with a password link, once there is one and a little time for one too many has passed.
async fn with_link(server: &MailServer) -> Vec<(Arrived, String)> {
    let beginning = format!("{CONSOLE}/password/");
    let link = |mail: Arrived| {
        let line = mail.lines.iter().find(|line| line.starts_with(&beginning))?;
        let path = line[CONSOLE.len()..].to_owned();
        Some((mail, path))
    };
    for _ in 0..500 {
        if server.arrived().into_iter().any(|mail| link(mail).is_some()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.arrived().into_iter().filter_map(link).collect()
}

fn chosen(link: &str) -> Value {
    let token = link.rsplit('/').next().unwrap();
    json!({ "token": token, "draft": { "password": NEW, "confirmation": NEW } })
}

#[test]
fn the_form_says_the_same_for_every_name() {
    on_both_engines_with_mail(async |app, mail| {
        let asks = app.nobody().get("/login").await;
        assert!(asks.text().contains("href=\"/forgotten-password\""), "the sign-in page leads there");
        for login in ["nobody@leoart.example", "", "<b>", ADMIN] {
            let answer = app.ask_for_a_link(login).await;
            let told = (answer.status, answer.location(), answer.set_cookies(), answer.browser_cookie(), answer.text());
            assert_eq!(told, (StatusCode::FOUND, "/forgotten-password?sent=1", vec![], None, "null"), "{login}");
        }
        let page = app.nobody().get("/forgotten-password?sent=1").await;
        assert!(page.status == StatusCode::OK && page.text().contains("<h1>Check your email<"), "{page:?}");
        let mails = with_link(mail).await;
        assert_eq!(mails.iter().map(|(mail, _)| mail.recipients.concat()).collect::<Vec<_>>(), [ADMIN]);
    });
}

#[test]
fn too_many_requests_are_refused_on_the_page_whatever_the_name() {
    on_both_engines_with_mail(async |app, _| {
        for guess in 0..9 {
            app.ask_for_a_link(&format!("guess{guess}@leoart.example")).await;
        }
        for login in ["nobody@leoart.example", ADMIN] {
            let refused = app.ask_for_a_link(login).await;
            assert_eq!((refused.status, refused.location()), (StatusCode::FOUND, "/forgotten-password"));
            let page = app.nobody().with_cookie(refused.session_cookie().unwrap()).get("/forgotten-password").await;
            assert!(page.text().contains("Too many attempts") && page.text().contains(&format!("value=\"{login}\"")), "{page:?}");
        }
    });
}

#[test]
fn without_a_mail_server_no_link_is_offered() {
    on_both_engines(async |app| {
        assert!(!app.nobody().get("/login").await.text().contains("/forgotten-password"));
        let refused = app.ask_for_a_link(ADMIN).await;
        assert_eq!(refused.location(), "/forgotten-password");
        let page = app.nobody().with_cookie(refused.session_cookie().unwrap()).get("/forgotten-password").await;
        assert!(page.text().contains("This server sends no mail. Ask your administrator for a password link."), "{page:?}");
    });
}

#[test]
fn the_link_signs_nobody_in_and_never_skips_the_second_factor() {
    on_both_engines_with_mail(async |app, mail| {
        app.with_second_factor().await;
        let before = app.partner_admin().await;
        app.ask_for_a_link(ADMIN).await;
        let link = with_link(mail).await.remove(0).1;
        let page = app.nobody().get(&link).await;
        assert!(page.status == StatusCode::OK && page.text().contains("<h1>Choose a new password<"), "{page:?}");

        let reset = app.nobody().rpc("password/reset", chosen(&link)).await;
        assert_eq!((reset.status, reset.set_cookies(), reset.browser_cookie()), (StatusCode::OK, vec![], None));
        assert_eq!(before.rpc("sessions/list", json!({})).await.error(), Error::Unauthenticated, "other sessions end");
        let entered = app.nobody().sign_in(ADMIN, NEW).await;
        let entered = app.nobody().with_cookie(entered.session_cookie().unwrap());
        assert_eq!(entered.get("/clients").await.location(), "/second-factor?next=/clients");
        assert_eq!(entered.rpc("sessions/list", json!({})).await.error(), Error::Unfinished { step: SignInStep::Prove });

        let over = app.nobody().get(&link).await;
        assert!(over.status == StatusCode::NOT_FOUND && over.text().contains("<h1>This link has expired<"), "{over:?}");
        assert_eq!(app.nobody().rpc("password/reset", chosen(&link)).await.status, StatusCode::NOT_FOUND);
    });
}
