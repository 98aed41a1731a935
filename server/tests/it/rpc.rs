//! Server functions as the page's script meets them: status and body say the same.

use app::error::UiError;
use domain::{Client, ClientRow, DraftDetail, Error, ListPage};
use http::StatusCode;
use serde_json::json;

use crate::support::{Actor, Answer, on_both_engines};

async fn client(actor: &Actor<'_>, id: &str) -> Client {
    actor.rpc("clients/get", json!({ "id": id })).await.ok()
}

async fn update(actor: &Actor<'_>, client: &Client) -> Answer {
    actor.rpc("clients/update", json!({ "id": client.id, "version": client.version, "draft": client.details })).await
}

#[test]
fn every_wrong_field_is_told_in_one_answer() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let mut client = client(&admin, "client_9").await;
        client.details.name = " ".to_owned();
        client.details.time_zone = "Mars/Olympus".to_owned();
        client.details.email = "nobody".to_owned();
        let answer = update(&admin, &client).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.wrong_fields(), ["name", "time_zone", "email"]);
        assert_eq!(answer.header("content-type"), Some("application/json"));

        let draft = begin_draft(&admin).await;
        let answer = admin.rpc("client-drafts/finish", json!({ "id": draft.id, "version": draft.version, "draft": draft.draft })).await;
        assert_eq!((answer.status, answer.wrong_fields().join(" ").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "name address country time_zone"));
    });
}

/// Begins a draft as the page's form does, and opens it.
async fn begin_draft(actor: &Actor<'_>) -> DraftDetail {
    let answer = actor.post_form("/rpc/client-drafts/create", "/clients/new", &json!({})).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let id = answer.location().split('/').nth(3).unwrap().to_owned();
    actor.rpc("client-drafts/get", json!({ "id": id })).await.ok()
}

#[test]
fn who_saves_second_is_told_of_the_conflict() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let mut opened = client(&admin, "client_9").await;
        opened.details.city = "Turin".to_owned();
        let saved: Client = update(&admin, &opened).await.ok();
        assert_eq!((saved.version, saved.details.city.as_str()), (opened.version + 1, "Turin"));

        opened.details.city = "Milan".to_owned();
        let answer = update(&admin, &opened).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(matches!(answer.error(), Error::Conflict { .. }));
        assert_eq!(client(&admin, "client_9").await.details.city, "Turin");
    });
}

#[test]
fn a_foreign_client_is_like_one_that_does_not_exist() {
    on_both_engines(async |app| {
        let actors = [(app.foreign_admin().await, "client_9"), (app.client_admin().await, "client_9")];
        for (actor, foreign) in actors {
            for endpoint in ["clients/get", "clients/suspend", "clients/activate"] {
                let answer = actor.rpc(endpoint, json!({ "id": foreign })).await;
                assert_eq!((answer.status, answer.error()), (StatusCode::NOT_FOUND, Error::NotFound), "{endpoint}");
                let missing = actor.rpc(endpoint, json!({ "id": "client_999999" })).await;
                assert_eq!((answer.status, answer.body), (missing.status, missing.body), "{endpoint}");
            }
        }
    });
}

#[test]
fn a_viewer_is_told_which_permission_is_missing() {
    on_both_engines(async |app| {
        let viewer = app.viewer().await;
        let client = client(&viewer, "client_9").await;
        let answer = update(&viewer, &client).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.error(), Error::forbidden("Your roles do not include the permission “Clients: Manage”."));
    });
}

#[test]
fn nobody_is_asked_to_sign_in() {
    on_both_engines(async |app| {
        let answer = app.nobody().rpc("clients/list", json!({ "query": "" })).await;
        assert_eq!((answer.status, answer.error()), (StatusCode::UNAUTHORIZED, Error::Unauthenticated));
    });
}

#[test]
fn a_clients_user_lists_its_own_client_alone() {
    on_both_engines(async |app| {
        let page: ListPage<ClientRow> = app.client_admin().await.rpc("clients/list", json!({ "query": "status=all" })).await.ok();
        let names: Vec<_> = page.rows.iter().map(|row| format!("{} {}", row.id, row.name)).collect();
        assert_eq!(names, ["client_8 LeoArt Lab"]);
    });
}

#[test]
fn no_password_is_ever_sent_back() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let mut opened = client(&admin, "client_9").await;
        let row = json!({ "key": "k1", "access_type": "SSH", "ip_address": "10.1.2.7", "password": "Kiwi#tree9" });
        opened.details.access = vec![serde_json::from_value(row).unwrap()];
        let answers =
            [update(&admin, &opened).await, admin.rpc("clients/get", json!({ "id": "client_9" })).await, admin.get("/clients/client_9").await];
        for answer in &answers {
            assert_eq!(answer.status, StatusCode::OK);
            assert!(!answer.text().contains("Kiwi#tree9"), "{answer:?}");
        }
        let saved: Client = answers[0].ok();
        assert!(saved.details.access[0].password_kept);
        assert!(!app.database.contents().await.iter().any(|row| row.contains("Kiwi#tree9")), "nor is it kept in the clear");
    });
}

#[test]
fn a_body_over_the_limit_is_refused() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let answer = admin.post_json("/rpc/clients/update", &json!({ "id": "client_9", "padding": "x".repeat(600 * 1024) })).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}

#[test]
fn nonsense_is_told_apart_from_a_failure() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        for (endpoint, arguments) in [("clients/get", json!({ "id": "client_x" })), ("clients/update", json!({ "version": "one" }))] {
            let answer = admin.rpc(endpoint, arguments).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{endpoint}");
            assert_eq!(serde_json::from_slice::<UiError>(&answer.body).unwrap(), UiError::Outdated, "{endpoint}");
        }
        assert_eq!(admin.post_json("/rpc/clients/explode", &json!({})).await.status, StatusCode::NOT_FOUND);
    });
}
