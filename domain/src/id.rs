//! Identifiers, spelled as in the API (docs/spec/rest-api.md, "Identifiers").

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A number behind a prefix, `client_9`. It travels as that text, so that a page, a log line and the API show the same.
macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(i64);

        impl $name {
            /// From the number in the database.
            #[must_use]
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            /// The number in the database.
            #[must_use]
            pub const fn number(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = UnknownId;
            fn from_str(text: &str) -> Result<Self, UnknownId> {
                let digits = text.strip_prefix($prefix).ok_or(UnknownId)?;
                let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
                if plain { digits.parse().map(Self).map_err(|_| UnknownId) } else { Err(UnknownId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnknownId;
            fn try_from(text: String) -> Result<Self, UnknownId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

/// A text that is no identifier of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is not an id of the expected kind.")]
pub struct UnknownId;

numbered!(
    /// A partner: `msp_1`.
    PartnerId, "msp_"
);
numbered!(
    /// A client of a partner: `client_9`. Counted by a counter that survives deletion.
    ClientId, "client_"
);
numbered!(
    /// An item of a catalogue. The API knows it by the bare number.
    CatalogueId, ""
);
numbered!(
    /// An API key: `key_3`.
    ApiKeyId, "key_"
);
numbered!(
    /// A session, by the number of its sign-in: `session_8`.
    SessionId, "session_"
);
numbered!(
    /// A job: `job_12`.
    JobId, "job_"
);
numbered!(
    /// An audit record: `audit_1000000000042` is the forty-second of `msp_1`.
    AuditId, "audit_"
);
numbered!(
    /// A report: `report_5`.
    ReportId, "report_"
);
numbered!(
    /// A backup of a client: `backup_4`.
    BackupId, "backup_"
);
numbered!(
    /// A run of a report: `run_7`.
    ReportRunId, "run_"
);

numbered!(
    /// An AWS account: `aws_3`.
    AwsAccountId, "aws_"
);

/// A user: `USR` and ten digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(i64);

impl UserId {
    /// From the number in the database.
    #[must_use]
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number in the database.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "USR{:010}", self.0)
    }
}

impl FromStr for UserId {
    type Err = UnknownId;
    fn from_str(text: &str) -> Result<Self, UnknownId> {
        let digits = text.strip_prefix("USR").filter(|digits| digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        digits.and_then(|digits| digits.parse().ok()).map(Self).ok_or(UnknownId)
    }
}

impl TryFrom<String> for UserId {
    type Error = UnknownId;
    fn try_from(text: String) -> Result<Self, UnknownId> {
        text.parse()
    }
}

impl From<UserId> for String {
    fn from(id: UserId) -> Self {
        id.to_string()
    }
}

/// A partner or a client: whatever may stand for `{t}` in a path of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum TenantId {
    /// The managed service provider itself.
    Partner(PartnerId),
    /// One of its clients.
    Client(ClientId),
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partner(id) => id.fmt(f),
            Self::Client(id) => id.fmt(f),
        }
    }
}

impl FromStr for TenantId {
    type Err = UnknownId;
    fn from_str(text: &str) -> Result<Self, UnknownId> {
        text.parse().map(Self::Partner).or_else(|_| text.parse().map(Self::Client))
    }
}

impl TryFrom<String> for TenantId {
    type Error = UnknownId;
    fn try_from(text: String) -> Result<Self, UnknownId> {
        text.parse()
    }
}

impl From<TenantId> for String {
    fn from(id: TenantId) -> Self {
        id.to_string()
    }
}

impl From<PartnerId> for TenantId {
    fn from(id: PartnerId) -> Self {
        Self::Partner(id)
    }
}

impl From<ClientId> for TenantId {
    fn from(id: ClientId) -> Self {
        Self::Client(id)
    }
}

/// A UUID, lower case, behind a prefix: `ROLE-2912ca9f-…`.
macro_rules! uuid {
    ($(#[$doc:meta])* $name:ident) => { uuid!($(#[$doc])* $name, ""); };
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// A new one, of a bare UUID.
            ///
            /// # Errors
            /// [`UnknownId`] if it isn't one.
            pub fn of_uuid(uuid: &str) -> Result<Self, UnknownId> {
                format!(concat!($prefix, "{}"), uuid).parse()
            }

            /// The text in the database.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = UnknownId;
            fn from_str(text: &str) -> Result<Self, UnknownId> {
                let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                let bare = text.strip_prefix($prefix).ok_or(UnknownId)?;
                let shaped = bare.len() == 36 && bare.bytes().enumerate().all(|(at, byte)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { hex(byte) });
                if shaped { Ok(Self(text.to_owned())) } else { Err(UnknownId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnknownId;
            fn try_from(text: String) -> Result<Self, UnknownId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

uuid!(
    /// A draft of a client that is still being typed.
    DraftId
);
uuid!(
    /// An image of a network architecture.
    ImageId
);
uuid!(
    /// A file of clients, from its upload until its import is over.
    ClientImportId
);
uuid!(
    /// An archive of a backup, from its upload until it is restored.
    RestoreId
);

uuid!(
    /// A role.
    RoleId, "ROLE-"
);
uuid!(
    /// A group of users.
    UserGroupId, "USRGRP-"
);
uuid!(
    /// A permission set. The API knows it by a number too.
    PermissionSetId, "PSET-"
);
uuid!(
    /// A group of devices.
    DeviceGroupId, "DGP-"
);
uuid!(
    /// A device.
    DeviceId
);

/// A credential set: 24 letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CredentialSetId(String);

impl CredentialSetId {
    /// A new one, of random bytes.
    #[must_use]
    pub fn of_bytes(bytes: [u8; 32]) -> Self {
        const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        Self(bytes.iter().take(24).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect())
    }

    /// The text in the database.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CredentialSetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CredentialSetId {
    type Err = UnknownId;
    fn from_str(text: &str) -> Result<Self, UnknownId> {
        let shaped = text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if shaped { Ok(Self(text.to_owned())) } else { Err(UnknownId) }
    }
}

impl TryFrom<String> for CredentialSetId {
    type Error = UnknownId;
    fn try_from(text: String) -> Result<Self, UnknownId> {
        text.parse()
    }
}

impl From<CredentialSetId> for String {
    fn from(id: CredentialSetId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_ids_round_trip_and_refuse_everything_else() {
        assert_eq!("client_9".parse(), Ok(ClientId::new(9)));
        assert_eq!(ClientId::new(9).to_string(), "client_9");
        for wrong in ["", "client_", "client_09", "client_-1", "client_+1", "client_9 ", "msp_9", "client_99999999999999999999"] {
            assert_eq!(wrong.parse::<ClientId>(), Err(UnknownId), "{wrong}");
        }
    }

    #[test]
    fn a_user_id_has_ten_digits() {
        assert_eq!(UserId::new(11).to_string(), "USR0000000011");
        assert_eq!("USR0000000011".parse(), Ok(UserId::new(11)));
        assert_eq!("USR11".parse::<UserId>(), Err(UnknownId));
    }

    #[test]
    fn a_tenant_is_a_partner_or_a_client() {
        assert_eq!("msp_1".parse(), Ok(TenantId::Partner(PartnerId::new(1))));
        assert_eq!("client_8".parse(), Ok(TenantId::Client(ClientId::new(8))));
        assert_eq!("tenant_8".parse::<TenantId>(), Err(UnknownId));
    }

    #[test]
    fn a_uuid_is_lower_case_and_complete() {
        assert!("2912ca9f-5c62-451f-82a8-8c08ca9c9447".parse::<DraftId>().is_ok());
        assert!("2912CA9F-5c62-451f-82a8-8c08ca9c9447".parse::<DraftId>().is_err());
        assert!("../../etc/passwd".parse::<ImageId>().is_err());
    }

    #[test]
    fn the_directory_s_ids_are_the_contract_s() {
        assert!("ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd".parse::<RoleId>().is_ok());
        assert!("0074b24b-5c0b-2332-dd99-fea506f6cebd".parse::<RoleId>().is_err());
        assert!("DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43".parse::<DeviceGroupId>().is_ok());
        assert!("mmtKsSTyXYqtEtrRMRSmWjAh".parse::<CredentialSetId>().is_ok());
        assert!("mmtKsSTyXYqtEtrRMRSmWjA/".parse::<CredentialSetId>().is_err());
        let random = CredentialSetId::of_bytes([250; 32]);
        assert_eq!(random.to_string().parse(), Ok(random));
    }
}
