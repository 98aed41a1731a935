//! API keys as the page's script meets them: made, used, restricted, revoked.

use domain::{ApiKey, ApiKeyState, Error, ListPage, NewApiKey, RoleId, RoleSummary};
use http::StatusCode;
use serde_json::json;
use services::DEMO_PASSWORD;

use crate::support::{Actor, App, OFFICE, on_both_engines};

/// The id of a role that users where the caller works can be given.
async fn role(actor: &Actor<'_>, client: Option<&str>, name: &str) -> RoleId {
    let query = client.map_or(json!({ "query": "size=100" }), |client| json!({ "client": client, "query": "size=100" }));
    let page: ListPage<RoleSummary> = actor.rpc("users/list-roles", query).await.ok();
    page.rows.into_iter().find(|role| role.name == name).unwrap_or_else(|| panic!("no role {name}")).id
}

async fn make(actor: &Actor<'_>, name: &str, role: &RoleId) -> (ApiKey, NewApiKey) {
    actor.rpc("api-keys/create", json!({ "draft": { "name": name, "roles": [role] } })).await.ok()
}

async fn get(actor: &Actor<'_>, key: &ApiKey) -> ApiKey {
    actor.rpc("api-keys/get", json!({ "id": key.id })).await.ok()
}

#[test]
fn a_key_gets_tokens_until_it_is_restricted_or_revoked_and_its_secret_is_told_once() {
    on_both_engines(async |app: &App| {
        let admin = app.partner_admin().await;
        let (key, new) = make(&admin, "Terraform", &role(&admin, None, "Technician").await).await;
        assert_eq!((key.state, key.last_used, key.roles.len()), (ApiKeyState::Active, None, 1));
        let program = app.nobody();
        let token = program.token(&new.key, &new.secret).await.done()["access_token"].as_str().unwrap().to_owned();
        let read = async || program.get_with("/api/v2/tenants/msp_1/clients/minimal", "authorization", &format!("Bearer {token}")).await;
        assert_eq!(read().await.status, StatusCode::OK);
        let used = get(&admin, &key).await;
        assert_eq!((used.last_used, used.last_ip), (Some(key.created), OFFICE.to_string()));

        for page in [format!("/api-keys/{}", key.id), format!("/api-keys/{}/edit", key.id), "/api-keys".to_owned()] {
            let page = admin.get(&page).await;
            assert!(page.text().contains("Terraform") && !page.text().contains(&new.secret), "{page:?}");
        }
        let (rows, records) = (app.database.contents().await, app.database.audit().await);
        assert_eq!(rows.iter().chain(&records).find(|row| row.contains(&new.secret)), None);

        let change = |key: &ApiKey, draft| json!({ "id": key.id, "version": key.version, "draft": draft });
        let wrong = admin.rpc("api-keys/update", change(&key, json!({ "name": "", "allowed_ips": "all", "expires": "2020-01-01" }))).await;
        assert_eq!(wrong.wrong_fields(), ["name", "allowed_ips", "expires"]);
        let elsewhere: ApiKey = admin.rpc("api-keys/update", change(&key, json!({ "allowed_ips": "192.0.2.*" }))).await.ok();
        assert_eq!(read().await.status, StatusCode::FORBIDDEN, "also with the token that there is");
        assert_eq!(program.token(&new.key, &new.secret).await.status, StatusCode::FORBIDDEN);
        assert_eq!(admin.rpc("api-keys/update", change(&key, json!({ "allowed_ips": "" }))).await.status, StatusCode::CONFLICT);
        let anywhere: ApiKey = admin.rpc("api-keys/update", change(&elsewhere, json!({ "allowed_ips": "", "expires": "2026-11-02" }))).await.ok();
        assert_eq!(read().await.status, StatusCode::OK);
        app.clock.advance_seconds(24 * 60 * 60);
        let next_day = app.nobody().sign_in("admin@leoart.example", DEMO_PASSWORD).await.session_cookie().unwrap();
        assert_eq!(get(&app.nobody().with_cookie(next_day), &anywhere).await.state, ApiKeyState::Expired);
        assert_eq!(program.token(&new.key, &new.secret).await.status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_revoked_key_opens_nothing_and_stays_so() {
    on_both_engines(async |app: &App| {
        let admin = app.partner_admin().await;
        let (key, new) = make(&admin, "Terraform", &role(&admin, None, "Technician").await).await;
        let revoked: ApiKey = admin.rpc("api-keys/revoke", json!({ "id": key.id })).await.ok();
        assert_eq!(revoked.state, ApiKeyState::Revoked);
        assert_eq!(app.nobody().token(&new.key, &new.secret).await.status, StatusCode::UNAUTHORIZED);
        let late = admin.rpc("api-keys/update", json!({ "id": key.id, "version": revoked.version, "draft": { "name": "Again" } })).await;
        assert!(matches!(late.error(), Error::Conflict { .. }));
        assert_eq!(admin.get(&format!("/api-keys/{}/edit", key.id)).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn nobody_makes_a_key_that_may_more_than_they_do() {
    on_both_engines(async |app: &App| {
        let manager = app.client_admin().await;
        let higher = role(&app.partner_admin().await, Some("client_8"), "Client Administrator with Client Details").await;
        let answer = manager.rpc("api-keys/create", json!({ "draft": { "name": "Terraform", "roles": [higher] } })).await;
        let Error::Forbidden { reason } = answer.error() else { panic!("{answer:?}") };
        assert!(reason.contains("gives more than you have yourself"), "{reason}");
        let own = role(&manager, None, "Customer").await;
        let (key, _) = make(&manager, "Terraform", &own).await;
        let listed: ListPage<ApiKey> = manager.rpc("api-keys/list", json!({ "query": "" })).await.ok();
        assert_eq!(listed.rows.iter().map(|key| key.id).collect::<Vec<_>>(), [key.id], "of the client alone");
        let others: ListPage<ApiKey> = app.partner_admin().await.rpc("api-keys/list", json!({ "query": "" })).await.ok();
        assert!(others.rows.iter().any(|other| other.id == key.id && other.organization == "LeoArt Lab"), "its partner sees it, and whose it is");
        let revoked: ApiKey = app.partner_admin().await.rpc("api-keys/revoke", json!({ "id": key.id })).await.ok();
        assert_eq!(revoked.state, ApiKeyState::Revoked);
    });
}
