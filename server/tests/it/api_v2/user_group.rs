//! User groups.

use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{keys, on_both_engines};

const ADMINISTRATOR: &str = "Partner Administrator";
const LISTED: [&str; 9] = ["createdTime", "description", "email", "id", "name", "orgId", "organizationName", "uniqueId", "updatedTime"];
const SEED: &str = "userGroups/USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3";

fn logins(page: &Value) -> Vec<&str> {
    page["results"].as_array().unwrap().iter().map(|user| user["loginName"].as_str().unwrap()).collect()
}

#[test]
fn a_group_is_made_changed_listed_and_deleted() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let answer = program.post("userGroups", &json!({ "name": "Night shift", "description": "From ten to six" })).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        let mut group = answer.json();
        let mut all: Vec<_> = LISTED.into_iter().chain(["createdBy", "lastUpdatedBy", "roles"]).collect();
        all.sort_unstable();
        assert_eq!(keys(&group), all);
        assert!(group["id"].is_i64() && group["uniqueId"].as_str().is_some_and(|id| id.starts_with("USRGRP-")), "{group}");
        assert_eq!((&group["orgId"], keys(&group["createdBy"])), (&json!("msp_1"), vec!["email", "firstName", "lastName", "loginName"]));
        let path = format!("userGroups/{}", group["uniqueId"].as_str().unwrap());
        assert_eq!(program.get(&path).await.done(), group);

        app.clock.advance_seconds(60);
        let changed = program.post(&path, &json!({ "email": "night@leoart.example", "description": null })).await.done();
        assert_eq!((&changed["email"], &changed["description"]), (&json!("night@leoart.example"), &json!("")));
        for key in ["email", "description", "updatedTime"] {
            assert_ne!(changed[key], group[key], "{key}");
            group[key] = changed[key].clone();
        }
        assert_eq!(changed, group, "all else stays");

        let page = program.get("userGroups/?pageSize=4&pageNo=1&pageNo=2").await.done();
        assert_eq!(
            (&page["totalResults"], &page["totalPages"], &page["pageNo"], &page["nextPage"]),
            (&json!(8), &json!(2), &json!(2), &json!(false))
        );
        assert!(page["results"].as_array().unwrap().iter().all(|group| keys(group) == LISTED), "{page}");
        let found = program.get("userGroups?queryString=name:night").await.done();
        assert_eq!(found["results"][0]["uniqueId"], group["uniqueId"]);
        assert_eq!(program.get("userGroups?queryString=colour:red").await.query_faults(), ["queryString"]);

        assert_eq!(program.delete(&path).await.done(), json!({ "success": true }));
        for gone in [program.get(&path).await, program.delete(&path).await, program.get(&format!("{path}/users")).await] {
            assert_eq!(gone.refusal(), (404, "0003".to_owned()));
        }
    });
}

#[test]
fn users_come_and_go_by_a_body() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let group = program.post("userGroups", &json!({ "name": "Night shift" })).await.done();
        let path = format!("userGroups/{}/users", group["uniqueId"].as_str().unwrap());
        let both = json!([{ "id": "USR0000000011" }, { "id": "USR0000000013" }]);
        for _ in 0..2 {
            assert_eq!(program.post(&path, &both).await.done(), json!({ "success": true }), "who is in already stays");
        }
        let page = program.get(&path).await.done();
        assert_eq!((logins(&page), &page["totalResults"]), (vec!["LeoArtInc@opsramp.com", "LeoArtPAdmin@opsramp.com"], &json!(2)));
        assert_eq!(logins(&program.get(&format!("{path}?pageSize=1&pageNo=1&pageNo=2")).await.done()), ["LeoArtPAdmin@opsramp.com"]);
        for _ in 0..2 {
            assert_eq!(
                program.delete_by(&path, &json!([{ "id": "USR0000000011" }])).await.done(),
                json!({ "success": true }),
                "who isn't in stays out"
            );
        }
        let unknown = program.delete_by(&path, &json!([{ "id": "USR0000000013" }, { "id": "11" }])).await;
        assert_eq!(
            unknown.json(),
            json!({ "code": "0003", "message": "No user found with id 11" }),
            "a deletion that is answered by 400 is tried again"
        );
        assert_eq!(logins(&program.get(&path).await.done()), ["LeoArtPAdmin@opsramp.com"]);
    });
}

#[test]
fn what_is_refused_changes_nothing() {
    on_both_engines(async |app| {
        let (program, viewer) = (app.program(ADMINISTRATOR).await, app.program("Auditor View").await);
        let foreign = app.program_of("msp_2", ADMINISTRATOR).await;
        let of_client = program.within("client_8").get("users/minimal").await.done()[0]["id"].clone();
        let before = app.database.contents().await;

        assert_eq!(program.post("userGroups", &json!({ "email": "nowhere" })).await.faults(), ["name", "email"]);
        assert_eq!(program.post("userGroups", &json!({ "name": "LEOART inc users" })).await.faults(), ["name"]);
        assert_eq!(program.post(SEED, &json!({ "name": null })).await.faults(), ["name"]);
        let users = format!("{SEED}/users");
        assert_eq!(program.post(&users, &json!([{ "id": "USR0000000011" }, { "id": "11" }, { "id": 12 }])).await.faults(), ["[2].id"]);
        assert_eq!(program.post(&users, &json!([{ "id": "11" }, { "id": "USR0000000011" }, { "id": "12" }])).await.faults(), ["[0].id", "[2].id"]);
        assert_eq!(program.post(&users, &json!([{ "id": of_client }])).await.faults(), ["users"], "the partner's group is for the partner's users");
        assert_eq!(program.post(&users, &json!([{ "id": "USR9999999999" }])).await.faults(), ["users"]);

        viewer.get(SEED).await.done();
        let member = json!([{ "id": "USR0000000011" }]);
        for (path, body) in [("userGroups", json!({ "name": "X" })), (SEED, json!({ "name": "X" })), (users.as_str(), member.clone())] {
            assert_eq!(viewer.post(path, &body).await.refusal(), (403, "0004".to_owned()), "{path}");
        }
        assert_eq!(viewer.delete(SEED).await.refusal().0, 403);
        assert_eq!(viewer.delete_by(&users, &member).await.refusal().0, 403);
        for path in [SEED, "userGroups/5", "userGroups/nonsense", "userGroups/USRGRP-00000000-0000-0000-0000-000000000000"] {
            let users = format!("{path}/users");
            let answers = [
                foreign.get(path).await,
                foreign.post(path, &json!({ "name": "X" })).await,
                foreign.delete(path).await,
                foreign.get(&users).await,
                foreign.post(&users, &member).await,
                foreign.delete_by(&users, &member).await,
            ];
            for answer in answers {
                assert_eq!(answer.refusal(), (404, "0003".to_owned()), "{path}");
            }
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn the_roles_of_a_group_are_set_with_it() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let technician = program.get("roles/search?queryString=name:Technician").await.done()["results"][0]["uniqueId"].clone();
        let made = program.post("userGroups", &json!({ "name": "Field", "roles": [{ "uniqueId": technician }] })).await.done();
        assert_eq!((&made["roles"][0]["uniqueId"], &made["roles"][0]["name"]), (&technician, &json!("Technician")));
        let path = format!("userGroups/{}", made["uniqueId"].as_str().unwrap());
        assert_eq!(program.get(&path).await.done()["roles"], made["roles"]);
        let role = program.get(&format!("roles/{}", technician.as_str().unwrap())).await.done();
        assert!(role["userGroups"].as_array().unwrap().iter().any(|group| group["uniqueId"] == made["uniqueId"]), "the role has it too");
        assert_eq!(program.post(&path, &json!({ "description": "On the road" })).await.done()["roles"], made["roles"], "what isn't sent stays");
        assert_eq!(program.post(&path, &json!({ "roles": [] })).await.done()["roles"], json!([]));

        let before = app.database.contents().await;
        assert_eq!(program.post(&path, &json!({ "roles": [{ "uniqueId": "ROLE-nonsense" }] })).await.faults(), ["roles"]);
        assert_eq!(app.database.contents().await, before);
    });
}
