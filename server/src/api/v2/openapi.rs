//! The OpenAPI document, made of the operations themselves.

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, AllOfBuilder, Content, ContentBuilder, ObjectBuilder, Ref, RefOr, Required, Response, ResponseBuilder,
        path::Operation,
        request_body::RequestBody,
        security::{ClientCredentials, Flow, OAuth2, Scopes, SecurityScheme},
    },
};

use super::{links, values};

/// What the operations don't say themselves.
#[derive(OpenApi)]
#[openapi(
    info(title = "Tenantry REST API", description = "Run your tenants by script. Ask for a token with an API key, and send it as a bearer token."),
    security(("token" = [])),
    modifiers(&Security)
)]
pub(super) struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let flow = ClientCredentials::new("/auth/oauth/token", Scopes::from_iter([("global:manage", "What the key's role allows.")]));
        let scheme = SecurityScheme::OAuth2(OAuth2::new([Flow::ClientCredentials(flow)]));
        document.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// The whole document.
#[must_use]
pub fn openapi() -> openapi::OpenApi {
    let mut document = super::router().into_openapi();
    for (name, schema) in &mut document.components.get_or_insert_default().schemas {
        values::describe(name, schema);
    }
    for (path, item) in &mut document.paths.paths {
        for operation in [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().flatten() {
            name(operation);
            if let Some(RefOr::T(body)) = &mut operation.request_body {
                if operation.responses.responses.contains_key("201") {
                    require(body);
                } else {
                    allow_nothing(body);
                }
            }
            let answers = &mut operation.responses.responses;
            if operation.security.is_none() {
                // An address from which the key may not be used, and one call too many.
                answers.entry("403".to_owned()).or_insert_with(|| fault("FaultOfOne"));
                answers.insert("429".to_owned(), fault("TokenFault"));
            }
            if path.contains("{tenantId}") {
                answers.insert("410".to_owned(), fault("FaultOfOne"));
            }
            for (status, answer) in answers {
                if let RefOr::T(answer) = answer
                    && answer.description.is_empty()
                {
                    answer.description = meaning(status).to_owned();
                }
            }
        }
    }
    links::add(&mut document);
    document
}

/// Names an operation by its noun too: each noun has one that is called `get`.
fn name(operation: &mut Operation) {
    let noun = operation.tags.iter().flatten().next().map(|tag| tag.to_lowercase().replace(' ', "_")).unwrap_or_default();
    operation.operation_id = operation.operation_id.take().map(|verb| format!("{noun}_{verb}"));
}

/// What must be given of a new thing: everything else about it is as for a change.
const REQUIRED: &[(&str, &[&str])] = &[
    ("ClientInput", &["name", "address", "country", "timeZone"]),
    ("CredentialSetInput", &["name", "credentialType"]),
    ("GroupInput", &["name"]),
    ("RoleInput", &["name"]),
    ("SetInput", &["name"]),
    ("UserInput", &["loginName", "firstName", "lastName", "email"]),
];

/// Says of a body that makes a thing which fields it must have.
fn require(body: &mut RequestBody) {
    for content in body.content.values_mut() {
        let RefOr::T(Content { schema: Some(schema), .. }) = content else { continue };
        let RefOr::Ref(reference) = &*schema else { continue };
        let fields = REQUIRED.iter().find(|(name, _)| reference.ref_location.ends_with(&format!("/{name}")));
        let Some((_, fields)) = fields else { continue };
        let needed = fields.iter().fold(ObjectBuilder::new(), |object, field| object.required(*field));
        *schema = AllOfBuilder::new().item(reference.clone()).item(needed).into();
    }
}

/// Says of a body that changes a thing that it may be left out: then nothing changes. A list has to be there.
fn allow_nothing(body: &mut RequestBody) {
    let is_object = |content: &RefOr<Content>| matches!(content, RefOr::T(Content { schema: Some(RefOr::Ref(_)), .. }));
    if body.content.values().all(is_object) {
        body.required = Some(Required::False);
    }
}

/// What every operation may answer, whatever it does itself.
fn fault(schema: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build();
    ResponseBuilder::new().content("application/json", content).build().into()
}

/// What a status says, where the operation doesn't say it better.
fn meaning(status: &str) -> &'static str {
    match status {
        "201" => "It was made.",
        "400" => "Something is wrong with what was sent: every wrong field is named.",
        "401" => "The token is missing or unknown, or has expired.",
        "403" => "The key’s roles don’t allow it.",
        "404" => "It doesn’t exist, or the key doesn’t see it.",
        "409" => "The state of things stands in the way.",
        "410" => "The tenant is suspended or terminated.",
        "429" => "The key has called too often: wait for the seconds of `Retry-After`.",
        _ => "It is done.",
    }
}

/// This document.
#[utoipa::path(get, path = "/api/v2/openapi.json", tag = "API", security(()), responses((status = 200, description = "The OpenAPI document.", body = serde_json::Value)))]
pub(super) async fn document() -> Json<openapi::OpenApi> {
    Json(openapi())
}
