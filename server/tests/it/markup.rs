//! User input is text wherever a page shows it, never markup.

use domain::{ApiKey, CatalogueKind, CredentialSet, Device, DeviceGroup, ListPage, NewApiKey, NewlyMade, PermissionSet, RoleSummary, UserGroup};
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Actor, App, on_both_engines};

/// Closes an attribute, a title or a script, and then opens elements.
const MARKUP: &str = "\"'></title></script><img class=evil><meta class=evil>";

/// A unique name with the same markup.
fn evil(name: &str) -> String {
    format!("{name}{MARKUP}")
}

/// Fields that all hold [`MARKUP`].
fn fields<const N: usize>(names: [&str; N]) -> Value {
    names.iter().map(|name| ((*name).to_owned(), Value::from(evil(name)))).collect::<serde_json::Map<_, _>>().into()
}

fn with(mut fields: Value, more: Value) -> Value {
    let (Value::Object(all), Value::Object(more)) = (&mut fields, more) else { panic!("only objects have fields") };
    all.extend(more);
    fields
}

/// Addresses of pages that together show every noun, with markup in every field that accepts it.
async fn pages(app: &App) -> Vec<String> {
    let admin = app.partner_admin().await;
    let client = client(&admin).await;

    let user = fields(["first_name", "last_name", "designation", "city", "state"]);
    let user = with(user, json!({ "email": "e@leoart.example", "login": evil("login").replace(' ', "/") }));
    let user: NewlyMade = admin.rpc("users/create", json!({ "client": client, "draft": user })).await.ok();
    let user = user.user.row.id;
    let group: UserGroup = admin.rpc("user-groups/create", json!({ "client": client, "draft": fields(["name", "description"]) })).await.ok();
    let set = with(fields(["name", "description"]), json!({ "scope": "CLIENT", "permissions": 1 }));
    let set: PermissionSet = admin.rpc("permission-sets/create", json!({ "draft": set })).await.ok();
    let role = with(fields(["name", "description"]), json!({ "scope": "CLIENT", "all_clients": true }));
    let role: RoleSummary = admin.rpc("roles/create", json!({ "draft": role })).await.ok();
    let device = with(fields(["name", "make", "model", "serial_number"]), json!({ "tags": ["<img class=evil>"] }));
    let device: Device = admin.rpc("devices/create", json!({ "client": client, "draft": device })).await.ok();
    let devices: DeviceGroup = admin.rpc("device-groups/create", json!({ "client": client, "draft": fields(["name", "description"]) })).await.ok();
    let credentials =
        with(fields(["name", "description"]), json!({ "credential_type": evil("type"), "fields": { "userName": evil("account"), "password": "x" } }));
    let credentials: CredentialSet = admin.rpc("credential-sets/create", json!({ "client": client, "draft": credentials })).await.ok();
    let roles: ListPage<RoleSummary> = admin.rpc("roles/list", json!({ "query": "q=technician" })).await.ok();
    let (key, _): (ApiKey, NewApiKey) =
        admin.rpc("api-keys/create", json!({ "draft": { "name": evil("key"), "roles": [roles.rows[0].id] } })).await.ok();
    let item = json!({ "kind": CatalogueKind::Package, "parent": null, "draft": fields(["name", "description"]) });
    admin.rpc("catalogues/create", item).await.ok::<Value>();

    let mut pages =
        vec!["/catalogues/packages".to_owned(), format!("/clients/{client}/restrictions"), format!("/why?user={user}&kind=client&id={client}")];
    for list in ["/clients", "/users", "/user-groups", "/permission-sets", "/roles", "/devices", "/device-groups", "/credential-sets", "/api-keys"] {
        pages.push(format!("{list}?q=evil"));
        pages.push(format!("{list}?q=%3Cimg+class%3Devil%3E"));
    }
    let things = [
        format!("/clients/{client}"),
        format!("/users/{user}"),
        format!("/user-groups/{}", group.row.group.id),
        format!("/permission-sets/{}", set.id),
        format!("/devices/{}", device.id),
        format!("/device-groups/{}", devices.id),
        format!("/credential-sets/{}", credentials.id),
        format!("/api-keys/{}", key.id),
    ];
    pages.push(format!("/roles/{}", role.id));
    pages.push(format!("/permission-sets/{}/copy", set.id));
    pages.extend(things.iter().flat_map(|thing| [thing.clone(), format!("{thing}/edit")]));
    pages
}

async fn client(admin: &Actor<'_>) -> String {
    let draft = admin.post_form("/rpc/client-drafts/create", "/clients/new", &json!({})).await;
    let draft: Value = admin.rpc("client-drafts/get", json!({ "id": draft.location().split('/').nth(3).unwrap() })).await.ok();
    let typed = fields(["name", "address", "city", "state", "contact_person", "external_id"]);
    let typed = with(typed, json!({ "country": "USA", "time_zone": "America/New_York" }));
    let finish = json!({ "id": draft["id"], "version": draft["version"], "draft": typed });
    admin.rpc("client-drafts/finish", finish).await.ok()
}

#[test]
fn nothing_that_is_typed_becomes_an_element() {
    on_both_engines(async |app| {
        let (pages, admin) = (pages(app).await, app.partner_admin().await);
        for path in &pages {
            let page = admin.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {page:?}");
            let text = page.text();
            for element in ["<img class=evil", "<meta class=evil", "<img/class=evil", "<meta/class=evil"] {
                assert!(!text.contains(element), "{path} has the element {element}: {text}");
            }
            assert_eq!(text.matches("</title>").count(), 1, "{path} has one title: {text}");
            assert!(text.contains("&lt;img class=evil"), "{path} shows what was typed: {text}");
        }
    });
}

#[test]
fn the_name_of_whoever_is_signed_in_is_text_on_every_page() {
    on_both_engines(async |app| {
        let admin = app.partner_admin().await;
        let roles: ListPage<RoleSummary> = admin.rpc("roles/list", json!({ "query": "q=technician" })).await.ok();
        let draft = json!({ "first_name": evil("F"), "last_name": evil("L"), "email": "e@leoart.example", "login": "evil@leoart.example", "roles": { "Exactly": [roles.rows[0].id] } });
        let made: NewlyMade = admin.rpc("users/create", json!({ "client": null, "draft": draft })).await.ok();
        let link = app::paths::invitation(&made.invitation.unwrap().token);
        assert!(!app.nobody().get(&link).await.text().contains("<img class=evil"));
        let password = json!({ "password": "Cobol#1959", "confirmation": "Cobol#1959" });
        let answer = app.nobody().rpc("invitation/accept", json!({ "token": link.rsplit('/').next(), "draft": password })).await;
        let page = app.nobody().with_cookie(answer.session_cookie().unwrap()).get("/account").await;
        assert!(page.text().contains("&lt;img class=evil") && !page.text().contains("<img class=evil"), "{page:?}");
    });
}
