//! What accounts can be asked by.

use domain::{AwsAccountFilter, AwsAccountKind, AwsAccountState, AwsStatus, NameSort};

use crate::{
    listed::{BY_NAME, Listed},
    patterns::{AWS_ACCOUNT, CLIENT, TEXT},
    query_string::Pairs,
};

const STATES: &str = "(discovered|onboarding|onboarded|pending|failed)";
const STATUSES: &str = "(active|pending|suspended|pending-closure|closed|gone)";
const FLAG: &str = "(true|false)";

/// What all accounts can be asked by.
pub(crate) struct Accounts;

impl Listed for Accounts {
    type Sort = NameSort;
    const KEYS: &[(&'static str, &'static str)] = &[
        ("name", TEXT),
        ("accountId", TEXT),
        ("kind", "(management|single|member)"),
        ("managementId", AWS_ACCOUNT),
        ("clientUniqueId", CLIENT),
        ("associated", FLAG),
        ("state", STATES),
        ("status", STATUSES),
    ];
    const EXAMPLE: &'static str = "kind:member";
    const SORTS: &[(&'static str, NameSort)] = BY_NAME;
}

/// What the members of one management account can be asked by.
pub(crate) struct Members;

impl Listed for Members {
    type Sort = NameSort;
    const KEYS: &[(&'static str, &'static str)] =
        &[("name", TEXT), ("accountId", TEXT), ("clientUniqueId", CLIENT), ("associated", FLAG), ("state", STATES), ("status", STATUSES)];
    const EXAMPLE: &'static str = "state:onboarded";
    const SORTS: &[(&'static str, NameSort)] = BY_NAME;
}

/// Reads what is asked. A key that a list doesn't have was refused before.
pub(crate) fn filter(pairs: &mut Pairs) -> AwsAccountFilter {
    AwsAccountFilter {
        name: pairs.text("name").unwrap_or_default().to_owned(),
        number: pairs.text("accountId").unwrap_or_default().to_owned(),
        kind: pairs.value("kind", "management, single or member", AwsAccountKind::from_key),
        management: pairs.value("managementId", "an account's id such as aws_1", |id| id.parse().ok()),
        client: pairs.value("clientUniqueId", "a client's id such as client_8", |id| id.parse().ok()),
        is_associated: pairs.value("associated", "true or false", |flag| flag.to_ascii_lowercase().parse().ok()),
        state: pairs.value("state", "discovered, onboarding, onboarded, pending or failed", AwsAccountState::from_key),
        status: pairs.value("status", "active, pending, suspended, pending-closure, closed or gone", AwsStatus::from_key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pattern: &str) -> Vec<&str> {
        pattern.trim_matches(['(', ')']).split('|').collect()
    }

    #[test]
    fn patterns_have_every_state() {
        assert_eq!(words(STATES), AwsAccountState::ALL.iter().map(|state| state.key()).collect::<Vec<_>>());
        assert_eq!(words(STATUSES), AwsStatus::ALL.iter().map(|status| status.key()).collect::<Vec<_>>());
        let kinds = Accounts::KEYS.iter().find(|(key, _)| *key == "kind").map(|(_, pattern)| words(pattern));
        assert_eq!(kinds, Some(AwsAccountKind::ALL.iter().map(|kind| kind.key()).collect()));
    }
}
