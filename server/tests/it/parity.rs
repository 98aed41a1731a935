//! The same case through the page and through the API has the same outcome: there is one decision and one set of rules behind both.

use std::collections::BTreeSet;

use domain::Error;
use serde_json::{Value, json};

use crate::support::{Actor, Answer, App, Program, on_both_engines};

/// How a call ended, in words that both transports share.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Wrong(BTreeSet<String>),
    Refused(&'static str),
}

/// A field of the page as the API spells it.
fn spelled(field: &str) -> String {
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    let field = words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..]);
    match field.as_str() {
        "login" => "loginName".to_owned(),
        "permissionSets" => "permissions".to_owned(),
        _ => field,
    }
}

fn of_page(answer: &Answer) -> Outcome {
    if answer.status.is_success() {
        return Outcome::Done;
    }
    match answer.error() {
        Error::Invalid { violations } => Outcome::Wrong(violations.iter().map(|violation| spelled(&violation.field)).collect()),
        Error::Forbidden { .. } => Outcome::Refused("forbidden"),
        Error::NotFound => Outcome::Refused("not found"),
        Error::Conflict { .. } => Outcome::Refused("conflict"),
        other => panic!("{other}: {answer:?}"),
    }
}

fn of_api(answer: &Answer) -> Outcome {
    match answer.status.as_u16() {
        200 | 201 => Outcome::Done,
        400 => Outcome::Wrong(answer.faults().into_iter().map(|field| field.trim_start_matches("[0].").to_owned()).collect()),
        403 => Outcome::Refused("forbidden"),
        404 => Outcome::Refused("not found"),
        409 => Outcome::Refused("conflict"),
        _ => panic!("{answer:?}"),
    }
}

/// The page's server function with its arguments, and the API's path with its body; without a body it is a question.
struct Case {
    page: (&'static str, Value),
    api: (String, Option<Value>),
}

impl Case {
    async fn outcome(&self, actor: &Actor<'_>, program: &Program<'_>) -> Outcome {
        let page = of_page(&actor.rpc(self.page.0, self.page.1.clone()).await);
        let (path, body) = &self.api;
        let api = of_api(&match body {
            Some(body) => program.post(path, body).await,
            None => program.get(path).await,
        });
        assert_eq!(page, api, "{} and {path}", self.page.0);
        page
    }
}

fn wrong<const N: usize>(fields: [&str; N]) -> Outcome {
    Outcome::Wrong(fields.map(ToOwned::to_owned).into())
}

/// Makes a thing of every noun with one and the same draft, apart from how the fields are spelled.
fn makes(name: &str, scope: &str) -> Vec<Case> {
    let at = |endpoint, client: Value, page: Value, path: &str, api: Value| Case {
        page: (endpoint, json!({ "client": client, "draft": page })),
        api: (path.to_owned(), Some(api)),
    };
    let plain = |endpoint, page: Value, path: &str, api| Case { page: (endpoint, json!({ "draft": page })), api: (path.to_owned(), Some(api)) };
    let none = Value::Null;
    vec![
        plain("roles/create", json!({ "name": name, "scope": scope }), "roles", json!({ "name": name, "scope": scope })),
        plain("permission-sets/create", json!({ "name": name, "scope": scope }), "permissionSets", json!({ "name": name, "scope": scope })),
        at("user-groups/create", none.clone(), json!({ "name": name }), "userGroups", json!({ "name": name })),
        at("device-groups/create", none.clone(), json!({ "name": name }), "deviceGroups", json!([{ "name": name }])),
        at(
            "credential-sets/create",
            none,
            json!({ "name": name, "credential_type": "SSH" }),
            "credentialSets",
            json!({ "name": name, "credentialType": "SSH" }),
        ),
        at(
            "devices/create",
            json!("client_8"),
            json!({ "name": name, "ip_address": scope }),
            "resources",
            json!({ "name": name, "ipAddress": scope, "client": { "uniqueId": "client_8" } }),
        ),
    ]
}

#[test]
fn what_is_wrong_is_wrong_in_both() {
    on_both_engines(async |app: &App| {
        let (actor, program) = (app.partner_admin().await, app.program("Partner Administrator").await);
        let before = app.database.contents().await;
        let expected = [
            wrong(["name", "scope"]),
            wrong(["name", "scope"]),
            wrong(["name"]),
            wrong(["name"]),
            // What a type of set needs besides is told with the name.
            wrong(["name"]),
            // Whatever it is called by, it has a name.
            wrong(["ipAddress"]),
        ];
        for (case, expected) in makes(" ", "KING").iter().zip(expected) {
            let outcome = case.outcome(&actor, &program).await;
            let (Outcome::Wrong(outcome), Outcome::Wrong(expected)) = (&outcome, &expected) else { panic!("{}: {outcome:?}", case.page.0) };
            assert!(expected.is_subset(outcome), "{}: {outcome:?}", case.page.0);
        }
        let user = Case {
            page: ("users/create", json!({ "client": null, "draft": { "login": "a b", "email": "nobody", "time_zone": "Mars/Olympus" } })),
            api: ("users".to_owned(), Some(json!({ "loginName": "a b", "email": "nobody", "timeZone": { "code": "Mars/Olympus" } }))),
        };
        let Outcome::Wrong(fields) = user.outcome(&actor, &program).await else { panic!("a user of nonsense was made") };
        assert!(fields.contains("loginName") && fields.contains("email"), "{fields:?}");
        assert_eq!(app.database.contents().await, before, "nothing of it is kept");
    });
}

#[test]
fn what_one_may_not_do_is_refused_in_both() {
    on_both_engines(async |app: &App| {
        let (viewer, viewing) = (app.viewer().await, app.program("Auditor View").await);
        for case in makes("Night shift", "MSP") {
            assert_eq!(case.outcome(&viewer, &viewing).await, Outcome::Refused("forbidden"), "{}", case.page.0);
        }
        // Nobody changes what came with the console.
        let (actor, program) = (app.partner_admin().await, app.program("Partner Administrator").await);
        let found = program.get("roles/search?queryString=name:Partner+Administrator").await.done();
        let role = &found["results"][0]["uniqueId"];
        let case = Case {
            page: ("roles/update", json!({ "id": role, "version": 1, "draft": { "name": "Mine" } })),
            api: (format!("roles/{}", role.as_str().unwrap()), Some(json!({ "name": "Mine" }))),
        };
        assert_eq!(case.outcome(&actor, &program).await, Outcome::Refused("forbidden"));
    });
}

#[test]
fn what_one_does_not_see_is_not_there_in_both() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let role = admin.post("roles", &json!({ "name": "Night shift", "scope": "MSP" })).await.done()["uniqueId"].clone();
        let group = admin.post("userGroups", &json!({ "name": "Night shift" })).await.done()["uniqueId"].clone();
        let device = json!("cef92862-2f57-4065-8756-5cb8001d7282");
        let users = admin.get("users/search?queryString=loginName:admin@leoart").await.done();
        let user = users["results"].as_array().unwrap().iter().find(|user| user["loginName"] == "admin@leoart.example").unwrap()["id"].clone();
        let things = [
            ("roles/get", "roles", role),
            ("user-groups/get", "userGroups", group),
            ("devices/get", "resources", device),
            ("users/get", "users", user),
        ];
        let (actor, program) = (app.partner_admin().await, app.program("Partner Administrator").await);
        let (stranger, foreign) = (app.client_admin().await, app.program_of("client_8", "Client Administrator").await);
        for (endpoint, path, id) in things {
            let case = Case { page: (endpoint, json!({ "id": id })), api: (format!("{path}/{}", id.as_str().unwrap()), None) };
            assert_eq!(case.outcome(&actor, &program).await, Outcome::Done, "{path}");
            assert_eq!(case.outcome(&stranger, &foreign).await, Outcome::Refused("not found"), "{path}");
        }
    });
}

#[test]
fn what_one_makes_the_other_shows_and_changes() {
    on_both_engines(async |app: &App| {
        let (actor, program) = (app.partner_admin().await, app.program("Partner Administrator").await);
        let draft = json!({ "name": "Night shift", "scope": "MSP", "clients": { "Exactly": ["client_8"] } });
        let made: Value = actor.rpc("roles/create", json!({ "draft": draft })).await.ok();
        let path = format!("roles/{}", made["id"].as_str().unwrap());
        let shown = program.get(&path).await.done();
        assert_eq!((&shown["name"], &shown["clients"][0]["uniqueId"]), (&json!("Night shift"), &json!("client_8")));
        program.post(&path, &json!({ "description": "From ten to six", "clients": [] })).await.done();
        let opened: Value = actor.rpc("roles/get", json!({ "id": made["id"] })).await.ok();
        assert_eq!((&opened["summary"]["description"], &opened["counts"]["clients"]), (&json!("From ten to six"), &json!(0)));
        // The page still has the state from before: it is told so.
        let late = actor.rpc("roles/update", json!({ "id": made["id"], "version": made["version"], "draft": { "name": "Day shift" } })).await;
        assert_eq!(of_page(&late), Outcome::Refused("conflict"));
        assert_eq!(program.get(&path).await.done()["name"], "Night shift");
    });
}
