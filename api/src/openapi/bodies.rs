//! Which fields a body must have: some to create a thing, none to change it.

use utoipa::openapi::{AllOfBuilder, Content, ObjectBuilder, RefOr, Required, path::Operation, request_body::RequestBody};

/// Describes the body of an operation. Operations that create a thing answer 201.
pub(crate) fn describe(operation: &mut Operation) {
    let creates = operation.responses.responses.contains_key("201");
    match &mut operation.request_body {
        Some(RefOr::T(body)) if creates => require(body),
        Some(RefOr::T(body)) => make_optional(body),
        _ => {}
    }
}

/// The required fields of a new thing. Its other fields are those of a change.
const REQUIRED: &[(&str, &[&str])] = &[
    ("AwsAccountInput", &["accountId", "name", "kind"]),
    ("ClientInput", &["name", "address", "country", "timeZone"]),
    ("CredentialSetInput", &["name", "credentialType"]),
    ("GroupInput", &["name"]),
    ("RoleInput", &["name"]),
    ("SetInput", &["name"]),
    ("UserInput", &["loginName", "firstName", "lastName", "email"]),
];

/// Bodies of calls that do nothing without one.
const NEEDED: [&str; 5] = ["AccountsInput", "AssociationInput", "OnboardingInput", "RoleArnInput", "TrustInput"];

/// Marks the required fields of a body that creates a thing.
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

/// Makes the body of a change optional, because without one nothing changes. A list is always required, as are those of [`NEEDED`].
fn make_optional(body: &mut RequestBody) {
    let may_be_missing = |content: &RefOr<Content>| match content {
        RefOr::T(Content { schema: Some(RefOr::Ref(reference)), .. }) => {
            !NEEDED.iter().any(|name| reference.ref_location.ends_with(&format!("/{name}")))
        }
        _ => false,
    };
    if body.content.values().all(may_be_missing) {
        body.required = Some(Required::False);
    }
}
