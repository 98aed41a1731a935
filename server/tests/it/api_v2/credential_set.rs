//! Credential sets.

use domain::CredentialField;
use serde_json::{Map, Value, json};

use crate::support::{App, keys, on_both_engines};

/// One of client_8's.
const SET: &str = "credentialSets/GxGJJk65Vr6mGUTx8uGBgMNx";

/// What stands for a secret here, so that it is found wherever it comes out.
const SECRET: &str = "hunter2-7f3a";

#[test]
fn a_set_is_made_read_changed_and_deleted() {
    on_both_engines(async |app: &App| {
        let here = app.program("Partner Administrator").await.within("client_8");
        let input = json!({ "name": "Edge", "credentialType": "SSH", "userName": "root", "password": SECRET, "port": 2222, "secure": true, "universal": "false",
            "sshCredentialType": "PASSWORD", "assignedDevices": [{ "id": "2912ca9f-5c62-451f-82a8-8c08ca9c9447" }], "assignedUsers": [] });
        let answer = here.post("credentialSets", &input).await;
        assert_eq!(answer.status, 201);
        let made = answer.done();
        let shown = ["assignedDevices", "client", "credentialType", "description", "name", "port", "secure", "sshCredentialType"];
        assert_eq!(keys(&made), [&shown[..], &["uniqueId", "universal", "userName"]].concat(), "what wasn't sent isn't invented");
        assert_eq!((&made["port"], &made["secure"], &made["universal"]), (&json!(2222), &json!(true), &json!(false)));
        assert_eq!(made["assignedDevices"], input["assignedDevices"]);
        let id = made["uniqueId"].as_str().unwrap();
        assert!(id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
        let path = format!("credentialSets/{id}");
        assert_eq!(here.get(&path).await.done(), made);
        assert_eq!(here.get(&format!("{path}/minimal")).await.done(), json!({ "uniqueId": id, "name": "Edge" }));

        let sealed = async || app.database.contents().await.into_iter().find(|row| row.starts_with("credential_sets: ") && row.contains(id)).unwrap();
        assert!(sealed().await.contains("\"password\""), "it is kept, sealed");
        let after = here.post(&path, &json!({ "userName": null, "port": null, "name": "Edge routers" })).await.done();
        assert_eq!((after.get("userName"), &after["port"], &after["secure"]), (None, &json!(0), &json!(true)));
        assert!(sealed().await.contains("\"password\""), "a secret that is left out stays");
        here.post(&path, &json!({ "password": null })).await.done();
        assert!(!sealed().await.contains("\"password\""), "an empty one goes");
        assert_eq!(here.post(&path, &after).await.done(), after, "what was read can be sent back");
        here.delete(&path).await.done();
        assert_eq!(here.get(&path).await.refusal(), (404, "0003".to_owned()));
    });
}

#[test]
fn no_secret_is_in_any_answer() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let mut input: Map<String, Value> =
            CredentialField::ALL.iter().filter(|field| field.is_secret()).map(|field| (field.key().to_owned(), json!(SECRET))).collect();
        input.insert("name".to_owned(), json!("Everything"));
        input.insert("credentialType".to_owned(), json!("CARRIER PIGEON"));
        let made = admin.post("credentialSets", &Value::Object(input.clone())).await;
        let path = format!("credentialSets/{}", made.done()["uniqueId"].as_str().unwrap());
        let mut answers = vec![made, admin.post(&path, &Value::Object(input)).await];
        for path in
            [&path, &format!("{path}/minimal"), "credentialSets", "credentialSets/minimal", "credentialSets//minimal", "credentialSets/search"]
        {
            answers.push(admin.get(path).await);
        }
        answers.push(admin.post(&path, &json!({ "password": { "secret": SECRET } })).await);
        answers.push(admin.delete(&path).await);
        for answer in answers {
            assert!(!answer.text().contains(SECRET), "{answer:?}");
            for field in CredentialField::ALL.iter().filter(|field| field.is_secret()) {
                assert!(answer.status == 400 || !answer.text().contains(&format!("\"{}\"", field.key())), "{field:?}: {answer:?}");
            }
        }
        assert!(!app.database.contents().await.iter().any(|row| row.contains(SECRET)), "nor does the database hold it readable");
    });
}

#[test]
fn every_wrong_field_is_told_as_the_request_spells_it() {
    on_both_engines(async |app: &App| {
        let here = app.program("Partner Administrator").await.within("client_8");
        let before = app.database.contents().await;
        let wrong =
            json!({ "credentialType": "SSH", "port": "x", "transportType": "SMOKE", "securityLevel": "HIGH", "secure": "perhaps", "timeoutMs": -1 });
        let mut faults = here.post("credentialSets", &wrong).await.faults();
        faults.sort();
        assert_eq!(faults, ["name", "port", "secure", "securityLevel", "timeoutMs", "transportType"]);
        assert_eq!(here.post("credentialSets", &json!({ "name": "x" })).await.faults(), ["credentialType"]);
        assert_eq!(here.post(SET, &json!({ "port": [22] })).await.faults(), ["port"]);
        assert_eq!(here.post(SET, &json!({ "name": "agent-wmi-discovery" })).await.faults(), ["name"], "taken");
        assert_eq!(here.post(SET, &json!({ "client": { "uniqueId": "client_9" } })).await.faults(), ["client"]);
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn what_is_not_seen_is_not_found_and_what_is_not_allowed_changes_nothing() {
    on_both_engines(async |app: &App| {
        let corp = app.program_of("client_9", "Client Administrator").await;
        let viewer = app.program("Auditor View").await;
        let before = app.database.contents().await;
        for (program, refusal) in [(&corp, (404, "0003".to_owned())), (&viewer, (403, "0004".to_owned()))] {
            for answer in [program.post(SET, &json!({ "name": "Mine" })).await, program.delete(SET).await] {
                assert_eq!(answer.refusal(), refusal);
            }
        }
        for path in [SET, &format!("{SET}/minimal"), "credentialSets/nonsense"] {
            assert_eq!(corp.get(path).await.refusal(), (404, "0003".to_owned()), "{path}");
        }
        assert_eq!(viewer.post("credentialSets", &json!({ "name": "x", "credentialType": "SSH" })).await.refusal(), (403, "0004".to_owned()));
        assert_eq!(app.database.contents().await, before);
    });
}

#[test]
fn sets_are_listed_searched_and_told_in_short() {
    on_both_engines(async |app: &App| {
        let lab = app.program_of("client_8", "Client Administrator").await;
        let minimal = lab.get("credentialSets//minimal").await.done();
        let count = minimal.as_array().unwrap().len();
        assert_eq!(keys(&minimal[0]), ["name", "uniqueId"]);
        let listed = lab.get("credentialSets/?pageSize=1").await.done();
        assert_eq!((&listed["totalResults"], &listed["nextPage"], &listed["totalPages"]), (&json!(count), &json!(true), &json!(count)));
        let found = lab.get("credentialSets/search?queryString=name=wmi").await.done();
        assert_eq!((&found["totalResults"], &found["results"][0]["uniqueId"]), (&json!(1), &json!("mmtKsSTyXYqtEtrRMRSmWjAh")));
    });
}
