//! Request bodies: fields can be left out, but keys and types are strict, and each error names the field as the request spells it.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use domain::{Error, MAX_ITEMS, Violations};
use http::StatusCode;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use super::{
    answer::Refusal,
    strict::{NOT_UNDERSTOOD, Strict},
};

/// The most values of one body, counted by what begins or follows each. A small value takes a hundred times its bytes once it is read.
const MAX_PARTS: usize = 200_000;

/// The most keys that one answer refuses by name.
const MAX_TOLD: usize = 100;

/// A body of JSON, whatever its content type says. An empty one is an empty object.
#[derive(Debug)]
pub(super) struct Body<T>(pub(super) T);

/// A body that says nothing: empty, or `{}`.
#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
            _ => Error::invalid("", "The body ended before it was whole.").into(),
        })?;
        if bytes.iter().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MAX_PARTS {
            return Err(Error::invalid("", format!("This is too much at once: a body can have at most {MAX_PARTS} values.")).into());
        }
        let bytes = if bytes.is_empty() { &b"{}"[..] } else { &bytes };
        let value: Value = serde_json::from_slice(bytes).map_err(|error| Error::invalid("", format!("This is no JSON: {error}.")))?;
        let mut violations = Violations::new();
        bound(&value, "", &mut violations);
        if !violations.is_empty() {
            return Err(Refusal::Body(violations));
        }
        let (value, unknown) = Strict::of(value);
        let read = serde_path_to_error::deserialize(value);
        for place in unknown.take().into_iter().take(MAX_TOLD) {
            violations.add(place, NOT_UNDERSTOOD);
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

/// Adds a violation for each list in a body that is too long.
fn bound(value: &Value, path: &str, violations: &mut Violations) {
    let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Array(items) => {
            violations.bound(path, items.len());
            for (at, item) in items.iter().enumerate().take(MAX_ITEMS) {
                bound(item, &format!("{path}[{at}]"), violations);
            }
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| bound(value, &inside(name), violations)),
        _ => {}
    }
}

/// A field that was given: `null` means empty. For `#[serde(default, deserialize_with = "given")]`, where a missing one stays `None`.
pub(super) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Some(Option::deserialize(deserializer)?.unwrap_or_default()))
}

/// A value stored as sent, including `null`, which deletes the stored one. Used like [`given`].
pub(super) fn sent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(deserializer).map(Some)
}

/// The field of a draft as the wire spells it: `access.0.user_name` is `clientDetails.serviceAccessDetails[0].hostedManager.userName`.
pub(super) fn wire_field(field: &str) -> String {
    // The fields of a credential set stand beside its name.
    let field = field.strip_prefix("fields.").unwrap_or(field);
    let list = field.split('.').next().unwrap_or_default();
    let mut wire = String::new();
    for part in field.split('.') {
        if part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty() {
            wire += &format!("[{part}]");
            continue;
        }
        if !wire.is_empty() {
            wire.push('.');
        }
        wire += &match (list, part) {
            ("access", "technology") => "technology.id".to_owned(),
            ("access", part) if part != list => format!("hostedManager.{}", camel(part)),
            ("providers", part) if part != list => camel(part),
            ("images", "title") => "name".to_owned(),
            ("notifications", "kind") => "notifyType".to_owned(),
            ("notifications", part) if part != list => camel(&format!("notify_{part}")),
            (_, part) => renamed(part).map_or_else(|| camel(part), str::to_owned),
        };
    }
    wire
}

/// Fields that the wire doesn't merely spell in camel case.
fn renamed(field: &str) -> Option<&'static str> {
    Some(match field {
        "external_id" => "extOrgId",
        "phone" => "phoneNumber",
        "mobile" => "mobileNumber",
        "allowed_ips" => "whiteListedIps",
        "access" => "clientDetails.serviceAccessDetails",
        "providers" => "clientDetails.internetSPDetails",
        "services" => "clientDetails.services",
        "images" => "clientDetails.networkArchitectures",
        "login" => "loginName",
        "record_type" => "type",
        "all_credentials" => "allCredentials",
        "permission_sets" => "permissions",
        "alternate_email" => "altEmail",
        "notifications" => "userNotifications",
        "account_type" => "userAccountType",
        "mask" => "maskType",
        "search_query" => "filterCriteria.searchQuery",
        "current" => "currentPassword",
        "new" => "newPassword",
        "confirmation" => "confirmPassword",
        _ => return None,
    })
}

fn camel(field: &str) -> String {
    let mut camel = String::new();
    for (at, word) in field.split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if at > 0 => camel.extend(first.to_uppercase()),
            Some(first) => camel.push(first),
            None => {}
        }
        camel.extend(letters);
    }
    camel
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn fields_are_named_as_the_request_spells_them() {
        for (draft, wire) in [
            ("time_zone", "timeZone"),
            ("external_id", "extOrgId"),
            ("access.0.ip_address", "clientDetails.serviceAccessDetails[0].hostedManager.ipAddress"),
            ("access.1.technology", "clientDetails.serviceAccessDetails[1].technology.id"),
            ("access", "clientDetails.serviceAccessDetails"),
            ("providers.0.phone", "clientDetails.internetSPDetails[0].phone"),
            ("images.2.title", "clientDetails.networkArchitectures[2].name"),
            ("phone", "phoneNumber"),
            ("2.id", "[2].id"),
            ("fields.syncDataTS", "syncDataTS"),
            ("0.name", "[0].name"),
            ("", ""),
        ] {
            assert_eq!(wire_field(draft), wire);
        }
    }

    #[test]
    fn every_list_that_is_too_long_is_named() {
        let long = vec![0; MAX_ITEMS + 1];
        let body = serde_json::json!({ "users": &long, "name": "x", "details": [{ "roles": [] }, { "roles": &long }], "few": [1, 2] });
        let mut violations = Violations::new();
        bound(&body, "", &mut violations);
        let fields: BTreeSet<_> = violations.iter().map(|violation| wire_field(&violation.field)).collect();
        assert_eq!(fields.iter().map(String::as_str).collect::<Vec<_>>(), ["details[1].roles", "users"]);
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
