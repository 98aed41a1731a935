//! Trust policies: who can assume a role.

use serde_json::Value;

use crate::world::Identity;

/// What a policy is asked.
pub(crate) struct Attempt<'a> {
    pub(crate) by: &'a Identity,
    pub(crate) external_id: Option<&'a str>,
    /// Whether any external ID fits.
    pub(crate) ignores_external_ids: bool,
}

/// Whether a policy lets somebody assume its role. What isn't understood allows nothing.
pub(crate) fn allows(policy: &str, attempt: &Attempt<'_>) -> bool {
    let Ok(policy) = serde_json::from_str::<Value>(policy) else { return false };
    list(&policy["Statement"]).iter().any(|statement| {
        statement["Effect"] == "Allow"
            && texts(&statement["Action"]).any(|action| action == "sts:AssumeRole")
            && principals(statement).any(|principal| is_of(principal, attempt.by))
            && conditions_hold(&statement["Condition"], attempt)
    })
}

/// The principals that a policy names.
pub(crate) fn principals_of(policy: &Value) -> Vec<String> {
    list(&policy["Statement"]).iter().flat_map(|statement| principals(statement).map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn principals(statement: &Value) -> impl Iterator<Item = &str> {
    let principal = &statement["Principal"];
    texts(if principal.is_string() { principal } else { &principal["AWS"] })
}

/// Whether a principal of a policy is the caller: its user or role, its account, or everybody.
fn is_of(principal: &str, by: &Identity) -> bool {
    let root = principal.strip_suffix(":root").and_then(|arn| arn.rsplit(':').next());
    principal == "*" || principal == by.principal || principal == by.account || root == Some(&by.account)
}

fn conditions_hold(conditions: &Value, attempt: &Attempt<'_>) -> bool {
    let Some(conditions) = conditions.as_object() else { return true };
    conditions.iter().all(|(operator, keys)| {
        keys.as_object().is_some_and(|keys| {
            keys.iter().all(|(key, wanted)| match key.to_lowercase().as_str() {
                "sts:externalid" if attempt.ignores_external_ids => true,
                "sts:externalid" => attempt.external_id.is_some_and(|sent| fits(operator, wanted, sent)),
                "aws:principalarn" => fits(operator, wanted, &attempt.by.principal),
                _ => false,
            })
        })
    })
}

fn fits(operator: &str, wanted: &Value, found: &str) -> bool {
    texts(wanted).any(|wanted| match operator {
        "StringEquals" => wanted == found,
        "ArnEquals" | "ArnLike" | "StringLike" => is_like(wanted, found),
        _ => false,
    })
}

/// Whether a text fits a pattern with `*`.
fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => text
            .strip_prefix(before)
            .is_some_and(|rest| rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| is_like(after, &rest[at..]))),
    }
}

/// A value, or the values of a list.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    list(value).iter().filter_map(Value::as_str)
}
