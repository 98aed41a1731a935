//! What the document says of bodies: which fields a new thing must have, and that a change may be of nothing.

use utoipa::openapi::{AllOfBuilder, Content, ObjectBuilder, RefOr, Required, path::Operation, request_body::RequestBody};

/// Says it of an operation that takes a body. Operations that make a thing answer 201.
pub(crate) fn describe(operation: &mut Operation) {
    let makes = operation.responses.responses.contains_key("201");
    match &mut operation.request_body {
        Some(RefOr::T(body)) if makes => require(body),
        Some(RefOr::T(body)) => allow_nothing(body),
        _ => {}
    }
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
