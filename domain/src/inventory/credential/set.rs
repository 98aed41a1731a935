//! Credential sets: how devices are signed in to. Secrets go in and never come out again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

use crate::{
    Change, ClientSummary, CredentialField, CredentialSetId, CredentialType, Draft, NameSort, OfClient, Query, Secret, Timestamp, Violations, limits,
    text,
};

/// A view of the list of credential sets: all, or those of a type.
pub type CredentialSetQuery = Query<NameSort, OfClient<Option<CredentialType>>>;

/// A credential set as typed or sent, in part: what is left out stays as it is.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CredentialSetDraft {
    /// Required for a new one.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// A key of [`crate::CREDENTIAL_TYPES`] or another text. Required for a new one.
    pub credential_type: Option<String>,
    /// The fields that are set; an empty one goes back to its default, and an empty secret is removed.
    pub fields: BTreeMap<CredentialField, String>,
}

impl fmt::Debug for CredentialSetDraft {
    /// Without the values: secrets are among them, and this may be logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialSetDraft").field("name", &self.name).field("fields", &self.fields.keys()).finish_non_exhaustive()
    }
}

/// What may be shown of a credential set, in its normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialSetDetails {
    /// Unique among those of its client or of the partner.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its type.
    pub credential_type: String,
    /// The fields that have a value, without secrets.
    pub fields: BTreeMap<CredentialField, String>,
}

impl CredentialSetDetails {
    /// The value of a field that is no secret.
    #[must_use]
    pub fn value(&self, field: CredentialField) -> &str {
        self.fields.get(&field).map_or(field.default_value(), String::as_str)
    }
}

/// A credential set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialSet {
    /// Identifier.
    pub id: CredentialSetId,
    /// The client it belongs to; none for the partner's own.
    pub client: Option<ClientSummary>,
    /// What may be shown of it.
    pub details: CredentialSetDetails,
    /// The secrets that are stored, by their names alone.
    pub secrets: BTreeSet<CredentialField>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

/// The change that a draft makes to a credential set. Its secrets are unencrypted; the service encrypts them.
pub struct CredentialSetChange {
    /// What may be shown.
    pub details: CredentialSetDetails,
    /// Secrets that are new.
    pub typed: BTreeMap<CredentialField, Secret>,
    /// Secrets that stay.
    pub stored: BTreeSet<CredentialField>,
}

/// With another type, the fields that the new type's form doesn't have are removed, secrets too. Violations of [`CredentialSetDraft::fields`] are named
/// `fields.port`.
impl Draft for CredentialSetDraft {
    /// The details and secrets that are stored; empty for a new set.
    type Context<'a> = (&'a CredentialSetDetails, &'a BTreeSet<CredentialField>);
    type Checked = CredentialSetChange;

    fn check(self, (before, stored): (&CredentialSetDetails, &BTreeSet<CredentialField>)) -> Result<CredentialSetChange, Violations> {
        let mut violations = Violations::new();
        let mut change = CredentialSetChange { details: before.clone(), typed: BTreeMap::new(), stored: stored.clone() };
        let details = &mut change.details;
        let name = self.name.unwrap_or_else(|| before.name.clone());
        let name = text::required_line(&name, limits::NAME, "Enter the credential set's name.");
        details.name = violations.accept("name", name).unwrap_or_default();
        if let Some(typed) = self.description {
            details.description = violations.accept("description", text::limited(&typed, limits::DESCRIPTION)).unwrap_or_default();
        }
        let kind = self.credential_type.unwrap_or_else(|| before.credential_type.clone());
        let kind = match CredentialType::of(&kind) {
            Some(known) => Ok(known.key.to_owned()),
            None => text::required_line(&kind, limits::CREDENTIAL_TYPE, "Choose the type of the credentials."),
        };
        details.credential_type = violations.accept("credential_type", kind).unwrap_or_default();
        if details.credential_type != before.credential_type {
            let fields = CredentialType::fields(&details.credential_type);
            details.fields.retain(|field, _| fields.contains(field));
            change.stored.retain(|field| fields.contains(field));
        }
        for (field, typed) in self.fields {
            let Some(value) = violations.accept(&format!("fields.{}", field.key()), field.normal(&typed)) else { continue };
            let is_empty = value.is_empty() || typed.trim().is_empty();
            if field.is_secret() {
                change.stored.remove(&field);
                if !value.is_empty() {
                    change.typed.insert(field, value.into());
                }
            } else if is_empty {
                details.fields.remove(&field);
            } else {
                details.fields.insert(field, value);
            }
        }
        violations.checked(change)
    }
}

impl CredentialSetChange {
    /// What differs from the state before. Of a secret only whether there is one, and whether it is new.
    #[must_use]
    pub fn changes(&self, before: &CredentialSetDetails, stored: &BTreeSet<CredentialField>) -> Vec<Change> {
        let after = &self.details;
        let texts = [
            ("name", "Name", &before.name, &after.name),
            ("description", "Description", &before.description, &after.description),
            ("credential_type", "Type", &before.credential_type, &after.credential_type),
        ];
        let texts = texts.into_iter().filter_map(|(field, label, before, after)| Change::of(field, label, before, after));
        let fields = CredentialField::ALL.iter().filter_map(|field| {
            let (key, label) = (field.key(), field.label());
            if !field.is_secret() {
                return Change::of(key, label, before.value(*field), after.value(*field));
            }
            let before = if stored.contains(field) { "stored" } else { "" };
            let after = match (self.typed.contains_key(field), self.stored.contains(field)) {
                (true, _) => "new",
                (false, true) => "stored",
                (false, false) => "",
            };
            Change::of(key, label, before, after)
        });
        texts.chain(fields).collect()
    }
}

/// A credential set in a list, and wherever else it is mentioned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialSetSummary {
    /// Identifier.
    pub id: CredentialSetId,
    /// Name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use CredentialField::{Community, EsxUserName, Password, Port, UserName};

    fn draft(credential_type: &str, fields: &[(CredentialField, &str)]) -> CredentialSetDraft {
        CredentialSetDraft {
            name: Some("Set".into()),
            description: None,
            credential_type: Some(credential_type.into()),
            fields: fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect(),
        }
    }

    #[test]
    fn a_secret_is_new_kept_or_gone() {
        let (empty, none) = (CredentialSetDetails::default(), BTreeSet::new());
        let made = draft("ssh", &[(UserName, "root"), (Password, "hunter2"), (Port, "0")]).check((&empty, &none)).unwrap();
        assert_eq!((made.details.credential_type.as_str(), made.details.fields.len()), ("SSH", 2), "what is given is stored, be it the default");
        assert_eq!(made.typed.keys().collect::<Vec<_>>(), [&Password]);
        assert!(!format!("{:?}", made.changes(&empty, &none)).contains("hunter2"));

        let stored = BTreeSet::from([Password]);
        let renamed = CredentialSetDraft { name: Some("Other".into()), ..Default::default() }.check((&made.details, &stored)).unwrap();
        assert_eq!((renamed.stored.len(), renamed.typed.len(), renamed.changes(&made.details, &stored).len()), (1, 0, 1));
        let removed = draft("SSH", &[(Password, "")]).check((&made.details, &stored)).unwrap();
        assert!(removed.stored.is_empty() && removed.typed.is_empty());
        assert_eq!(removed.changes(&made.details, &stored)[0].after, "");
        let emptied = draft("SSH", &[(Port, "")]).check((&made.details, &stored)).unwrap();
        assert_eq!(emptied.details.fields.keys().collect::<Vec<_>>(), [&UserName], "what is emptied goes");
    }

    #[test]
    fn another_type_leaves_nothing_of_the_old_one_behind() {
        let before =
            draft("VMWARE", &[(UserName, "root"), (EsxUserName, "esx")]).check((&CredentialSetDetails::default(), &BTreeSet::new())).unwrap();
        let stored = BTreeSet::from([Password, CredentialField::EsxPassword]);
        let after = draft("WINDOWS", &[]).check((&before.details, &stored)).unwrap();
        assert_eq!(after.details.fields.keys().collect::<Vec<_>>(), [&UserName]);
        assert_eq!(after.stored, BTreeSet::from([Password]));
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let wrong = CredentialSetDraft { fields: BTreeMap::from([(Port, "x".into()), (Community, "y".repeat(501))]), ..Default::default() };
        let Err(violations) = wrong.check((&CredentialSetDetails::default(), &BTreeSet::new())) else { panic!("it passed") };
        let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["name", "credential_type", "fields.community", "fields.port"]);
    }

    #[test]
    fn no_secret_gets_into_a_log() {
        assert!(!format!("{:?}", draft("SSH", &[(Password, "hunter2")])).contains("hunter2"));
    }
}
