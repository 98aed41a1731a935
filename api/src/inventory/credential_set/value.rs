//! The values of a credential set's fields, in the types that the contract has.

use domain::{CredentialField, FieldShape};
use serde_json::Value;

/// The value of a field that is no secret, written as its shape is: numbers and flags as such.
pub(crate) fn value(field: CredentialField, text: &str) -> Value {
    match field.shape() {
        FieldShape::Number { .. } => text.parse::<i64>().unwrap_or_default().into(),
        FieldShape::Flag => (text == "true").into(),
        FieldShape::List => serde_json::from_str(text).unwrap_or_default(),
        _ => text.into(),
    }
}
