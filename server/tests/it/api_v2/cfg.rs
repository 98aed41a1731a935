//! Lists of what may be chosen.

use serde_json::{Value, json};

use crate::support::{App, keys, on_both_engines};

#[test]
fn lists_have_the_shapes_of_the_contract() {
    on_both_engines(async |app: &App| {
        let program = app.program_of("client_8", "Customer").await;
        let list = async |name: &str| program.get(&format!("/api/v2/cfg/{name}")).await.done().as_array().unwrap().clone();
        let countries = list("countries").await;
        assert!(countries.contains(&json!({ "code": "USA", "name": "United States" })));
        let zones = list("timezones/").await;
        let zone = zones.iter().find(|zone| zone["name"] == "America/Los_Angeles").unwrap();
        assert_eq!(keys(zone), ["code", "id", "label", "name"]);
        assert!(zone["code"] == "PST" && zone["label"].as_str().unwrap().starts_with("GMT -08:00 "), "{zone}");
        let types = list("devices/types").await;
        assert!(types.iter().any(|kind| kind["name"] == "Desktop") && keys(&types[0]) == ["id", "name"]);
        let texts = |row: &Value| row.as_object().unwrap().values().all(Value::is_string);
        assert!([countries, zones].concat().iter().all(texts), "all of it is text");
        assert!(types.iter().all(|kind| kind["id"].is_i64() && kind["name"].is_string()));
        let all = program.get("allResourceTypes/minimal").await.done();
        assert_eq!(keys(&all[0]), ["displayName", "id", "name", "path"]);
        assert!(all[0]["id"].is_i64() && all.as_array().unwrap().len() == types.len());
        assert_eq!(program.get("resourceType/minimal").await.done(), all);
    });
}
