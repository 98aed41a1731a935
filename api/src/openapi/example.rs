//! Examples of whole documents, put together from the examples of their fields.

use serde_json::{Map, Value, json};

/// How much of an object is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Every field, as in an answer.
    Whole,
    /// What is required or has an example of its own, as one would send it; everything, if that is nothing.
    Brief,
}

/// No document of ours is nested deeper; a schema that holds itself ends here.
const DEEPEST: usize = 16;

/// An example of what a schema describes.
pub(crate) fn example(schema: &Value, schemas: &Value, detail: Detail) -> Value {
    Examples { schemas, detail }.of(schema, 0)
}

struct Examples<'a> {
    schemas: &'a Value,
    detail: Detail,
}

impl Examples<'_> {
    fn of(&self, schema: &Value, depth: usize) -> Value {
        if let Some(given) = own(schema) {
            return given.clone();
        }
        if depth > DEEPEST {
            return Value::Null;
        }
        if let Some(target) = self.target(schema) {
            return self.of(target, depth + 1);
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let objects = parts.iter().filter_map(|part| self.of(part, depth + 1).as_object().cloned());
            return Value::Object(objects.flatten().collect());
        }
        if let Some(choice) = choices(schema).find(|choice| choice["type"] != "null") {
            return self.of(choice, depth + 1);
        }
        match kind(schema) {
            "object" => Value::Object(self.object(schema, depth)),
            "array" => json!([self.of(&schema["items"], depth + 1)]),
            "boolean" => json!(true),
            "integer" | "number" => json!(1),
            "string" => json!("text"),
            _ => json!({}),
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Map<String, Value> {
        let Some(properties) = schema["properties"].as_object() else { return Map::new() };
        let required = |name: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|its| its == name));
        let is_shown = |name: &str, property: &Value| required(name) || self.has_example(property);
        let brief = self.detail == Detail::Brief && properties.iter().any(|(name, property)| is_shown(name, property));
        let shown = properties.iter().filter(|(name, property)| !brief || is_shown(name, property));
        shown.map(|(name, property)| (name.clone(), self.of(property, depth + 1))).collect()
    }

    /// Whether a property has an example, or a field of what it refers to has.
    fn has_example(&self, property: &Value) -> bool {
        let choice = choices(property).find(|choice| choice["type"] != "null").unwrap_or(property);
        let item = if kind(choice) == "array" { &choice["items"] } else { choice };
        let target = self.target(item).unwrap_or(item);
        let fields = target["properties"].as_object();
        own(property).or_else(|| own(target)).is_some() || fields.is_some_and(|fields| fields.values().any(|field| own(field).is_some()))
    }

    fn target(&self, schema: &Value) -> Option<&Value> {
        self.schemas.get(schema["$ref"].as_str()?.rsplit('/').next()?)
    }
}

/// The example that a schema itself gives, or the first of the values that it allows.
fn own(schema: &Value) -> Option<&Value> {
    schema.get("example").or_else(|| schema["examples"].get(0)).or_else(|| schema["enum"].get(0))
}

fn choices(schema: &Value) -> impl Iterator<Item = &Value> {
    ["oneOf", "anyOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten()
}

/// The type; of one that may be null, the other.
fn kind(schema: &Value) -> &str {
    let kinds = schema["type"].as_array().into_iter().flatten().filter_map(Value::as_str).find(|kind| *kind != "null");
    schema["type"].as_str().or(kinds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_made_of_the_fields() {
        let schemas = json!({
            "Person": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string", "example": "Ada" }, "nick": { "type": ["string", "null"] } } },
            "Loop": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/Loop" } } },
        });
        let page = json!({ "allOf": [
            { "$ref": "#/components/schemas/Person" },
            { "type": "object", "properties": { "many": { "type": "array", "items": { "type": "integer" } }, "kind": { "enum": ["A", "B"] },
                "by": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Person" }] } } },
        ] });
        let whole = example(&page, &schemas, Detail::Whole);
        assert_eq!(whole, json!({ "name": "Ada", "nick": "text", "many": [1], "kind": "A", "by": { "name": "Ada", "nick": "text" } }));
        let brief = example(&page, &schemas, Detail::Brief);
        assert_eq!(brief, json!({ "name": "Ada", "kind": "A", "by": { "name": "Ada" } }));
        assert!(example(&schemas["Loop"], &schemas, Detail::Whole)["next"]["next"].is_object(), "it ends");
    }
}
