//! Every operation of the OpenAPI document against every program that must not get through it. The operations are asked of the document: one
//! without a line here fails, and so does a line without an operation.

mod table;

use std::collections::BTreeSet;

use axum::body::Body;
use domain::Permission;
use http::Method;
use serde_json::{Value, json};

use crate::{
    coverage::with_each_text,
    support::{Answer, App, PARTNER, Program, on_both_engines},
};
use table::{MADE, TABLE};

/// An operation, and how it is asked for something of the demo partner's.
struct Line {
    /// Method and path as in the document.
    operation: &'static str,
    needs: Needs,
    /// As it is asked: an address, or what follows the tenant.
    path: &'static str,
    /// What is sent; `Value::Null` for nothing. It is right, so that only the permission can be the reason to refuse.
    body: fn() -> Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// Nothing, not even a token.
    Nothing,
    /// A token.
    Token,
    /// A token of the tenant.
    Tenant,
    /// A permission at the tenant.
    Permission(Permission),
    /// As that; and without it, the thing doesn't exist.
    Existence(Permission),
}

/// Whoever must not get through.
struct Programs<'a> {
    foreign: Program<'a>,
    /// Sees everything and changes nothing.
    viewer: Program<'a>,
    /// Sees reports and nothing else.
    bystander: Program<'a>,
    /// What stands for [`MADE`]: the role of that, and its permission set.
    made: [String; 2],
}

impl<'a> Programs<'a> {
    async fn of(app: &'a App) -> Self {
        let admin = app.program("Partner Administrator").await;
        let set = json!({ "name": "Reports alone", "permissions": [{ "id": Permission::ReportView as i64 }] });
        let set = admin.post("permissionSets", &set).await.done();
        let role = json!({ "name": "Bystander", "scope": "MSP", "allClients": true, "allDevices": true, "allCredentials": true, "permissions": [{ "id": set["id"] }] });
        let role = admin.post("roles", &role).await.done();
        Self {
            foreign: app.program_of("msp_2", "Partner Administrator").await,
            viewer: app.program("Auditor View").await,
            bystander: app.program("Bystander").await,
            made: [role, set].map(|made| made["uniqueId"].as_str().unwrap().to_owned()),
        }
    }

    /// A program of the tenant that lacks a permission, but has every other that it can be told about.
    fn without(&self, permission: Permission) -> &Program<'a> {
        if permission.is_read() { &self.bystander } else { &self.viewer }
    }
}

impl Line {
    fn method(&self) -> Method {
        self.operation.split_once(' ').unwrap().0.parse().unwrap()
    }

    /// The tenant in the path of the call.
    fn tenant(&self) -> &'static str {
        if self.operation.contains("/tenants/client/") { "client_9" } else { PARTNER }
    }

    /// Whether it names something that exists, so that other partners' programs might try it on their own path.
    fn names_a_thing(&self) -> bool {
        self.operation.matches('{').count() > 1
    }

    async fn ask(&self, program: &Program<'_>, made: &[String; 2]) -> Answer {
        let body = (self.body)();
        let path = MADE.iter().zip(made).fold(self.path.to_owned(), |path, (place, id)| path.replace(place, id));
        program.send(self.method(), &path, (!body.is_null()).then_some(&body)).await
    }

    async fn ask_without_a_token(&self, app: &App) -> Answer {
        let path = if self.path.starts_with('/') { self.path.to_owned() } else { format!("/api/v2/tenants/{PARTNER}/{}", self.path) };
        let nobody = app.nobody();
        nobody.send(nobody.request(self.method(), &path).body(Body::from((self.body)().to_string())).unwrap()).await
    }
}

#[test]
fn every_operation_is_refused_to_whoever_has_no_business_there() {
    on_both_engines(async |app: &App| {
        every_operation_has_a_line(app).await;
        let programs = Programs::of(app).await;
        let before = app.database.contents().await;
        let mut wrong = Vec::new();
        for line in TABLE {
            let mut expect = |who: &str, answer: &Answer, status: u16, says: &str| {
                if answer.status != status || !answer.text().contains(says) {
                    wrong.push(format!("{} as {who}: {status} with “{says}” was expected\n{answer:?}\n", line.operation));
                }
            };
            let (without_a_token, foreign) = (line.ask_without_a_token(app).await, line.ask(&programs.foreign.within(PARTNER), &programs.made).await);
            let (token, others) = match line.needs {
                Needs::Nothing => (200, 200),
                Needs::Token => (401, 200),
                Needs::Tenant | Needs::Permission(_) | Needs::Existence(_) => (401, 404),
            };
            expect("nobody", &without_a_token, token, if token == 401 { "invalid_token" } else { "" });
            expect(
                "another partner’s administrator",
                &foreign,
                others,
                &if others == 404 { format!("No tenant found with id {}", line.tenant()) } else { String::new() },
            );
            if line.names_a_thing() {
                expect("another partner’s administrator at home", &line.ask(&programs.foreign, &programs.made).await, 404, "0003");
            }
            let (permission, status, says) = match line.needs {
                Needs::Nothing | Needs::Token | Needs::Tenant => continue,
                Needs::Permission(permission) => (permission, 403, permission.name()),
                Needs::Existence(permission) => (permission, 404, "0003".to_owned()),
            };
            expect("a program without the permission", &line.ask(programs.without(permission), &programs.made).await, status, &says);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(app.database.contents().await == before, "a refused call changed something");
    });
}

async fn every_operation_has_a_line(app: &App) {
    let document = app.nobody().get("/api/v2/openapi.json").await.json();
    let mut operations = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        operations.extend(methods.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let lines: BTreeSet<_> = TABLE.iter().map(|line| line.operation.to_owned()).collect();
    assert_eq!(lines.len(), TABLE.len(), "an operation stands in the table twice");
    let uncovered: Vec<_> = operations.difference(&lines).collect();
    assert!(uncovered.is_empty(), "no line in coverage/table.rs for {uncovered:#?}");
    let gone: Vec<_> = lines.difference(&operations).collect();
    assert!(gone.is_empty(), "a line in coverage/table.rs, but no operation, for {gone:#?}");
    for line in TABLE {
        let (method, path) = line.operation.split_once(' ').unwrap();
        let told = &document["paths"][path][method.to_lowercase()]["x-permissions"];
        if let Needs::Permission(needed) | Needs::Existence(needed) = line.needs {
            assert!(
                told.as_array().unwrap().contains(&needed.name().into()),
                "{}: {} is needed, the document says {told}",
                line.operation,
                needed.name()
            );
        }
    }
}

#[test]
fn no_text_is_answered_by_a_server_error() {
    on_both_engines(async |app: &App| {
        let programs = Programs::of(app).await;
        let admin = app.program("Partner Administrator").await;
        let keys =
            ["name", "loginName", "firstName", "lastName", "email", "hostName", "ipAddress", "type", "resourceType", "uniqueId", "id", "accountId"];
        let queries: Vec<_> = keys.iter().map(|key| format!("queryString={key}:A%00")).chain(["sortName=%00&pageNo=%00".to_owned()]).collect();
        let mut wrong = Vec::new();
        for line in TABLE {
            let path = MADE.iter().zip(&programs.made).fold(line.path.to_owned(), |path, (place, id)| path.replace(place, id));
            let mut answers = Vec::new();
            for text in ["a\0b", "\u{202e}\u{fffe}"] {
                for body in with_each_text(&(line.body)(), text) {
                    answers.push(admin.send(line.method(), &path, Some(&body)).await);
                }
            }
            if line.method() == Method::GET {
                for query in &queries {
                    answers.push(admin.get(&format!("{path}?{query}")).await);
                }
            }
            if let (true, Some((parent, _))) = (line.names_a_thing(), path.rsplit_once('/')) {
                answers.push(admin.send(line.method(), &format!("{parent}/a%00b"), None).await);
            }
            wrong
                .extend(answers.into_iter().filter(|answer| answer.status.is_server_error()).map(|answer| format!("{}: {answer:?}", line.operation)));
        }
        for list in ["users", "userGroups", "devices", "deviceGroups", "credentialSets", "clients"] {
            let reference = json!([{ "id": "a\0", "uniqueId": "a\0", "name": "a\0" }]);
            let role = json!({ "name": format!("Role of {list}"), "scope": "MSP", list: reference });
            let answer = admin.post("roles", &role).await;
            assert!((400..500).contains(&answer.status.as_u16()), "{list}: {answer:?}");
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn a_character_that_no_name_has_is_refused_by_its_field_and_its_number() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        let group = admin.post("userGroups", &json!({ "name": "Sales\u{202e}" })).await;
        assert_eq!(group.faults(), ["name"]);
        assert!(group.text().contains("Remove the invisible character U+202E (text direction)."), "{group:?}");
        for blank in ["\u{200b}", "\u{3164}", "\u{2800}"] {
            let client = json!({ "name": blank, "address": "1 Road", "country": "FRA", "timeZone": "Europe/Paris" });
            assert_eq!(admin.post("clients", &client).await.status, 400);
            assert_eq!(admin.post("deviceGroups", &json!({ "name": blank })).await.status, 400);
            assert_eq!(admin.post("permissionSets", &json!({ "name": blank, "permissions": [] })).await.status, 400);
        }
    });
}

#[test]
fn a_country_is_answered_as_it_was_sent() {
    on_both_engines(async |app: &App| {
        let admin = app.program("Partner Administrator").await;
        for (at, country) in ["ESP", "Spain", "USA", "Russia", "Turkey", "Czech Republic", "UK", "kr"].into_iter().enumerate() {
            let client = json!({ "name": format!("Client {at}"), "address": "1 Road", "country": country, "timeZone": "Europe/Paris" });
            let made = admin.post("clients", &client).await.done();
            let path = format!("clients/{}", made["uniqueId"].as_str().unwrap());
            assert_eq!(admin.get(&path).await.done()["country"], country);
            let user = json!({ "loginName": format!("u{at}"), "firstName": "A", "lastName": "B", "email": "a@b.example", "country": country });
            assert_eq!(admin.post("users", &user).await.done()["country"], country);
        }
        let nowhere = json!({ "name": "Client", "address": "1 Road", "country": "Atlantis", "timeZone": "Europe/Paris" });
        assert_eq!(admin.post("clients", &nowhere).await.faults(), ["country"]);
    });
}
