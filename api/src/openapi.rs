//! The OpenAPI document, made of the operations themselves.

mod answers;
mod bodies;
mod closed;
mod complete;
mod example;
pub(crate) mod handlers;
mod links;
pub(crate) mod paging;
mod values;

use serde_json::Value;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self,
        path::Operation,
        security::{ClientCredentials, Flow, OAuth2, Scopes, SecurityScheme},
    },
};

use crate::refusal::{FaultOfOne, FieldFault, TokenFault};

/// What the operations don't say themselves.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tenantry REST API",
        description = "Run your tenants by script. Ask for a token with an API key, and send it as a bearer token. A key acts by its role, like a person."
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "Clients", description = "The clients of a partner: onboard, find, change, suspend and activate them."),
        (name = "Users", description = "The people of a partner or a client, and when they signed in."),
        (name = "User groups", description = "Users who are given roles together."),
        (name = "Roles", description = "Who may do what, and sees which clients, devices and credential sets."),
        (name = "Permission sets", description = "Permissions under a name, of which roles are made."),
        (name = "Resources", description = "Devices and other things that are looked after."),
        (name = "Device groups", description = "Devices that roles and people speak of together."),
        (name = "Credential sets", description = "What one gets into devices with. Secrets go in, and never come out."),
        (name = "AWS accounts", description = "Which AWS accounts there are, whom they belong to, and the roles by which they are entered. These operations are this console's own."),
        (name = "Jobs", description = "Long work that goes on after the call that asked for it."),
        (name = "Partner", description = "The organization that runs its clients here."),
        (name = "Lists", description = "What other operations take one of: countries, time zones, types of devices."),
        (name = "API", description = "The API's own description."),
    ),
    security(("token" = [])),
    components(schemas(FaultOfOne, FieldFault, TokenFault)),
    modifiers(&Security)
)]
pub(crate) struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let flow = ClientCredentials::new("/auth/oauth/token", Scopes::from_iter([("global:manage", "What the key's role allows.")]));
        let scheme = SecurityScheme::OAuth2(OAuth2::new([Flow::ClientCredentials(flow)]));
        document.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// Completes the document that the operations make together.
pub(crate) fn finish(mut document: openapi::OpenApi) -> Value {
    for (name, schema) in &mut document.components.get_or_insert_default().schemas {
        values::describe(name, schema);
    }
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().flatten() {
            name(operation);
            bodies::describe(operation);
        }
    }
    links::add(&mut document);
    let mut document = serde_json::to_value(document).unwrap_or_default();
    complete::complete(&mut document);
    closed::close(&mut document);
    document
}

/// Names an operation by its noun too: each noun has one that is called `get`.
fn name(operation: &mut Operation) {
    let noun = operation.tags.iter().flatten().next().map(|tag| tag.to_lowercase().replace(' ', "_")).unwrap_or_default();
    operation.operation_id = operation.operation_id.take().map(|verb| format!("{noun}_{verb}"));
}
