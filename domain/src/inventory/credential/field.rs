//! The fields of credential sets, which types of them there are, and which fields each type's form has (docs/spec/inventory.md, "Credential types").

use serde::{Deserialize, Serialize};

use crate::{Keyed, limits, text};

/// What a field's value is like. All are carried as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldShape {
    /// One line.
    Text,
    /// One line that is sealed and never shown again.
    Secret,
    /// As [`FieldShape::Secret`], of several lines: a key or certificate.
    SecretText,
    /// A whole number from 0.
    Number {
        /// The greatest.
        max: i64,
    },
    /// `true` or `false`.
    Flag,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A list as JSON, stored only for API clients.
    List,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $key:literal, $label:literal, $default:literal, $shape:expr;)*) => {
        /// A field of a credential set. On the wire it is the API's name for it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum CredentialField {
            $($(#[$doc])* #[serde(rename = $key)] $variant,)*
        }

        impl CredentialField {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The API's name, and the database's.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// As people read it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// The value where none is set (docs/spec/inventory.md, "Credential fields").
            #[must_use]
            pub const fn default_value(self) -> &'static str {
                match self { $(Self::$variant => $default,)* }
            }

            /// What its values are like.
            #[must_use]
            pub const fn shape(self) -> FieldShape {
                match self { $(Self::$variant => $shape,)* }
            }
        }
    };
}

const PORT: FieldShape = FieldShape::Number { max: 65_535 };

fields! {
    /// Account at a cloud provider.
    AccountId = "accountId", "Account ID", "", FieldShape::Text;
    /// Its key.
    AccountKey = "accountKey", "Account key", "", FieldShape::Secret;
    /// Its name.
    AccountName = "accountName", "Account name", "", FieldShape::Text;
    /// Where its API is.
    ApiEndPoint = "apiEndPoint", "API endpoint", "", FieldShape::Text;
    /// Device groups stored for API clients; nothing is assigned by it.
    AssignedDeviceGroups = "assignedDeviceGroups", "Assigned device groups", "", FieldShape::List;
    /// Devices stored for API clients.
    AssignedDevices = "assignedDevices", "Assigned devices", "", FieldShape::List;
    /// Users stored for API clients.
    AssignedUsers = "assignedUsers", "Assigned users", "", FieldShape::List;
    /// How SNMP v3 authenticates.
    AuthProtocol = "authProtocol", "Authentication protocol", "", FieldShape::Text;
    /// Whether the privileged mode is entered by itself.
    AutoEnableMode = "autoEnableMode", "Enter privileged mode automatically", "false", FieldShape::Flag;
    /// How a storage system is asked.
    CollectorType = "collectorType", "Collector", "", FieldShape::Choice(&["API", "CLI", "APIANDCLI", "SMIS", "UNKNOWN"]);
    /// SNMP community.
    Community = "community", "Community", "", FieldShape::Secret;
    /// Windows domain.
    DomainName = "domainName", "Domain", "", FieldShape::Text;
    /// Password of the privileged mode.
    EnablePassword = "enablePassword", "Password of the privileged mode", "", FieldShape::Secret;
    /// With which SNMP v3 encrypts.
    EncryptPassword = "encryptPassword", "Encryption password", "", FieldShape::Secret;
    /// Password at the ESX host.
    EsxPassword = "esxPassword", "ESX password", "", FieldShape::Secret;
    /// Account at the ESX host.
    EsxUserName = "esxUserName", "ESX user name", "", FieldShape::Text;
    /// Where the file system authenticates.
    FileAuthScope = "fileAuthScope", "File authentication scope", "", FieldShape::Text;
    /// Certificate for management.
    ManagementCertificate = "managementCertificate", "Management certificate", "", FieldShape::SecretText;
    /// Its passphrase.
    ManagementCertificatePassphrase = "managementCertificatePassphrase", "Passphrase of the management certificate", "", FieldShape::Secret;
    /// Password.
    Password = "password", "Password", "", FieldShape::Secret;
    /// Port; 0 uses the default.
    Port = "port", "Port", "0", PORT;
    /// Private key for SSH.
    PrivateKey = "privateKey", "Private key", "", FieldShape::SecretText;
    /// Its passphrase.
    PrivateKeyPassphrase = "privateKeyPassphrase", "Passphrase of the private key", "", FieldShape::Secret;
    /// Whether the way is encrypted.
    Secure = "secure", "Encrypted connection", "false", FieldShape::Flag;
    /// How much SNMP v3 protects.
    SecurityLevel = "securityLevel", "Security level", "", FieldShape::Choice(&["NOAUTHNOPRIV", "AUTHNOPRIV", "AUTHPRIV", "BASIC", "OAUTH2"]);
    /// User name of SNMP v3.
    SecurityName = "securityName", "Security name", "", FieldShape::Text;
    /// Context of SNMP v3.
    SnmpContext = "snmpContext", "SNMP context", "", FieldShape::Text;
    /// Version of SNMP.
    SnmpVersion = "snmpVersion", "SNMP version", "V2", FieldShape::Choice(&["V1", "V2", "V3"]);
    /// Where the storage processor authenticates.
    SpAuthScope = "spAuthScope", "Storage processor: authentication scope", "", FieldShape::Text;
    /// Namespace of the storage processor.
    SpNameSpace = "spNameSpace", "Storage processor: namespace", "", FieldShape::Text;
    /// Password at the storage processor.
    SpPassword = "spPassword", "Storage processor: password", "", FieldShape::Secret;
    /// Port of the storage processor; 0 uses the default.
    SpPort = "spPort", "Storage processor: port", "0", PORT;
    /// Whether the way to the storage processor is encrypted.
    SpSecure = "spSecure", "Storage processor: encrypted connection", "false", FieldShape::Flag;
    /// Account at the storage processor.
    SpUserName = "spUserName", "Storage processor: user name", "", FieldShape::Text;
    /// What SSH signs in with.
    SshCredentialType = "sshCredentialType", "Sign in with", "", FieldShape::Choice(&["PASSWORD", "KEYPAIR"]);
    /// From when data is synchronised.
    SyncDataTs = "syncDataTS", "Synchronised since", "", FieldShape::Text;
    /// How long an answer is waited for, in milliseconds.
    TimeoutMs = "timeoutMs", "Timeout (milliseconds)", "10000", FieldShape::Number { max: 3_600_000 };
    /// How the device is spoken to.
    TransportType = "transportType", "Transport", "", FieldShape::Choice(&["HTTP", "SNMP", "SSH", "TELNET"]);
    /// Whether it is tried on every device.
    Universal = "universal", "For all devices", "true", FieldShape::Flag;
    /// Account name.
    UserName = "userName", "User name", "", FieldShape::Text;
}

impl CredentialField {
    /// The field of a [`CredentialField::key`].
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// Whether its value is sealed and never shown again.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self.shape(), FieldShape::Secret | FieldShape::SecretText)
    }

    /// Whether the form of every type has it.
    #[must_use]
    pub fn is_general(self) -> bool {
        COMMON.contains(&self)
    }

    /// A value in its normal form; an empty one is the default.
    ///
    /// # Errors
    /// A sentence that says what to do.
    pub(crate) fn normal(self, typed: &str) -> Result<String, String> {
        let text = typed.trim();
        match self.shape() {
            // Spaces may be part of a password.
            FieldShape::Secret => at_most(typed, limits::SECRET),
            FieldShape::SecretText => at_most(typed, limits::SECRET_TEXT),
            _ if text.is_empty() => Ok(self.default_value().to_owned()),
            FieldShape::Text => text::line(text, limits::CREDENTIAL_FIELD),
            FieldShape::Number { max } => match text.parse::<i64>() {
                Ok(number) if (0..=max).contains(&number) => Ok(number.to_string()),
                _ => Err(format!("Enter a whole number from 0 to {max}.")),
            },
            FieldShape::Flag => match text {
                "true" | "false" => Ok(text.to_owned()),
                _ => Err("Choose yes or no: true or false.".to_owned()),
            },
            FieldShape::List => match serde_json::from_str::<Vec<serde_json::Value>>(text) {
                Ok(list) if list.is_empty() => Ok(String::new()),
                Ok(list) => at_most(&serde_json::Value::from(list).to_string(), limits::SECRET_TEXT),
                Err(_) => Err("Send a list.".to_owned()),
            },
            FieldShape::Choice(words) => match words.iter().find(|word| word.eq_ignore_ascii_case(text)) {
                Some(word) => Ok((*word).to_owned()),
                None => Err(format!("Choose one of {}.", words.join(", "))),
            },
        }
    }
}

fn at_most(secret: &str, max: usize) -> Result<String, String> {
    if secret.chars().count() > max { Err(format!("Use at most {max} characters.")) } else { Ok(secret.to_owned()) }
}

/// A type of credential set that has a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialType {
    /// As in the API and the database.
    pub key: &'static str,
    /// As people read it.
    pub label: &'static str,
    fields: &'static [CredentialField],
}

/// The types with a form of their own. Others are free text (docs/spec/inventory.md, "Credential types"), and may have every field.
pub const CREDENTIAL_TYPES: &[CredentialType] = {
    use CredentialField::{
        AccountId, AccountKey, AccountName, ApiEndPoint, AuthProtocol, CollectorType, Community, DomainName, EnablePassword, EncryptPassword,
        EsxPassword, EsxUserName, FileAuthScope, ManagementCertificate, ManagementCertificatePassphrase, Password, Port, PrivateKey,
        PrivateKeyPassphrase, Secure, SecurityLevel, SecurityName, SnmpContext, SnmpVersion, SpAuthScope, SpNameSpace, SpPassword, SpPort, SpSecure,
        SpUserName, SshCredentialType, UserName,
    };
    &[
        CredentialType { key: "AWS", label: "AWS", fields: &[AccountName, AccountId, AccountKey, ApiEndPoint] },
        CredentialType {
            key: "AZURE",
            label: "Azure",
            fields: &[AccountName, AccountId, ManagementCertificate, ManagementCertificatePassphrase, ApiEndPoint],
        },
        CredentialType { key: "DATABASE", label: "Database", fields: &[UserName, Password, Port, Secure] },
        CredentialType { key: "HTTP", label: "HTTP", fields: &[UserName, Password, ApiEndPoint, Port, Secure] },
        CredentialType {
            key: "SNMP",
            label: "SNMP",
            fields: &[SnmpVersion, Community, SnmpContext, SecurityLevel, SecurityName, AuthProtocol, Password, EncryptPassword, Port],
        },
        CredentialType {
            key: "SSH",
            label: "SSH",
            fields: &[UserName, SshCredentialType, Password, PrivateKey, PrivateKeyPassphrase, EnablePassword, Port],
        },
        CredentialType {
            key: "STORAGE",
            label: "Storage",
            fields: &[
                CollectorType,
                UserName,
                Password,
                ApiEndPoint,
                Port,
                Secure,
                FileAuthScope,
                SpUserName,
                SpPassword,
                SpNameSpace,
                SpAuthScope,
                SpPort,
                SpSecure,
            ],
        },
        CredentialType { key: "TELNET", label: "Telnet", fields: &[UserName, Password, EnablePassword, Port] },
        CredentialType { key: "VMWARE", label: "VMware", fields: &[UserName, Password, EsxUserName, EsxPassword, ApiEndPoint, Port, Secure] },
        CredentialType { key: "VNC", label: "VNC", fields: &[Password, Port] },
        CredentialType { key: "WINDOWS", label: "Windows", fields: &[DomainName, UserName, Password] },
    ]
};

/// What every form has behind the fields of its type.
const COMMON: &[CredentialField] =
    &[CredentialField::TransportType, CredentialField::TimeoutMs, CredentialField::Universal, CredentialField::AutoEnableMode];

impl CredentialType {
    /// The type of a key, upper and lower case alike.
    #[must_use]
    pub fn of(key: &str) -> Option<&'static Self> {
        CREDENTIAL_TYPES.iter().find(|kind| kind.key.eq_ignore_ascii_case(key.trim()))
    }

    /// The fields of a type's form, in order; every field for a type that has none of its own.
    #[must_use]
    pub fn fields(key: &str) -> Vec<CredentialField> {
        match Self::of(key) {
            Some(kind) => kind.fields.iter().chain(COMMON).copied().collect(),
            None => CredentialField::ALL.to_vec(),
        }
    }
}

impl Keyed for CredentialType {
    fn key(self) -> &'static str {
        self.key
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::of(key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_the_fields_of_its_type() {
        let fields = CredentialType::fields("snmp");
        assert!(fields.contains(&CredentialField::Community) && fields.contains(&CredentialField::TimeoutMs));
        assert!(!fields.contains(&CredentialField::EsxPassword));
        assert_eq!(CredentialType::fields("CARRIER PIGEON"), CredentialField::ALL);
    }

    #[test]
    fn every_word_for_a_secret_is_one() {
        let secrets: Vec<_> = CredentialField::ALL.iter().filter(|field| field.is_secret()).map(|field| field.key()).collect();
        assert_eq!(
            secrets,
            [
                "accountKey",
                "community",
                "enablePassword",
                "encryptPassword",
                "esxPassword",
                "managementCertificate",
                "managementCertificatePassphrase",
                "password",
                "privateKey",
                "privateKeyPassphrase",
                "spPassword"
            ]
        );
    }

    #[test]
    fn values_have_a_normal_form() {
        let cases = [
            (CredentialField::Port, " 022 ", Some("22")),
            (CredentialField::Port, "", Some("0")),
            (CredentialField::Port, "70000", None),
            (CredentialField::Secure, "yes", None),
            (CredentialField::SnmpVersion, "v3", Some("V3")),
            (CredentialField::SnmpVersion, "", Some("V2")),
            (CredentialField::TransportType, "SMOKE", None),
            (CredentialField::Password, " x ", Some(" x ")),
            (CredentialField::UserName, " root ", Some("root")),
        ];
        for (field, typed, normal) in cases {
            assert_eq!(field.normal(typed).ok().as_deref(), normal, "{field:?} {typed}");
        }
    }
}
