//! Requests whose sender loses their rights between the head and the end of the body.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use domain::{ApiKey, Error, ListPage, NewPassword, PartnerId, User, UserId};
use futures::{SinkExt, channel::mpsc, join};
use http::{
    Method, Request, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
    request::Builder,
};
use serde_json::{Value, json};
use services::{DEMO_PASSWORD, NewUser};

use crate::support::{Actor, Answer, App, on_both_engines};

/// Sends a request's head and a few bytes, runs something in between, then sends the rest.
async fn late(actor: &Actor<'_>, head: Builder, body: &Value, meanwhile: impl Future<Output = ()>) -> Answer {
    let (mut wire, bytes) = mpsc::channel::<Result<Bytes, Infallible>>(0);
    let request: Request<Body> = head.header(CONTENT_TYPE, "application/json").body(Body::from_stream(bytes)).unwrap();
    let text = body.to_string().into_bytes();
    let (first, rest) = (Bytes::copy_from_slice(&text[..5]), Bytes::copy_from_slice(&text[5..]));
    let feeding = async move {
        // The first bytes were read, so the server has processed the head and waits for the body.
        wire.send(Ok(first)).await.unwrap();
        meanwhile.await;
        // Fails if the server has refused and closed already.
        let _ = wire.send(Ok(rest)).await;
    };
    join!(actor.send(request), feeding).0
}

fn by_page(actor: &Actor<'_>, path: &str) -> Builder {
    actor.request(Method::POST, path).header("sec-fetch-site", "same-origin").header(ACCEPT, "application/json")
}

/// A second administrator, signed in.
async fn second(app: &App) -> (UserId, Actor<'_>) {
    let login = "second@leoart.example".to_owned();
    let second = NewUser {
        partner: PartnerId::new(1),
        client: None,
        login: login.clone(),
        first_name: "Second".to_owned(),
        last_name: "Artis".to_owned(),
        email: login.clone(),
        password: NewPassword::parse(DEMO_PASSWORD).unwrap(),
        role: "Partner Administrator".to_owned(),
    };
    (app.services.operator().user_create(second).await.unwrap(), app.signed_in(&login).await)
}

fn intruder() -> Value {
    json!({ "client": null, "draft": { "login": "intruder@leoart.example", "first_name": "In", "last_name": "Truder", "email": "intruder@leoart.example" } })
}

#[test]
fn a_body_that_arrives_in_time_is_carried_out() {
    on_both_engines(async |app| {
        let (_, second) = second(app).await;
        let answer = late(&second, by_page(&second, "/rpc/users/create"), &intruder(), async {}).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    });
}

#[test]
fn a_body_that_arrives_after_its_sender_was_deactivated_changes_nothing() {
    on_both_engines(async |app| {
        let (id, second) = second(app).await;
        let admin = app.partner_admin().await;
        let deactivate = async { drop(admin.rpc("users/deactivate", json!({ "id": id, "reason": "left" })).await.ok::<User>()) };
        let answer = late(&second, by_page(&second, "/rpc/users/create"), &intruder(), deactivate).await;
        assert_eq!((answer.status, answer.error()), (StatusCode::UNAUTHORIZED, Error::Unauthenticated));
        assert!(!app.database.contents().await.iter().any(|row| row.contains("intruder@")), "nothing came of it");
    });
}

#[test]
fn a_program_s_body_that_arrives_after_its_key_was_revoked_changes_nothing() {
    on_both_engines(async |app| {
        let key = app.api_key("msp_1", "Partner Administrator").await;
        let machine = app.nobody();
        let token = machine.token(&key.key, &key.secret).await.json()["access_token"].as_str().unwrap().to_owned();
        let head = machine.request(Method::POST, "/api/v2/tenants/msp_1/clients").header(AUTHORIZATION, format!("Bearer {token}"));
        let admin = app.partner_admin().await;
        let revoke = async {
            let keys: ListPage<ApiKey> = admin.rpc("api-keys/list", json!({ "query": "" })).await.ok();
            let id = keys.rows.iter().find(|row| row.key == key.key).unwrap().id;
            drop(admin.rpc("api-keys/revoke", json!({ "id": id })).await.ok::<ApiKey>());
        };
        let client = json!({ "name": "Intruder Inc", "address": "1 Main Street", "country": "United States", "timeZone": "America/Los_Angeles" });
        let answer = late(&machine, head, &client, revoke).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{answer:?}");
        assert!(!app.database.contents().await.iter().any(|row| row.contains("Intruder Inc")), "nothing came of it");
    });
}
