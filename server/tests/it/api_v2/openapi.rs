//! The page that shows the OpenAPI document, and whether the server keeps to the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::support::{App, PARTNER, on_both_engines};

#[test]
fn the_page_shows_every_operation_and_runs_its_own_scripts_alone() {
    on_both_engines(async |app: &App| {
        let document = app.nobody().get("/api/v2/openapi.json").await.json();
        let page = app.nobody().get("/api/docs").await;
        assert_eq!(page.status, 200);
        let operations = document["paths"].as_object().unwrap().values().flat_map(|methods| methods.as_object().unwrap().values());
        for name in operations.map(|operation| operation["operationId"].as_str().unwrap()) {
            assert!(page.text().contains(&format!(r#"id="{name}""#)), "{name} is missing");
        }
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';") && !policy.contains("unsafe"), "{policy}");
        assert!(!page.text().contains(" style=") && !page.text().contains("<style"), "no style that the policy refuses");
        assert_eq!(page.text().matches("<script").count(), 1);
        let dark = app.nobody().get_with("/api/docs", "cookie", "theme=dark").await;
        assert!(dark.text().contains(r#"<html lang="en" data-theme="dark">"#));
    });
}

/// The most characters of a text, by its pattern.
fn longest(property: &Value) -> Option<usize> {
    let (_, end) = property["pattern"].as_str().filter(|pattern| pattern.starts_with(r"^\s*([^"))?.split_once("{0,")?;
    // One visible character stands at each end.
    Some(end.split_once('}')?.0.parse::<usize>().ok()? + 2)
}

#[test]
fn texts_may_be_as_long_as_the_document_says() {
    on_both_engines(async |app: &App| {
        let document = app.nobody().get("/api/v2/openapi.json").await.json();
        let admin = app.program("Partner Administrator").await;
        for path in ["clients", "users", "userGroups", "roles", "permissionSets", "resources", "deviceGroups", "credentialSets"] {
            let schema =
                &document["paths"][format!("/api/v2/tenants/{{tenantId}}/{path}")]["post"]["requestBody"]["content"]["application/json"]["schema"];
            let reference = schema["$ref"].as_str().or_else(|| schema["items"]["$ref"].as_str()).unwrap();
            let properties = document.pointer(&format!("{}/properties", reference.trim_start_matches('#'))).unwrap().as_object().unwrap();
            let lengths: BTreeMap<_, _> = properties.iter().filter_map(|(name, property)| Some((name.as_str(), longest(property)?))).collect();
            assert!(!lengths.is_empty(), "{path}");
            let sent = async |more: usize| {
                let body: Map<_, _> = lengths.iter().map(|(name, most)| ((*name).to_owned(), "x".repeat(most + more).into())).collect();
                let body = if schema["items"].is_object() { json!([body]) } else { body.into() };
                let tenant = if path == "resources" { "client_8" } else { PARTNER };
                let answer = admin.within(tenant).post(path, &body).await;
                let faults = if answer.status == 400 { answer.faults() } else { Vec::new() };
                faults.iter().map(|field| field.trim_start_matches("[0].").to_owned()).collect::<BTreeSet<_>>()
            };
            let (right, wrong) = (sent(0).await, sent(1).await);
            for name in lengths.keys().copied() {
                assert!(!right.contains(name) && wrong.contains(name), "{path}: {name} of {} characters", lengths[name]);
            }
        }
    });
}
