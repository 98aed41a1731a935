//! Credential sets on the wire (reference "Object shapes": Credential set). No secret is ever in an answer.

use domain::{CredentialField, FieldShape};
use serde_json::Value;

/// The value of a field that is no secret, written as its shape is: numbers and flags as such.
pub(super) fn value(field: CredentialField, text: &str) -> Value {
    match field.shape() {
        FieldShape::Number { .. } => text.parse::<i64>().unwrap_or_default().into(),
        FieldShape::Flag => (text == "true").into(),
        _ => text.into(),
    }
}
