//! The OpenAPI document.

use std::collections::BTreeSet;

use domain::Permission;
use serde_json::{Value, json};

/// Every operation: method and path, and what is said of it.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        operations.extend(methods.as_object().unwrap().iter().map(|(method, its)| (format!("{} {path}", method.to_uppercase()), its)));
    }
    operations
}

/// What an operation leaves unsaid.
fn gaps(its: &Value, permissions: &BTreeSet<String>) -> Vec<String> {
    let mut gaps = Vec::new();
    let mut want = |said: bool, what: String| {
        if !said {
            gaps.push(what)
        }
    };
    let text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    want(text(&its["summary"]) && !its["summary"].as_str().unwrap().contains("Needs"), "a summary".to_owned());
    for name in its["x-permissions"].as_array().unwrap() {
        want(permissions.contains(name.as_str().unwrap()), format!("{name} is no permission"));
    }
    for parameter in its["parameters"].as_array().into_iter().flatten() {
        want(text(&parameter["description"]) && !parameter["example"].is_null(), format!("description and example of {}", parameter["name"]));
    }
    let contents = its["responses"].as_object().unwrap().values().chain([&its["requestBody"]]).filter_map(|part| part["content"].as_object());
    for media in contents.flat_map(|content| content.values()) {
        want(!media["example"].is_null(), "an example of every body".to_owned());
    }
    for (status, answer) in its["responses"].as_object().unwrap() {
        want(text(&answer["description"]), format!("what {status} means"));
    }
    let statuses: BTreeSet<_> = its["responses"].as_object().unwrap().keys().map(String::as_str).collect();
    let public = its["security"] == json!([{}]);
    want(public || ["401", "429", "500", "503"].iter().all(|status| statuses.contains(status)), "the answers to every request".to_owned());
    want(its["requestBody"].is_null() || ["400", "413"].iter().all(|status| statuses.contains(status)), "the answers to a wrong body".to_owned());
    gaps
}

#[test]
fn the_document_leaves_nothing_unsaid() {
    let document = api::openapi();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(document["servers"][0]["url"], "/");
    assert_eq!(document["security"], json!([{ "token": [] }]));
    assert_eq!(document["components"]["securitySchemes"]["token"]["flows"]["clientCredentials"]["tokenUrl"], "/auth/oauth/token");
    let permissions: BTreeSet<_> = Permission::ALL.iter().map(|permission| permission.name()).collect();
    let tags: BTreeSet<_> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|tag| tag["description"].is_string())
        .map(|tag| &tag["name"])
        .map(Value::to_string)
        .collect();
    let mut names = BTreeSet::new();
    for (operation, its) in operations(document) {
        let gaps = gaps(its, &permissions);
        assert!(gaps.is_empty(), "{operation} lacks {gaps:#?}");
        assert!(tags.contains(&its["tags"][0].to_string()), "{operation} belongs to a tag without a description");
        assert!(names.insert(its["operationId"].to_string()), "{operation} is named like another");
    }
}
