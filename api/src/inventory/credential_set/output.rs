//! Credential sets as they are answered (docs/spec/rest-api.md, "Credential set object"). No secret is ever in an answer.

use domain::{CredentialField, CredentialSet, CredentialSetSummary, CredentialType};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::value::value;
use crate::clients::client::reference::ClientShort;

/// A credential set.
#[derive(Serialize)]
pub(crate) struct CredentialSetOutput(Map<String, Value>);

impl From<CredentialSet> for CredentialSetOutput {
    fn from(set: CredentialSet) -> Self {
        let mut shown = Map::new();
        shown.insert("uniqueId".to_owned(), set.id.to_string().into());
        // A field is answered if it has a value, or if the set's type uses it.
        let kind = &set.details.credential_type;
        let own = if CredentialType::of(kind).is_some() { CredentialType::fields(kind) } else { Vec::new() };
        let is_shown = |field: &CredentialField| set.details.fields.contains_key(field) || (own.contains(field) && !field.is_general());
        for field in CredentialField::ALL.iter().copied().filter(|field| !field.is_secret() && is_shown(field)) {
            let text = set.details.value(field);
            if !text.is_empty() {
                shown.insert(field.key().to_owned(), value(field, text));
            }
        }
        shown.insert("name".to_owned(), set.details.name.into());
        shown.insert("description".to_owned(), set.details.description.into());
        shown.insert("credentialType".to_owned(), set.details.credential_type.into());
        if let Some(client) = set.client.and_then(|client| serde_json::to_value(ClientShort::from(client)).ok()) {
            shown.insert("client".to_owned(), client);
        }
        Self(shown)
    }
}

/// A credential set in short.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CredentialSetShort {
    #[schema(example = "mmtKsSTyXYqtEtrRMRSmWjAh")]
    unique_id: String,
    #[schema(example = "Agent-WMI-Discovery")]
    name: String,
}

impl From<CredentialSetSummary> for CredentialSetShort {
    fn from(set: CredentialSetSummary) -> Self {
        Self { unique_id: set.id.to_string(), name: set.name }
    }
}
