//! What applies to many operations, added to all of them in one place.

use serde_json::{Map, Value, json};

use super::{
    answers,
    example::{Detail, example},
};

/// Adds to every operation the permissions that it needs, descriptions of its parameters, its refusals and examples.
pub(crate) fn complete(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for (path, operations) in paths {
        for (method, operation) in operations.as_object_mut().into_iter().flatten() {
            permissions(operation);
            for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
                common_parameter(parameter);
            }
            answers::add_refusals(path, method, operation);
            examples(operation, &schemas);
        }
    }
}

/// Takes what is needed out of the summary: "Searches clients. Needs *Clients: View*." The permissions' names stand between stars.
fn permissions(operation: &mut Value) {
    let summary = operation["summary"].as_str().unwrap_or_default().to_owned();
    let Some((summary, needs)) = summary.split_once(" Needs ") else {
        operation["x-permissions"] = json!([]);
        let is_public = operation["security"] == json!([{}]);
        operation["description"] = if is_public { "Needs no token." } else { "Needs a token, and no permission." }.into();
        return;
    };
    let names: Vec<&str> = needs.split('*').skip(1).step_by(2).collect();
    operation["x-permissions"] = json!(names);
    operation["description"] = format!("Needs {needs}").into();
    operation["summary"] = summary.into();
}

/// The parameters that mean the same everywhere.
fn common_parameter(parameter: &mut Value) {
    let (description, example) = match parameter["name"].as_str().unwrap_or_default() {
        "tenantId" => ("The partner, or a client where the operation is one of a client's.", json!("msp_1")),
        "queryString" => ("What is searched for.", Value::Null),
        "pageNo" => ("Which page, counted from 1.", json!(1)),
        "pageSize" => ("Items a page, at most 1000.", json!(100)),
        "isDescendingOrder" => ("Whether the order is reversed.", json!(false)),
        "sortName" => ("The attribute that orders.", json!("name")),
        _ => ("Its identifier.", Value::Null),
    };
    if parameter["description"].is_null() {
        parameter["description"] = description.into();
    }
    // What the parameter's own schema says comes first.
    let schema = &parameter["schema"];
    let own = schema["examples"].get(0).or_else(|| schema["enum"].get(0)).cloned();
    let example = own.unwrap_or(example);
    if parameter["example"].is_null() && !example.is_null() {
        parameter["example"] = example;
    }
}

/// An example of everything that is sent and answered, made of the examples of its fields.
fn examples(operation: &mut Value, schemas: &Value) {
    let fill = |content: &mut Value, detail| {
        for media in content.as_object_mut().into_iter().flat_map(Map::values_mut) {
            if media["example"].is_null() {
                media["example"] = example(&media["schema"], schemas, detail);
            }
        }
    };
    if let Some(content) = operation.pointer_mut("/requestBody/content") {
        fill(content, Detail::Brief);
    }
    for answer in operation["responses"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(content) = answer.get_mut("content") {
            fill(content, Detail::Whole);
        }
    }
}
