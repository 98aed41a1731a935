//! Roles: the examples that programs know (docs/spec/rest-api.md, "Role examples"), from the demo's data, and what else a role's answers promise.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::support::{Program, keys, on_both_engines};

const ADMINISTRATOR: &str = "Partner Administrator";

/// The answers to the three examples of a new role (docs/spec/rest-api.md, "Role examples").
const CLIENT: &str = include_str!("role/client.json");
const PARTNER_ALL: &str = include_str!("role/partner_all.json");
const PARTNER_LISTED: &str = include_str!("role/partner_listed.json");

/// What is sent to get an answer: everything it lists by its id.
fn request(answer: &Value, scope: &str) -> Value {
    let ids = |list: &str, key: &str| {
        let id = |item: &Value| Value::Object(Map::from_iter([(key.to_owned(), item[key].clone())]));
        answer[list].as_array().map(|list| Value::Array(list.iter().map(id).collect()))
    };
    let lists = [
        ("clients", "uniqueId"),
        ("credentialSets", "uniqueId"),
        ("deviceGroups", "id"),
        ("devices", "id"),
        ("permissions", "id"),
        ("userGroups", "uniqueId"),
        ("users", "id"),
    ];
    let mut request: Map<_, _> = lists.iter().filter_map(|(list, key)| Some(((*list).to_owned(), ids(list, key)?))).collect();
    for key in ["name", "description", "allClients"] {
        request.extend(answer.get(key).map(|value| (key.to_owned(), value.clone())));
    }
    request.insert("scope".to_owned(), scope.into());
    request.into()
}

/// The answer made comparable: lists sorted, `uniqueId` as given, no `id`.
fn comparable(mut answer: Value, unique_id: &str) -> Value {
    for list in answer.as_object_mut().unwrap().values_mut().filter_map(Value::as_array_mut) {
        list.sort_by_key(Value::to_string);
    }
    answer["uniqueId"] = unique_id.into();
    answer.as_object_mut().unwrap().remove("id");
    answer
}

/// Every place of an answer that has a value, whatever the value: `users.loginName`.
fn places(value: &Value, place: &str, places: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| self::places(value, &format!("{place}.{key}"), places)),
        Value::Array(list) => list.iter().for_each(|value| self::places(value, place, places)),
        _ => drop(places.insert(place.to_owned())),
    }
}

async fn create(program: &Program<'_>, body: &Value) -> (String, Value) {
    let answer = program.post("roles", body).await;
    assert_eq!(answer.status.as_u16(), 201, "{answer:?}");
    let role = answer.json();
    let id = role["uniqueId"].as_str().unwrap().to_owned();
    assert!(id.starts_with("ROLE-") && role["id"].is_i64(), "the id beside it is a number: {role}");
    (id, role)
}

#[test]
fn the_examples_for_a_partner_are_answered_key_for_key() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        for example in [PARTNER_LISTED, PARTNER_ALL] {
            // The demo has one partner, not the two of the examples.
            let expected: Value = serde_json::from_str(&example.replace("NECE", "LeoArt")).unwrap();
            let body = request(&expected, "MSP");
            let (id, role) = create(&program, &body).await;
            assert_eq!(comparable(role.clone(), &id), comparable(expected, &id));

            let again = program.post(&format!("roles/{id}"), &body).await;
            assert_eq!(again.done(), role, "an update is answered like a creation");
            program.delete(&format!("roles/{id}")).await.done();
        }
    });
}

#[test]
fn the_example_for_a_client_has_the_same_places() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let expected: Value = serde_json::from_str(CLIENT).unwrap();
        let mut example = expected.clone();
        // In the demo, the example's users, groups and some of its devices belong to somebody else than the client.
        let of_client = program.within("client_8");
        let users = of_client.get("users/minimal").await.done();
        example["users"] = users.as_array().unwrap().iter().filter(|user| user["loginName"].as_str().unwrap().contains("@lab.")).cloned().collect();
        example["userGroups"] = of_client.get("userGroups").await.done()["results"].clone();
        example["devices"].as_array_mut().unwrap().truncate(2);
        example["permissions"] = json!([{ "id": 6 }]);

        let (_, role) = create(&of_client, &request(&example, "CLIENT")).await;
        let [mut answered, mut promised] = [BTreeSet::new(), BTreeSet::new()];
        places(&comparable(role.clone(), ""), "", &mut answered);
        places(&expected, "", &mut promised);
        assert_eq!(answered, promised);
        for list in ["credentialSets", "deviceGroups"] {
            assert_eq!(role[list], expected[list]);
        }
    });
}

#[test]
fn a_role_is_shown_with_more_than_a_change_answers() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let mut example: Value = serde_json::from_str(PARTNER_LISTED).unwrap();
        let (id, _) = create(&program, &request(&example, "MSP")).await;
        let role = program.get(&format!("roles/{id}")).await.done();
        let numbered = ["clients", "credentialSets", "defaultRole", "description", "deviceGroups", "devices", "id", "name", "permissions", "scope"];
        assert_eq!(keys(&role), [&numbered[..], &["uniqueId", "userGroups", "users"]].concat());
        assert_eq!((&role["scope"], &role["defaultRole"]), (&json!("MSP"), &json!(false)));
        let device = role["devices"].as_array().unwrap().iter().find(|device| device["id"] == "2912ca9f-5c62-451f-82a8-8c08ca9c9447").unwrap();
        let general = json!({ "aliasName": "res 1", "hostName": "HYDLPT159", "ipAddresses": "172.28.2.233", "resourceName": "172.28.2.233", "resourceType": "Desktop" });
        assert_eq!((&device["generalInfo"], &device["clientUniqueId"], &device["type"]), (&general, &json!("client_8"), &json!("DEVICE")));
        assert!(!role.to_string().contains("Demo-Discovery-1"), "no secret");

        let of_client = json!({ "name": "Lab Viewers", "permissions": [{ "id": 6 }] });
        let (id, changed) = create(&program.within("client_8"), &of_client).await;
        assert_eq!(keys(&changed), ["description", "id", "name", "permissions", "uniqueId"], "flags that are off and empty lists are left out");
        let asked = program.within("client_8").get(&format!("roles/{id}")).await.done();
        assert_eq!((&asked["scope"], asked.get("clients")), (&json!("CLIENT"), None), "a client's role names no clients");

        example["name"] = "Primary Admin 2".into();
        let (id, _) = create(&program, &request(&example, "MSP")).await;
        let partial = program.post(&format!("roles/{id}"), &json!({ "description": "Other", "devices": null })).await.done();
        assert_eq!((&partial["description"], &partial["name"], partial.get("devices")), (&json!("Other"), &json!("Primary Admin 2"), None));
        assert_eq!(partial["users"].as_array().unwrap().len(), 2, "what isn't sent stays");
    });
}

#[test]
fn roles_are_searched_and_deleted() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let (id, made) = create(&program, &json!({ "name": "Zebra Keepers", "scope": "MSP", "permissions": [{ "id": 8 }] })).await;
        let number = &made["id"];
        let found = program.get("roles/search/?queryString=name:zebra").await.done();
        assert_eq!(found["results"], json!([{ "id": number, "uniqueId": id, "name": "Zebra Keepers", "description": "", "defaultRole": false }]));
        assert_eq!((&found["totalResults"], &found["nextPage"]), (&json!(1), &json!(false)));
        assert_eq!(program.get("roles/search?queryString=colour:red").await.query_faults(), ["queryString"]);

        assert_eq!(program.delete(&format!("roles/{id}")).await.done(), json!({ "success": true }));
        for gone in [program.get(&format!("roles/{id}")).await, program.delete(&format!("roles/{id}")).await] {
            assert_eq!(gone.status.as_u16(), 404);
            assert_eq!(gone.json(), json!({ "code": "0003", "message": format!("No role found with id {id}") }));
        }
    });
}

#[test]
fn what_is_refused_changes_nothing() {
    on_both_engines(async |app| {
        let (program, viewer) = (app.program(ADMINISTRATOR).await, app.program("Auditor View").await);
        let foreign = app.program_of("msp_2", ADMINISTRATOR).await;
        let found = program.get("roles/search?queryString=name:Bay+Area").await.done();
        let bay = format!("roles/{}", found["results"][0]["uniqueId"].as_str().unwrap());
        let default = program.get("roles/search?queryString=name:Dispatcher").await.done()["results"][0].clone();
        assert_eq!(default["defaultRole"], true);
        let default = format!("roles/{}", default["uniqueId"].as_str().unwrap());
        let before = app.database.contents().await;

        let wrong = program.post("roles", &json!({ "name": "", "scope": "KING", "permissions": [{ "id": 999 }] })).await.faults();
        assert!(["name", "scope", "permissions"].iter().all(|field| wrong.iter().any(|its| its == field)), "{wrong:?}");
        assert_eq!(program.post("roles", &json!({ "name": "X", "users": [{ "id": 5 }] })).await.faults(), ["users[0].id"]);
        for (path, body) in [("roles", json!({ "name": "X", "scope": "MSP" })), (bay.as_str(), json!({ "name": "X" }))] {
            assert_eq!(viewer.post(path, &body).await.refusal(), (403, "0004".to_owned()), "{path}");
        }
        assert_eq!(viewer.delete(&bay).await.refusal().0, 403);
        for path in [bay.as_str(), "roles/ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd", "roles/1", "roles/%00"] {
            assert_eq!(foreign.get(path).await.refusal(), (404, "0003".to_owned()), "{path}");
            assert_eq!(foreign.post(path, &json!({ "name": "X" })).await.refusal().0, 404, "{path}");
            assert_eq!(foreign.delete(path).await.refusal().0, 404, "{path}");
        }
        for refused in [program.post(&default, &json!({ "name": "X" })).await, program.delete(&default).await] {
            assert!(matches!(refused.refusal().0, 403 | 409), "a default role stays: {refused:?}");
        }
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn a_list_ends_all_and_all_ends_the_list() {
    on_both_engines(async |app| {
        let program = app.program(ADMINISTRATOR).await;
        let all =
            json!({ "name": "Wide", "scope": "MSP", "allClients": true, "allDevices": true, "allCredentials": true, "permissions": [{ "id": 12 }] });
        let (id, _) = create(&program, &all).await;
        let path = format!("roles/{id}");
        let get = async || program.get(&path).await.done();
        program.post(&path, &json!({ "clients": null, "devices": [], "deviceGroups": null, "credentialSets": [] })).await.done();
        let role = get().await;
        assert!(["allClients", "allDevices", "allCredentials"].iter().all(|flag| role[flag] == true), "empty lists leave the flags: {role}");

        program.post(&path, &json!({ "clients": [{ "uniqueId": "client_8" }] })).await.done();
        let role = get().await;
        assert_eq!((role.get("allClients"), &role["clients"][0]["uniqueId"]), (None, &json!("client_8")));
        assert_eq!((&role["allDevices"], &role["allCredentials"]), (&json!(true), &json!(true)), "the others stay");
        program.post(&path, &json!({ "devices": [{ "id": "2912ca9f-5c62-451f-82a8-8c08ca9c9447" }] })).await.done();
        program.post(&path, &json!({ "credentialSets": [{ "uniqueId": "GxGJJk65Vr6mGUTx8uGBgMNx" }] })).await.done();
        let role = get().await;
        assert!(["allClients", "allDevices", "allCredentials"].iter().all(|flag| role.get(flag).is_none()), "{role}");

        program
            .post(&path, &json!({ "allClients": true, "allDevices": true, "allCredentials": true, "clients": [{ "uniqueId": "client_9" }] }))
            .await
            .done();
        let role = get().await;
        assert!(["clients", "devices", "credentialSets"].iter().all(|list| role.get(list).is_none()), "all leaves no list: {role}");
        program.post(&path, &json!({ "allClients": false })).await.done();
        assert!(get().await.get("clients").is_none(), "and none comes back");
    });
}
