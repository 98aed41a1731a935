//! What holds for many operations and would be a nuisance to say at each: said once, and added to all.

use serde_json::{Map, Value, json};

use super::example::{Detail, example};

/// Adds to every operation what it leaves unsaid: the permissions it needs, what its parameters mean, the answers that any
/// operation may give, and examples. What an operation says itself stays.
pub(crate) fn complete(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for (path, operations) in paths {
        for operation in operations.as_object_mut().into_iter().flat_map(Map::values_mut) {
            permissions(operation);
            for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
                common_parameter(parameter);
            }
            common_answers(path, operation);
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

/// The answers that do not depend on the operation, and words for those that it lists without.
fn common_answers(path: &str, operation: &mut Value) {
    let answer = |schema: &str| json!({ "description": "", "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } } });
    let is_public = operation["security"] == json!([{}]);
    let has_body = !operation["requestBody"].is_null();
    let Some(answers) = operation["responses"].as_object_mut() else { return };
    if path.contains("{tenantId}") {
        answers.entry("410").or_insert_with(|| answer("FaultOfOne"));
    }
    if has_body {
        answers.entry("413").or_insert_with(|| answer("FaultOfOne"));
    }
    if !is_public {
        // Also for an address from which the key may not be used.
        answers.entry("403").or_insert_with(|| answer("FaultOfOne"));
        answers.entry("429").or_insert_with(|| answer("TokenFault"));
        answers.entry("500").or_insert_with(|| answer("FaultOfOne"));
    }
    answers.entry("503").or_insert_with(|| json!({ "description": "" }));
    for (status, answer) in answers {
        if answer["description"].as_str().is_none_or(str::is_empty) {
            answer["description"] = meaning(status).into();
        }
        if let Some(fault) = fault(status)
            && let Some(content) = answer.pointer_mut("/content/application~1json").and_then(Value::as_object_mut)
        {
            content.entry("example").or_insert(fault);
        }
    }
}

fn meaning(status: &str) -> &'static str {
    match status {
        "200" => "Done.",
        "201" => "Created.",
        "400" => "Fields are wrong: all of them, each with a sentence.",
        "401" => "The token is missing or invalid.",
        "403" => "The key’s role doesn’t allow it.",
        "404" => "It doesn’t exist, or the key’s role doesn’t see it.",
        "409" => "It conflicts with something that exists.",
        "410" => "The key’s own tenant is suspended or terminated.",
        "413" => "The body is larger than 32 MiB.",
        "422" => "Parameters of the query are wrong: all of them, each with a sentence.",
        "429" => "The key has reached its rate limit. Retry-After says how many seconds to wait.",
        "500" => "An internal error. The message has a reference for whoever runs the server.",
        "503" => "It took too long. Try again later.",
        _ => "Another answer.",
    }
}

fn fault(status: &str) -> Option<Value> {
    Some(match status {
        "422" => {
            json!([{ "code": "0002", "fieldName": "queryString", "message": "There is nothing to search by “colour”. Use one of these: name." }])
        }
        "400" => json!([{ "code": "0002", "fieldName": "name", "message": "Enter a name." }]),
        "401" => json!({ "error": "invalid_token", "error_description": "Send an access token: Authorization: Bearer …" }),
        "403" => json!({ "code": "0004", "message": "Your roles do not include the permission “Clients: Manage”." }),
        "404" => json!({ "code": "0003", "message": "No client found with id client_9" }),
        "409" => json!({ "code": "0005", "message": "Somebody else changed it meanwhile." }),
        "410" => json!({ "code": "0006", "message": "The tenant is suspended or terminated." }),
        "413" => json!({ "code": "0009", "message": "Send a body of at most 32 MiB." }),
        "429" => json!({ "error": "throttled", "error_description": "Too Many Requests" }),
        "500" => json!({ "code": "0001", "message": "Something went wrong on our side (reference 5f0c2a9e)." }),
        _ => return None,
    })
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
        fill(content, Detail::Telling);
    }
    for answer in operation["responses"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(content) = answer.get_mut("content") {
            fill(content, Detail::Whole);
        }
    }
}
