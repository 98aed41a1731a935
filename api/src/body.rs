//! Request bodies: fields can be left out, but keys and types are strict, and each error names the field as the request spells it.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use domain::{Error, MAX_ITEMS, Violations};
use http::StatusCode;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    limits::{MAX_BODY_VALUES, MAX_PATH, MAX_UNKNOWN_KEYS},
    refusal::Refusal,
    strict::{NOT_UNDERSTOOD, Strict},
};

/// A body of JSON, whatever its content type says. An empty one is an empty object.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

/// A body that says nothing: empty, or `{}`.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
            _ => Error::invalid("", "The body ended before it was whole.").into(),
        })?;
        if bytes.iter().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MAX_BODY_VALUES {
            return Err(Error::invalid("", format!("This is too much at once: a body can have at most {MAX_BODY_VALUES} values.")).into());
        }
        let bytes = if bytes.is_empty() { &b"{}"[..] } else { &bytes };
        let value: Value = serde_json::from_slice(bytes).map_err(|error| Error::invalid("", format!("This is no JSON: {error}.")))?;
        let mut violations = Violations::new();
        bound(&value, &mut String::new(), &mut violations);
        if !violations.is_empty() {
            return Err(Refusal::Body(violations));
        }
        let (value, unknown) = Strict::of(value);
        let read = serde_path_to_error::deserialize(value);
        for path in unknown.take().into_iter().take(MAX_UNKNOWN_KEYS) {
            violations.add(path, NOT_UNDERSTOOD);
        }
        let body = read.map_err(|error| {
            let path = error.path().to_string();
            let field = if path == "." { String::new() } else { path };
            violations.add(field, format!("The value can’t be read: {}.", error.inner()));
        });
        match body {
            Ok(body) if violations.is_empty() => Ok(Self(body)),
            _ => Err(Refusal::Body(violations)),
        }
    }
}

/// Adds a violation for each list in a body that is too long, and one for paths that are: every value under a path gets a copy of it later.
/// `path` is extended for each value and cut back, because copying it for each would take too long.
fn bound(value: &Value, path: &mut String, violations: &mut Violations) {
    if path.len() > MAX_PATH {
        if violations.of("").is_none() {
            violations.add("", format!("The name of a field can have at most {MAX_PATH} bytes, with the names of those that it is in."));
        }
        return;
    }
    let end = path.len();
    match value {
        Value::Array(items) => {
            violations.check_length(path, items.len());
            for (at, item) in items.iter().enumerate().take(MAX_ITEMS) {
                path.push_str(&format!("[{at}]"));
                bound(item, path, violations);
                path.truncate(end);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
                bound(value, path, violations);
                path.truncate(end);
            }
        }
        _ => {}
    }
}

/// A field that was given: `null` means empty. For `#[serde(default, deserialize_with = "given")]`, where a missing one stays `None`.
pub(crate) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Some(Option::deserialize(deserializer)?.unwrap_or_default()))
}

/// A value stored as sent, including `null`, which deletes the stored one. Used like [`given`].
pub(crate) fn sent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::field_name::wire_field;

    #[test]
    fn every_list_that_is_too_long_is_named() {
        let long = vec![0; MAX_ITEMS + 1];
        let body = serde_json::json!({ "users": &long, "name": "x", "details": [{ "roles": [] }, { "roles": &long }], "few": [1, 2] });
        let mut violations = Violations::new();
        bound(&body, &mut String::new(), &mut violations);
        let fields: BTreeSet<_> = violations.iter().map(|violation| wire_field(&violation.field)).collect();
        assert_eq!(fields.iter().map(String::as_str).collect::<Vec<_>>(), ["details[1].roles", "users"]);
    }

    #[test]
    fn a_field_whose_name_is_too_long_is_refused_once() {
        let refusals = |body: &Value| {
            let mut violations = Violations::new();
            bound(body, &mut String::new(), &mut violations);
            violations.into_iter().map(|violation| violation.field).collect::<Vec<_>>()
        };
        let (half, whole) = ("k".repeat(MAX_PATH / 2), "k".repeat(MAX_PATH));
        assert!(refusals(&serde_json::json!({ &whole: 1, "short": { &half: [] } })).is_empty());
        assert_eq!(refusals(&serde_json::json!({ format!("{whole}k"): [1, 2], "short": { &half: { &half: 1, "other": 1 } } })), [""]);
    }

    #[test]
    fn what_is_not_sent_is_not_changed_and_null_is_empty() {
        #[derive(Deserialize)]
        struct Wire {
            #[serde(default, deserialize_with = "given")]
            clients: Option<Vec<String>>,
        }
        let read = |text| serde_json::from_str::<Wire>(text).unwrap().clients;
        assert_eq!(read("{}"), None);
        assert_eq!(read(r#"{"clients": null}"#), Some(vec![]));
        assert_eq!(read(r#"{"clients": ["a"]}"#), Some(vec!["a".to_owned()]));
    }
}
