//! Clients: their states, and how a client is read.

mod changes;
mod draft;
mod hub;
mod import;
mod network;
mod query;
mod settings;

use serde::{Deserialize, Serialize};

pub use changes::{Change, changes, merge};
pub use draft::{ClientDraft, ClientProfile, MAX_IMAGES, SECTION_SECRETS, ServiceDraft};
pub use hub::{ClientCounts, ClientHub};
pub use import::{
    CLIENT_COLUMNS, CLIENT_FILE_TOO_LARGE, CLIENT_FILE_TOO_LONG, ClientColumn, ClientFileColumn, ClientImportReading, ClientImportReport, LEFT_OUT,
    MAX_CLIENT_FILE_BYTES, MAX_CLIENT_ROWS, MAX_FILE_COLUMNS,
};
pub use network::{AlternateAccessDraft, AlternateAccessType, InternetProviderDraft, MAX_ROWS};
pub use query::{ClientFilter, ClientQuery, ClientSort, StatusFilter};
pub use settings::{AGENT_MONITORING_HOURS, IgnoreAlerts, MaintenanceState};

use crate::{ClientId, JobId, PartnerId, PermissionBits, Timestamp, UserSummary, choice::choice};

choice!(
    /// What state a client is in.
    ClientStatus {
        /// Its users work.
        Active = "active", "Active";
        /// Its users can't sign in until it is activated again.
        Suspended = "suspended", "Suspended";
        /// Out of service for good, while its data is being erased.
        Terminating = "terminating", "Terminating";
        /// Out of service for good, and erased but for its bare record.
        Terminated = "terminated", "Terminated";
    }
);

impl ClientStatus {
    /// Whether it was terminated: nothing of it changes any more, and it never comes back.
    #[must_use]
    pub const fn is_terminated(self) -> bool {
        matches!(self, Self::Terminating | Self::Terminated)
    }
}

/// How much of a client is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The job that erases it.
    pub job: JobId,
    /// Whole per cent; none while the total isn't known.
    pub percent: Option<u8>,
}

/// A client in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientRow {
    /// Identifier, the "unique id".
    pub id: ClientId,
    /// Name.
    pub name: String,
    /// State.
    pub status: ClientStatus,
    /// How much of it is erased, while it is terminating.
    pub erasure: Option<Erasure>,
    /// Alpha-3 code.
    pub country: String,
    /// IANA name.
    pub time_zone: String,
    /// External id; empty for none.
    pub external_id: String,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// What the reader may do there.
    pub may: PermissionBits,
}

/// The least one needs to mention a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSummary {
    /// Identifier.
    pub id: ClientId,
    /// Name.
    pub name: String,
}

/// A client with everything that may be shown of it. Secrets are not: a row that has one says `password_kept`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// Identifier.
    pub id: ClientId,
    /// The partner it belongs to.
    pub partner: PartnerId,
    /// State.
    pub status: ClientStatus,
    /// Every setting.
    pub details: ClientDraft,
    /// When it was created.
    pub created: Timestamp,
    /// By whom; none for demo data.
    pub created_by: Option<UserSummary>,
    /// When it was last changed.
    pub updated: Timestamp,
    /// By whom.
    pub updated_by: Option<UserSummary>,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
    /// What the reader may do there.
    pub may: PermissionBits,
}
