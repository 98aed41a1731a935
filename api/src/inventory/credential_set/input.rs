//! Credential sets as they are sent.

use std::collections::BTreeMap;

use domain::{CredentialField, CredentialSetDraft, Error, FieldShape, Violations};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    body::given,
    clients::client::reference::ClientOfThing,
    strict::{NOT_UNDERSTOOD, is_ignored},
};

/// A credential set as it is sent: only what is given changes, and `null` means empty.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CredentialSetInput {
    #[serde(deserialize_with = "given")]
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    description: Option<String>,
    #[serde(deserialize_with = "given")]
    credential_type: Option<String>,
    pub(crate) client: Option<ClientOfThing>,
    #[serde(flatten)]
    fields: BTreeMap<String, Value>,
}

impl TryFrom<CredentialSetInput> for CredentialSetDraft {
    type Error = Error;
    fn try_from(input: CredentialSetInput) -> Result<Self, Error> {
        let mut violations = Violations::new();
        let mut fields = BTreeMap::new();
        for (key, sent) in input.fields {
            let Some(field) = CredentialField::from_key(&key) else {
                violations.add_if(!is_ignored("CredentialSetInput", &key), &format!("fields.{key}"), NOT_UNDERSTOOD);
                continue;
            };
            fields.extend(violations.accept(&format!("fields.{key}"), text(field, sent)).map(|text| (field, text)));
        }
        violations.into_result()?;
        Ok(Self { name: input.name, description: input.description, credential_type: input.credential_type, fields })
    }
}

/// A value as text, whether it was sent as that or as what it means.
fn text(field: CredentialField, sent: Value) -> Result<String, &'static str> {
    match sent {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Null => Ok(String::new()),
        list @ Value::Array(_) if matches!(field.shape(), FieldShape::List) => Ok(list.to_string()),
        Value::Array(_) | Value::Object(_) => Err("Send a text, a number, true or false, or a list where the field is one."),
    }
}
