//! What a form for credentials of a type asks for, given what is chosen in it: an SNMP community means nothing to version 3, a set for SSH
//! with a key pair has no password.
//!
//! This is for forms alone. The API takes every field of a set at any time, and a set in several calls, as scripts send it.

use crate::{CredentialField, CredentialType};

/// How much a set of credentials needs a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldNeed {
    /// The set is useless without it.
    Required,
    /// The set can have it.
    Optional,
    /// The field has no meaning in the set.
    Unused,
}

impl CredentialType {
    /// How much a set of a type needs a field, where `value` says what is chosen in other fields.
    #[must_use]
    pub fn need(credential_type: &str, field: CredentialField, value: impl Fn(CredentialField) -> String) -> FieldNeed {
        use CredentialField as F;
        let is = |field, word: &str| value(field) == word;
        let only = |meant: bool, need: FieldNeed| if meant { need } else { FieldNeed::Unused };
        let Some(kind) = Self::of(credential_type) else { return FieldNeed::Optional };
        match (kind.key, field) {
            ("SNMP", F::Community) => only(!is(F::SnmpVersion, "V3"), FieldNeed::Required),
            ("SNMP", F::SecurityName | F::SecurityLevel) => only(is(F::SnmpVersion, "V3"), FieldNeed::Required),
            ("SNMP", F::SnmpContext) => only(is(F::SnmpVersion, "V3"), FieldNeed::Optional),
            ("SNMP", F::AuthProtocol | F::Password) => {
                only(is(F::SnmpVersion, "V3") && (is(F::SecurityLevel, "AUTHNOPRIV") || is(F::SecurityLevel, "AUTHPRIV")), FieldNeed::Required)
            }
            ("SNMP", F::EncryptPassword) => only(is(F::SnmpVersion, "V3") && is(F::SecurityLevel, "AUTHPRIV"), FieldNeed::Required),
            ("SSH", F::Password) => only(!is(F::SshCredentialType, "KEYPAIR"), FieldNeed::Required),
            ("SSH", F::PrivateKey) => only(is(F::SshCredentialType, "KEYPAIR"), FieldNeed::Required),
            ("SSH", F::PrivateKeyPassphrase) => only(is(F::SshCredentialType, "KEYPAIR"), FieldNeed::Optional),
            ("AWS", F::AccountName | F::AccountKey)
            | ("AZURE", F::AccountId | F::ManagementCertificate)
            | ("DATABASE" | "HTTP" | "STORAGE" | "VMWARE" | "WINDOWS", F::UserName | F::Password)
            | ("SSH", F::UserName)
            | ("TELNET" | "VNC", F::Password) => FieldNeed::Required,
            _ => FieldNeed::Optional,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CREDENTIAL_TYPES;

    /// The fields that a form must have filled, given some choices.
    fn required(kind: &str, chosen: &[(CredentialField, &str)]) -> Vec<&'static str> {
        let value = |field: CredentialField| {
            let chosen = chosen.iter().find(|(other, _)| *other == field).map(|(_, word)| *word);
            chosen.unwrap_or(field.default_value()).to_owned()
        };
        let fields = CredentialType::fields(kind).into_iter();
        fields.filter(|field| CredentialType::need(kind, *field, value) == FieldNeed::Required).map(CredentialField::key).collect()
    }

    #[test]
    fn what_is_chosen_decides_what_is_needed() {
        use CredentialField::{SecurityLevel, SnmpVersion, SshCredentialType};
        assert_eq!(required("SNMP", &[]), ["community"]);
        assert_eq!(required("SNMP", &[(SnmpVersion, "V3")]), ["securityLevel", "securityName"]);
        let full = [(SnmpVersion, "V3"), (SecurityLevel, "AUTHPRIV")];
        assert_eq!(required("snmp", &full), ["securityLevel", "securityName", "authProtocol", "password", "encryptPassword"]);
        assert_eq!(required("SSH", &[]), ["userName", "password"]);
        assert_eq!(required("SSH", &[(SshCredentialType, "KEYPAIR")]), ["userName", "privateKey"]);
        assert!(required("CARRIER PIGEON", &[]).is_empty());
    }

    #[test]
    fn no_type_with_a_form_does_without_a_secret() {
        for kind in CREDENTIAL_TYPES {
            let needed = required(kind.key, &[]);
            let secret = |key: &&str| CredentialField::from_key(key).is_some_and(CredentialField::is_secret);
            assert!(needed.iter().any(secret), "{}: {needed:?}", kind.key);
        }
    }
}
