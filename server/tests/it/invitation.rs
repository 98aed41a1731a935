//! One-time links, as their recipients experience them.

use domain::Error;
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Actor, App, on_both_engines};

/// A user of the demo partner without a password.
const INVITED: &str = "grace@leoart.example";

async fn invite(app: &App) -> String {
    let draft = json!({ "login": INVITED, "first_name": "Grace", "last_name": "Hopper", "email": INVITED });
    let made: Value = app.partner_admin().await.rpc("users/create", json!({ "client": null, "draft": draft })).await.ok();
    let token = find_token(&made).unwrap_or_else(|| panic!("no link: {made}"));
    app::paths::invitation(&token)
}

/// A signed-in user whose session the test can end.
async fn signed_in(app: &App) -> Actor<'_> {
    let answer = app.nobody().sign_in("viewer@leoart.example", services::DEMO_PASSWORD).await;
    app.nobody().with_cookie(answer.session_cookie().unwrap())
}

fn find_token(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => fields.get("token").and_then(Value::as_str).map(str::to_owned).or_else(|| fields.values().find_map(find_token)),
        Value::Array(items) => items.iter().find_map(find_token),
        _ => None,
    }
}

fn accept(link: &str) -> Value {
    let token = link.rsplit('/').next().unwrap();
    json!({ "token": token, "draft": { "password": "Cobol#1959", "confirmation": "Cobol#1959" } })
}

#[test]
fn whoever_is_invited_comes_in_by_the_link() {
    on_both_engines(async |app| {
        let link = invite(app).await;
        let page = app.nobody().get(&link).await;
        assert_eq!(page.status, StatusCode::OK, "{page:?}");
        assert!(page.text().contains("<h1>Welcome, Grace Hopper<"), "{page:?}");

        let answer = app.nobody().rpc("invitation/accept", accept(&link)).await;
        let grace = app.nobody().with_cookie(answer.session_cookie().unwrap());
        assert_eq!(grace.get("/account").await.status, StatusCode::OK);
        assert_eq!(app.nobody().sign_in(INVITED, "Cobol#1959").await.status, StatusCode::OK);
        let over = app.nobody().get(&link).await;
        assert_eq!(over.status, StatusCode::NOT_FOUND);
        assert!(over.text().contains("<h1>This link has expired<"), "{over:?}");
    });
}

#[test]
fn a_link_replaces_nobodys_session_unasked() {
    on_both_engines(async |app| {
        let (link, viewer) = (invite(app).await, signed_in(app).await);
        let page = viewer.get(&link).await;
        assert_eq!(page.status, StatusCode::OK);
        for part in ["signed in as", "This link is for Grace Hopper", "Sign out and continue", "Stay signed in"] {
            assert!(page.text().contains(part), "{part} is missing: {page:?}");
        }
        assert!(!page.text().contains("New password"), "{page:?}");

        let answer = viewer.rpc("invitation/accept", accept(&link)).await;
        assert!(matches!(answer.error(), Error::Conflict { .. }), "{answer:?}");
        assert_eq!(answer.set_cookie(), None);
        assert_eq!(viewer.get("/account").await.status, StatusCode::OK, "still signed in");

        let out = viewer.post_form("/rpc/sessions/delete", &link, &json!({ "next": link })).await;
        assert_eq!((out.status, out.location()), (StatusCode::FOUND, link.as_str()));
        assert_eq!(viewer.get("/account").await.location(), "/login?next=/account", "signed out");
        app.nobody().rpc("invitation/accept", accept(&link)).await.session_cookie().expect("the link still works");
    });
}

#[test]
fn signing_out_leads_to_no_other_site() {
    on_both_engines(async |app| {
        let viewer = signed_in(app).await;
        let out = viewer.post_form("/rpc/sessions/delete", "/clients", &json!({ "next": "https://evil.example/" })).await;
        assert_eq!(out.location(), "/");
    });
}
