//! Users.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{InvitationDraft, Origin};
use http::StatusCode;
use serde_json::{Value, json};
use services::{Browser, DEMO_PASSWORD};

use crate::support::{Program, keys, on_both_engines};

const ADMINISTRATOR: &str = "Partner Administrator";

/// Every key of a user in a list, in order, as there is a time zone.
const LISTED: [&str; 25] = [
    "address",
    "altEmail",
    "authType",
    "changePassword",
    "city",
    "country",
    "createdTime",
    "designation",
    "email",
    "firstName",
    "id",
    "lastName",
    "loginName",
    "mobileNumber",
    "orgId",
    "organizationName",
    "phoneNumber",
    "state",
    "status",
    "timeZone",
    "twoFactorAuthentication",
    "updatedTime",
    "userAccountType",
    "userNotifications",
    "zip",
];

/// A picture of one dot.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn ada() -> Value {
    json!({
        "loginName": "ada@leoart.example", "firstName": "Anna Ada", "lastName": "Lovelace", "email": "ada@leoart.example", "altEmail": "a@leoart.example",
        "userNotifications": [{ "notifyType": "Alert Notification", "notifyMethod": "Email", "notifyInputType": "", "notifyRecurringReport": true }], "password": DEMO_PASSWORD, "designation": "Engineer", "address": "2 Bush Street", "city": "San Francisco",
        "state": "CA", "zip": "94104", "country": "USA", "timeZone": { "code": "EST" }, "phoneNumber": "+1 415 555 0100", "mobileNumber": "+1 415 555 0101",
        "userAccountType": "BUSINESS", "roles": [{ "name": "technician" }], "userGroups": [{ "name": "LeoArt Inc Users" }],
    })
}

async fn made(program: &Program<'_>, body: &Value) -> Value {
    let answer = program.post("users", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    answer.json()
}

fn path(user: &Value) -> String {
    format!("users/{}", user["id"].as_str().unwrap())
}

fn names<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap()).collect()
}

#[test]
fn a_user_is_made_with_everything_that_was_sent() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let sent = ada();
        let user = made(&program, &sent).await;
        let mut all: Vec<_> = LISTED.into_iter().chain(["roles", "userGroups"]).collect();
        all.sort_unstable();
        assert_eq!(keys(&user), all);
        for key in ["loginName", "firstName", "lastName", "email", "altEmail", "userNotifications", "designation", "city", "zip", "userAccountType"] {
            assert_eq!(user[key], sent[key], "{key}");
        }
        assert!(user["id"].as_str().unwrap().strip_prefix("USR").is_some_and(|digits| digits.len() == 10), "{user}");
        let fixed = json!({ "status": "active", "authType": "LOCAL", "orgId": "msp_1", "country": "USA", "changePassword": false });
        for (key, value) in fixed.as_object().unwrap() {
            assert_eq!(&user[key], value, "{key}");
        }
        let zone = &user["timeZone"];
        assert_eq!((keys(zone), &zone["code"]), (vec!["code", "id", "label", "name"], &json!("EST")));
        assert!(zone.as_object().unwrap().values().all(Value::is_string));
        assert_eq!(user["twoFactorAuthentication"], false);
        let role = &user["roles"][0];
        assert_eq!((keys(role), &role["name"]), (vec!["id", "name", "uniqueId", "userGroupRole"], &json!("Technician")));
        assert!(role["id"].is_i64() && role["userGroupRole"] == json!(false));
        assert_eq!(user["userGroups"], json!([{ "id": 5, "uniqueId": "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3", "name": "LeoArt Inc Users" }]));
        assert_eq!(program.get(&path(&user)).await.done(), user);
        app.signed_in("ada@leoart.example").await;
    });
}

#[test]
fn only_what_is_sent_changes() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let mut user = made(&program, &ada()).await;
        let path = path(&user);
        app.clock.advance_seconds(60);
        let changed = program.post(&path, &json!({ "city": "Oakland", "altEmail": null, "timeZone": { "name": "Europe/Berlin" } })).await.done();
        assert_eq!((&changed["city"], &changed["altEmail"], &changed["timeZone"]["code"]), (&json!("Oakland"), &json!(""), &json!("CET")));
        for key in ["city", "altEmail", "timeZone", "updatedTime"] {
            assert_ne!(changed[key], user[key], "{key}");
            user[key] = changed[key].clone();
        }
        assert_eq!(changed, user, "all else stays");

        let zone = user["timeZone"].clone();
        assert_eq!(program.post(&path, &json!({ "timeZone": { "id": zone["id"] } })).await.done()["timeZone"], zone);
        assert_eq!(program.post(&path, &json!({ "timeZone": null })).await.done().get("timeZone"), None);

        // Roles and groups by number and by id, then none.
        let technician = &user["roles"][0];
        let roles = json!([{ "id": technician["id"] }, { "name": "Dispatcher" }]);
        assert_eq!(names(&program.post(&path, &json!({ "roles": roles })).await.done()["roles"], "name"), ["Dispatcher", "Technician"]);
        let roles = json!([{ "uniqueId": technician["uniqueId"], "name": "is not looked at" }]);
        assert_eq!(names(&program.post(&path, &json!({ "roles": roles })).await.done()["roles"], "name"), ["Technician"]);
        let groups = json!([{ "id": "6" }, { "uniqueId": "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3" }]);
        assert_eq!(program.post(&path, &json!({ "userGroups": groups })).await.done()["userGroups"].as_array().unwrap().len(), 2);
        let nothing = program.post(&path, &json!({ "roles": null, "userGroups": [] })).await.done();
        assert_eq!((&nothing["roles"], &nothing["userGroups"], &nothing["userGroupType"]), (&json!([]), &json!([]), &json!("NONE")));
        let all = program.post(&path, &json!({ "userGroupType": "ALL" })).await.done();
        assert_eq!((all["userGroupType"].as_str(), all["userGroups"].as_array().unwrap().len()), (Some("ALL"), 6));
    });
}

#[test]
fn a_role_by_a_group_is_marked() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let role = json!({ "name": "By group", "scope": "MSP", "permissions": [{ "id": 8 }], "userGroups": [{ "uniqueId": "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3" }] });
        program.post("roles", &role).await.done();
        let user = made(&program, &ada()).await;
        let roles: Vec<_> = user["roles"].as_array().unwrap().iter().map(|role| (role["name"].as_str().unwrap(), &role["userGroupRole"])).collect();
        assert_eq!(roles, [("By group", &json!(true)), ("Technician", &json!(false))]);
    });
}

#[test]
fn a_user_without_a_password_gets_a_link_and_comes_in_by_it() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let mut body = ada();
        body.as_object_mut().unwrap().remove("password");
        let user = made(&program, &body).await;
        assert_eq!(keys(&user["invitation"]), ["expires", "link"]);
        let token = user["invitation"]["link"].as_str().and_then(|link| link.strip_prefix("/invitation/")).unwrap();
        assert_eq!(program.get(&path(&user)).await.done().get("invitation"), None, "it is told once");
        let chosen = InvitationDraft { password: DEMO_PASSWORD.to_owned(), confirmation: DEMO_PASSWORD.to_owned() };
        app.services.invitation_accept(token, &chosen, &Browser::default(), &Origin::default()).await.unwrap();
        app.signed_in("ada@leoart.example").await;
    });
}

#[test]
fn a_user_has_a_picture_until_it_is_taken_away() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let user =
            made(&program, &json!({ "profileImage": DOT, "loginName": "ada", "firstName": "A", "lastName": "L", "email": "a@x.example" })).await;
        let picture = user["profileImage"].as_str().unwrap();
        assert!(STANDARD.decode(picture).unwrap().starts_with(b"\x89PNG"));
        let path = path(&user);
        assert_eq!(program.get(&path).await.done()["profileImage"], picture);
        assert_eq!(program.post(&path, &json!({ "city": "Oakland" })).await.done()["profileImage"], picture);
        assert_eq!(program.post(&path, &json!({ "profileImage": null })).await.done().get("profileImage"), None);

        let before = app.database.contents().await;
        for wrong in ["?", "bm90aGluZw=="] {
            assert_eq!(program.post(&path, &json!({ "profileImage": wrong, "phoneNumber": "call" })).await.faults(), ["profileImage", "phoneNumber"]);
            assert_eq!(program.post("users", &json!({ "profileImage": wrong })).await.faults()[0], "profileImage");
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn a_user_is_kept_out_let_in_again_and_let_go_for_ever() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let path = path(&made(&program, &ada()).await);
        let browser = app.signed_in("ada@leoart.example").await;
        assert_eq!(browser.rpc("sessions/list", json!({})).await.status, StatusCode::OK);

        let out = program.post(&format!("{path}/DEACTIVATE"), &json!({ "deactivateReason": "On leave" })).await.done();
        assert_eq!(out["status"], "inactive");
        assert_eq!(browser.rpc("sessions/list", json!({})).await.status, StatusCode::UNAUTHORIZED, "its sessions have ended");
        assert!(app.nobody().sign_in("ada@leoart.example", DEMO_PASSWORD).await.session_cookie().is_none());
        assert_eq!(program.post_empty(&format!("{path}/DEACTIVATE")).await.done()["status"], "inactive");
        assert_eq!(program.post_empty(&format!("{path}/ACTIVATE")).await.done()["status"], "active");

        let wrong = program.post(&format!("{path}/TERMINATE"), &json!({ "maskType": "SOME" })).await;
        assert_eq!(wrong.faults(), ["maskType"]);
        let gone = program.post(&format!("{path}/TERMINATE"), &json!({ "terminateReason": "Left", "maskType": "FULL" })).await.done();
        assert_eq!((&gone["status"], &gone["lastName"], &gone["email"]), (&json!("inactive"), &json!("User"), &json!("")));
        assert_eq!((&gone["roles"], &gone["userGroups"]), (&json!([]), &json!([])));
        for refused in [program.post_empty(&format!("{path}/ACTIVATE")).await, program.post(&path, &json!({ "city": "X" })).await] {
            assert_eq!(refused.refusal(), (409, "0005".to_owned()));
        }
        made(&program, &ada()).await;
    });
}

#[test]
fn a_password_is_changed_by_the_one_before() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let path = format!("{}/changePassword", path(&made(&program, &ada()).await));
        let change = |current: &str, new: &str, confirm: &str| json!({ "currentPassword": current, "newPassword": new, "confirmPassword": confirm });
        assert_eq!(program.post(&path, &change("", "kiwi", "kiwis")).await.faults(), ["newPassword", "confirmPassword"]);
        assert_eq!(program.post(&path, &change("Wrong#2026", "Other#2026x", "Other#2026x")).await.faults(), ["currentPassword"]);
        assert_eq!(program.post(&path, &change(DEMO_PASSWORD, "Other#2026x", "Other#2026x")).await.done(), json!({ "success": true }));
        assert!(app.nobody().sign_in("ada@leoart.example", "Other#2026x").await.session_cookie().is_some());
    });
}

#[test]
fn users_are_listed_and_searched() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        made(&program, &ada()).await;
        let minimal = program.get("users/minimal").await.done();
        let entry = json!({ "id": "USR0000000011", "loginName": "LeoArtInc@opsramp.com", "firstName": "LeoArt", "lastName": "Inc Admin", "email": "john.smith@gamil.com", "changePassword": false });
        assert!(minimal.as_array().unwrap().contains(&entry), "{minimal}");
        assert!(minimal.as_array().unwrap().iter().any(|user| user["firstName"] == "Anna Ada" && user["lastName"] == "Lovelace"));

        let all = program.get("users/search").await.done();
        assert_eq!((all["totalResults"].as_u64(), &all["orderBy"]), (Some(minimal.as_array().unwrap().len() as u64), &json!("name")));
        assert_eq!(names(&all["results"], "id"), names(&minimal, "id"));
        let found = async |query: &str| program.get(&format!("users/search/?queryString={query}")).await.done()["results"].clone();
        let ada = found("uniqueId:USR0000000011+status:active").await;
        assert_eq!(names(&ada, "loginName"), ["LeoArtInc@opsramp.com"]);
        assert_eq!(keys(&found("lastName:lovelace").await[0]), LISTED);
        assert_eq!(names(&found("firstName=Anna Ada+lastName=love".replace(' ', "%20").as_str()).await, "firstName"), ["Anna Ada"]);
        assert_eq!(found("loginName:ada@+mailId:ada@").await.as_array().unwrap().len(), 1);
        assert_eq!(found("status:inactive").await, json!([]));
        assert_eq!(found("startCreationDate:2099-01-01T00:00:00%2B0000").await, json!([]));
        for query in ["colour:red", "status:asleep", "uniqueId:11", "endUpdationDate:soon"] {
            assert_eq!(program.get(&format!("users/search?queryString={query}")).await.query_faults(), ["queryString"], "{query}");
        }
        let page = program.get("users/search?pageSize=3&pageNo=1&pageNo=2").await.done();
        assert_eq!((&page["pageNo"], &page["previousPageNo"], &page["nextPageNo"]), (&json!(2), &json!(1), &json!(3)));
        let wrong = "users/search?queryString=colour:red&pageNo=0&pageSize=many&sortName=shoeSize&isDescendingOrder=";
        assert_eq!(program.get(wrong).await.query_faults(), ["queryString", "pageNo", "pageSize", "isDescendingOrder"]);
        let plain = program.get("users/search?queryString=&sortName=name&isDescendingOrder=False").await.done();
        assert_eq!(names(&plain["results"], "id"), names(&minimal, "id"));
        assert_eq!(names(&page["results"], "id"), names(&minimal, "id")[3..6]);
    });
}

#[test]
fn a_client_s_users_are_made_and_seen_at_the_client_s_path() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await.within("client_8");
        let own = app.program_of("client_8", "Client Administrator").await;
        let body = json!({ "loginName": "lab.ada", "firstName": "Ada", "lastName": "Lab", "email": "lab.ada@leoart.example", "roles": [{ "name": "Customer" }] });
        let mut user = made(&program, &body).await;
        user.as_object_mut().unwrap().remove("invitation");
        assert_eq!((&user["orgId"], &user["organizationName"]), (&json!("client_8"), &json!("LeoArt Lab")));
        assert_eq!(own.get(&path(&user)).await.done(), user);
        assert!(names(&own.get("users/search").await.done()["results"], "orgId").iter().all(|tenant| *tenant == "client_8"));
        let partners = json!({ "roles": [{ "name": "Technician" }] });
        assert_eq!(own.post(&path(&user), &partners).await.faults(), ["roles"]);
        for tenant in ["client_8", "client_9", "msp_1"] {
            let partner_s = own.within(tenant).get("users/USR0000000011").await;
            assert_eq!(partner_s.refusal(), (404, "0003".to_owned()), "{tenant}");
        }
        assert_eq!(program.within("client_9").get(&path(&user)).await.refusal().0, 404);
    });
}

#[test]
fn what_is_refused_changes_nothing() {
    on_both_engines(async |app| {
        let (program, viewer) = (app.program(ADMINISTRATOR).await, app.program("Auditor View").await);
        let (foreign, technician) = (app.program_of("msp_2", ADMINISTRATOR).await, app.program("Technician").await);
        let before = app.database.contents().await;

        assert_eq!(program.post("users", &json!({})).await.faults(), ["loginName", "firstName", "lastName", "email"]);
        let wrong = json!({
            "loginName": "two words", "email": "nowhere", "altEmail": "nowhere", "userNotifications": [{ "notifyMethod": "x\ny" }], "country": "Atlantis", "timeZone": { "name": "Mars/Olympus" },
            "phoneNumber": "call", "userAccountType": "KING", "userGroupType": "SOME", "password": "kiwi", "roles": [{ "name": "King" }], "userGroups": [{ "id": 999 }],
        });
        let mut faults = program.post("users", &wrong).await.faults();
        faults.sort_unstable();
        let named = |key| if key == "userNotifications" { "userNotifications[0].notifyMethod" } else { key };
        let mut all: Vec<_> = keys(&wrong).into_iter().map(named).chain(["firstName", "lastName"]).collect();
        all.sort_unstable();
        assert_eq!(faults, all);
        assert_eq!(program.post("users", &json!({ "changePassword": "yes" })).await.faults(), ["changePassword"]);
        assert_eq!(program.post("users/USR0000000011", &json!({ "loginName": "LEOARTUSER@opsramp.com" })).await.faults(), ["loginName"]);
        assert_eq!(program.post("users/USR0000000011", &json!({ "roles": [{ "name": "Customer" }] })).await.faults(), ["roles"], "a client's role");

        viewer.get("users/USR0000000011").await.done();
        let password = json!({ "currentPassword": DEMO_PASSWORD, "newPassword": "Other#2026x", "confirmPassword": "Other#2026x" });
        let changes = [
            ("", json!({ "city": "X" })),
            ("/ACTIVATE", json!({})),
            ("/DEACTIVATE", json!({})),
            ("/TERMINATE", json!({})),
            ("/changePassword", password),
        ];
        for (verb, body) in changes {
            let path = format!("users/USR0000000011{verb}");
            assert_eq!(viewer.post(&path, &body).await.refusal(), (403, "0004".to_owned()), "{path}");
            assert_eq!(foreign.post(&path, &body).await.refusal(), (404, "0003".to_owned()), "{path}");
            for id in ["USR9999999999", "nonsense", "11", "%00"] {
                assert_eq!(program.post(&format!("users/{id}{verb}"), &body).await.refusal(), (404, "0003".to_owned()), "{id}{verb}");
            }
        }
        assert_eq!(viewer.post("users", &ada()).await.refusal(), (403, "0004".to_owned()));
        assert_eq!(foreign.get("users/USR0000000011").await.json(), json!({ "code": "0003", "message": "No user found with id USR0000000011" }));
        assert_eq!(program.get("users/11").await.refusal().0, 404);
        assert_eq!(technician.post("users", &ada()).await.refusal().0, 403);
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn a_role_or_group_that_is_not_seen_is_refused_as_one_that_does_not_exist() {
    on_both_engines(async |app| {
        let partner = app.program(ADMINISTRATOR).await;
        // A role of the partner for another client's users, one of that client, and a group of it.
        let shared = json!({ "name": "Secret Shared", "scope": "CLIENT", "clients": [{ "uniqueId": "client_8" }], "permissions": [{ "id": 6 }] });
        let shared = partner.post("roles", &shared).await.json();
        let there = partner.within("client_8");
        let own = there.post("roles", &json!({ "name": "Secret Own", "permissions": [{ "id": 6 }] })).await.json();
        let group = there.post("userGroups", &json!({ "name": "Secret Group" })).await.json();
        let user = json!({ "loginName": "x.nobody@leoart.example", "firstName": "X", "lastName": "X", "email": "x.nobody@leoart.example" });
        let own_group = partner.within("client_9").post("userGroups", &json!({ "name": "Own Group" })).await.json();
        let program = app.program_of("client_9", "Client Administrator").await;
        let group_users = format!("userGroups/{}/users", own_group["uniqueId"].as_str().unwrap());

        let refused = async |key: &str, way: &str, value: &Value| {
            let mut body = user.clone();
            body[key] = json!([{ way: value }]);
            let answer = program.post("users", &body).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{key} {way} {answer:?}");
            let sent = value.as_str().map_or_else(|| value.to_string(), str::to_lowercase);
            answer.text().to_lowercase().replace(&sent, "…")
        };
        let none = json!("ROLE-00000000-0000-4000-8000-00000000dead");
        for role in [&shared, &own] {
            let unknown = refused("roles", "uniqueId", &none).await;
            assert_eq!(refused("roles", "uniqueId", &role["uniqueId"]).await, unknown);
            let numbered = partner.get(&format!("roles/search?queryString=name:{}", role["name"].as_str().unwrap().replace(' ', "%20"))).await.done();
            if let Some(number) = numbered["results"][0].get("id") {
                assert_eq!(refused("roles", "id", number).await, refused("roles", "id", &json!(999_999)).await);
            }
            assert_eq!(refused("roles", "name", &role["name"]).await, refused("roles", "name", &json!("King")).await);
        }
        let unknown = refused("userGroups", "uniqueId", &json!("USRGRP-00000000-0000-4000-8000-00000000dead")).await;
        assert_eq!(refused("userGroups", "uniqueId", &group["uniqueId"]).await, unknown);
        assert_eq!(refused("userGroups", "name", &group["name"]).await, refused("userGroups", "name", &json!("Nobody")).await);

        let foreign = there.get("users/minimal").await.done()[0]["id"].clone();
        let add = async |id: &Value| program.post(&group_users, &json!([{ "id": id }])).await.text().replace(id.as_str().unwrap(), "…");
        assert_eq!(add(&foreign).await, add(&json!("USR0000099999")).await);
        assert!(!app.database.contents().await.iter().any(|row| row.contains("x.nobody@leoart.example")), "and nothing is made");
    });
}

#[test]
fn a_client_is_not_told_who_works_for_its_provider() {
    on_both_engines(async |app| {
        let partner = app.program(ADMINISTRATOR).await;
        let group = partner.within("client_8").post("userGroups", &json!({ "name": "By the provider" })).await.json();
        assert!(group["createdBy"]["loginName"].is_string());
        let program = app.program_of("client_8", "Client Administrator").await;
        let path = format!("userGroups/{}", group["uniqueId"].as_str().unwrap());
        let seen = program.get(&path).await.done();
        assert_eq!((seen.get("createdBy"), seen.get("lastUpdatedBy"), &seen["name"]), (None, None, &json!("By the provider")));
        let client = program.get("/api/v2/tenants/client/client_8").await.done();
        assert_eq!((client.get("createdBy"), client.get("lastUpdatedBy")), (None, None));
        let changed = program.post(&path, &json!({ "description": "Changed here" })).await.done();
        assert_eq!((changed.get("createdBy"), changed["lastUpdatedBy"].is_object()), (None, true), "of its own people it is told");
    });
}
