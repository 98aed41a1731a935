//! Documents which keys bodies refuse and which they ignore.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::strict::IGNORED;

/// Flattens `allOf` schemas, and closes those of request bodies with `additionalProperties: false`.
pub(crate) fn close(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object().cloned() else { return };
    let mut whole: Map<String, Value> = schemas.iter().map(|(name, schema)| (name.clone(), merged(schema, &schemas))).collect();
    let operations = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut);
    for body in operations.flat_map(Map::values_mut).filter_map(|operation| operation.pointer_mut("/requestBody/content/application~1json/schema")) {
        name_new(body, &mut whole);
    }
    let mut sent = BTreeSet::new();
    for operation in document["paths"].as_object().into_iter().flat_map(Map::values).filter_map(Value::as_object).flat_map(Map::values) {
        collect_names(&operation["requestBody"], &whole, &mut sent);
    }
    for (name, schema) in whole.iter_mut().filter(|(name, _)| sent.contains(*name)) {
        close_schema(name, schema);
    }
    for properties in whole.values_mut().filter_map(|schema| schema.get_mut("properties")?.as_object_mut()) {
        for property in properties.values_mut().filter_map(Value::as_object_mut) {
            // Omitted fields stay unchanged, so a default would be wrong.
            property.remove("default");
        }
    }
    let mut used = BTreeSet::new();
    collect_names(&document["paths"], &whole, &mut used);
    whole.retain(|name, _| used.contains(name));
    document["components"]["schemas"] = whole.into();
}

/// Turns the body of a creation, an update schema with more required fields, into a schema of its own, because client generators don't understand the
/// combination.
fn name_new(body: &mut Value, schemas: &mut Map<String, Value>) {
    let (Some(name), required) =
        (body["allOf"][0]["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()), &body["allOf"][1]["required"])
    else {
        return;
    };
    let new = format!("New{name}");
    let mut schema = schemas.get(name).cloned().unwrap_or_default();
    schema["required"] = required.clone();
    *body = json!({ "$ref": format!("#/components/schemas/{new}") });
    schemas.insert(new, schema);
}

/// The schema with the fields of its `allOf` parts merged in.
fn merged(schema: &Value, schemas: &Map<String, Value>) -> Value {
    let Some(parts) = schema["allOf"].as_array() else { return schema.clone() };
    let parts: Vec<Value> = parts.iter().map(|part| merged(target(part, schemas).unwrap_or(part), schemas)).collect();
    if !parts.iter().all(|part| part["properties"].is_object()) {
        return schema.clone();
    }
    let mut whole = json!({ "type": "object", "properties": {}, "required": [] });
    let [mut properties, mut required] = [Map::new().into(), Value::from(Vec::<Value>::new())];
    for part in parts {
        if let (Value::Object(all), Some(own)) = (&mut properties, part["properties"].as_object()) {
            all.extend(own.clone());
        }
        if let (Value::Array(all), Some(own)) = (&mut required, part["required"].as_array()) {
            all.extend(own.iter().cloned());
        }
    }
    whole["properties"] = properties;
    whole["required"] = required;
    if let Some(description) = schema.get("description") {
        whole["description"] = description.clone();
    }
    whole
}

fn target<'a>(schema: &Value, schemas: &'a Map<String, Value>) -> Option<&'a Value> {
    schemas.get(schema["$ref"].as_str()?.rsplit('/').next()?)
}

/// Collects the names of all schemas that a value refers to, directly or not.
fn collect_names(value: &Value, schemas: &Map<String, Value>, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next())
                && found.insert(name.to_owned())
                && let Some(schema) = schemas.get(name)
            {
                collect_names(schema, schemas, found);
            }
            fields.values().for_each(|field| collect_names(field, schemas, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_names(item, schemas, found)),
        _ => {}
    }
}

fn close_schema(name: &str, schema: &mut Value) {
    let name = name.strip_prefix("New").unwrap_or(name);
    let keys = IGNORED.iter().find(|(schema, _)| *schema == name).map(|(_, keys)| *keys).unwrap_or_default();
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    if let Some((_, reason)) = keys.iter().find(|(key, _)| *key == "*") {
        let description = schema["description"].as_str().unwrap_or_default();
        schema["description"] = format!("{description} Other fields are ignored. {reason}").trim().into();
        return;
    }
    for (key, reason) in keys {
        properties.insert((*key).to_owned(), json!({ "readOnly": true, "description": format!("Ignored. {reason}") }));
    }
    schema["additionalProperties"] = false.into();
}
