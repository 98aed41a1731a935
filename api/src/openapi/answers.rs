//! The refusals of every operation: they follow from what it takes, so an operation states its success alone.

use serde_json::{Map, Value, json};

use crate::limits::MAX_BODY;

/// Adds the refusals that an operation can give, and describes all its answers.
pub(crate) fn add_refusals(path: &str, method: &str, operation: &mut Value) {
    let needs_token = operation["security"] != json!([{}]);
    let reads_body = matches!(method, "post" | "put") || !operation["requestBody"].is_null();
    let has_query = operation["parameters"].as_array().into_iter().flatten().any(|parameter| parameter["in"] == "query");
    let in_tenant = path.contains("{tenantId}");
    let Some(answers) = operation["responses"].as_object_mut() else { return };
    let changes = method != "get" && !answers.contains_key("201");
    let refusals = [
        ("400", reads_body, fields()),
        ("401", needs_token, one("TokenFault")),
        // Also for an address from which the key may not be used.
        ("403", needs_token, one("FaultOfOne")),
        ("404", in_tenant, one("FaultOfOne")),
        ("409", changes, one("FaultOfOne")),
        ("410", in_tenant, one("FaultOfOne")),
        ("413", reads_body, one("FaultOfOne")),
        ("422", has_query, fields()),
        ("429", needs_token, one("TokenFault")),
        ("500", needs_token, one("FaultOfOne")),
    ];
    for (status, _, schema) in refusals.into_iter().filter(|(_, applies, _)| *applies) {
        answers.insert(status.to_owned(), json!({ "description": "", "content": { "application/json": { "schema": schema } } }));
    }
    answers.insert("503".to_owned(), json!({ "description": "" }));
    describe(answers);
}

fn one(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn fields() -> Value {
    json!({ "type": "array", "items": one("FieldFault") })
}

/// Adds a description to each answer without one, and an example to each refusal.
fn describe(answers: &mut Map<String, Value>) {
    for (status, answer) in answers {
        if answer["description"].as_str().is_none_or(str::is_empty) {
            answer["description"] = meaning(status).into();
        }
        if let Some(example) = example(status)
            && let Some(content) = answer.pointer_mut("/content/application~1json").and_then(Value::as_object_mut)
        {
            content.entry("example").or_insert(example);
        }
    }
}

/// What a status means.
fn meaning(status: &str) -> String {
    match status {
        "200" => "Done.",
        "201" => "Created.",
        "400" => "Fields are wrong: all of them, each with a sentence.",
        "401" => "The token is missing or invalid.",
        "403" => "The key’s role doesn’t allow it.",
        "404" => "It doesn’t exist, or the key’s role doesn’t see it.",
        "409" => "It conflicts with something that exists.",
        "410" => "The key’s own tenant is suspended or terminated.",
        "413" => return format!("The body is larger than {} MiB.", MAX_BODY / 1024 / 1024),
        "422" => "Parameters of the query are wrong: all of them, each with a sentence.",
        "429" => "The key has reached its rate limit. Retry-After says how many seconds to wait.",
        "500" => "An internal error. The message has a reference for whoever runs the server.",
        "503" => "It took too long. Try again later.",
        _ => "Another answer.",
    }
    .to_owned()
}

/// An example of a refusal.
fn example(status: &str) -> Option<Value> {
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
        "413" => json!({ "code": "0009", "message": format!("Send a body of at most {} MiB.", MAX_BODY / 1024 / 1024) }),
        "429" => json!({ "error": "throttled", "error_description": "Too Many Requests" }),
        "500" => json!({ "code": "0001", "message": "Something went wrong on our side (reference 5f0c2a9e)." }),
        _ => return None,
    })
}
