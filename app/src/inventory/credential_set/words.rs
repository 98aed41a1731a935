//! The words for what credential sets hold.

use domain::{CredentialField, CredentialType, FieldShape};

/// The name of a type; a type without a form of its own is named by itself.
pub(super) fn type_label(key: &str) -> String {
    CredentialType::of(key).map_or_else(|| key.to_owned(), |kind| kind.label.to_owned())
}

/// What signs in to devices of a type, as its choice explains it.
pub(super) fn type_about(key: &str) -> &'static str {
    match key {
        "AWS" => "Account and access key of Amazon Web Services",
        "AZURE" => "Account and management certificate of Microsoft Azure",
        "DATABASE" => "User of a database server",
        "HTTP" => "User of a web service or API",
        "SNMP" => "Community, or user of version 3",
        "SSH" => "Password or key pair for a shell",
        "STORAGE" => "Storage systems and their processors",
        "TELNET" => "Password for a terminal without encryption",
        "VMWARE" => "vCenter and ESX hosts",
        "VNC" => "Password for a remote screen",
        "WINDOWS" => "Windows account, also of a domain",
        _ => "",
    }
}

/// A word of a field with a choice, for people. Those of other fields stay as they are.
pub(super) fn word(word: &str) -> String {
    match word {
        "V1" => "Version 1",
        "V2" => "Version 2",
        "V3" => "Version 3",
        "NOAUTHNOPRIV" => "Neither authentication nor encryption",
        "AUTHNOPRIV" => "Authentication, no encryption",
        "AUTHPRIV" => "Authentication and encryption",
        "PASSWORD" => "Password",
        "KEYPAIR" => "Key pair",
        "TELNET" => "Telnet",
        "APIANDCLI" => "API and CLI",
        "SMIS" => "SMI-S",
        "UNKNOWN" => "Not known",
        other => other,
    }
    .to_owned()
}

/// A value that is no secret, for people.
pub(super) fn value_label(field: CredentialField, value: &str) -> String {
    match (field.shape(), value) {
        (FieldShape::Flag, "true") => "Yes".to_owned(),
        (FieldShape::Flag, _) => "No".to_owned(),
        (FieldShape::Choice(_), chosen) => word(chosen),
        (_, "0") if is_port(field) => "The usual one".to_owned(),
        (_, value) => value.to_owned(),
    }
}

/// Whether 0 stands for the usual one.
pub(super) const fn is_port(field: CredentialField) -> bool {
    matches!(field, CredentialField::Port | CredentialField::SpPort)
}

/// What to do about a field that is needed and empty.
pub(super) fn missing(field: CredentialField) -> String {
    let label = field.label();
    let mut letters = label.chars();
    let (first, second) = (letters.next(), letters.next());
    // “User name” goes on in small letters within a sentence, “API endpoint” doesn't.
    let inside = match (first, second) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(label.chars().skip(1)).collect(),
        _ => label.to_owned(),
    };
    match field.shape() {
        FieldShape::Choice(_) => format!("Choose the {inside}."),
        _ => format!("Enter the {inside}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_values_read_well() {
        use CredentialField::{EsxPassword, Port, SecurityLevel, UserName};
        assert_eq!(missing(UserName), "Enter the user name.");
        assert_eq!(missing(EsxPassword), "Enter the ESX password.");
        assert_eq!(missing(SecurityLevel), "Choose the security level.");
        assert_eq!(value_label(Port, "0"), "The usual one");
        assert_eq!(value_label(Port, "22"), "22");
        assert_eq!(value_label(CredentialField::Secure, "true"), "Yes");
    }

    #[test]
    fn every_type_and_every_choice_has_words() {
        assert!(domain::CREDENTIAL_TYPES.iter().all(|kind| !type_about(kind.key).is_empty()));
        assert_eq!((type_label("vmware"), type_label("Carrier pigeon")), ("VMware".to_owned(), "Carrier pigeon".to_owned()));
        assert_eq!(word("HTTP"), "HTTP");
    }
}
