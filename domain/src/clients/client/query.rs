//! What can be asked of the list of clients (docs/spec/clients.md, "List").

use serde::{Deserialize, Serialize};

use crate::{ClientId, ClientStatus, ListFilter, Month, Query, Timestamp, choice::choice};

/// What a page asks of the list of clients. What is searched is the name, the unique id and the external id.
pub type ClientQuery = Query<ClientSort, ClientFilter>;

choice!(
    /// What orders the list. The id decides between equal rows.
    #[derive(Default)]
    ClientSort {
        /// By name, ignoring case.
        #[default]
        Name = "name", "Name";
        /// By unique id, in the order of creation.
        Id = "id", "Unique ID";
        /// By country code.
        Country = "country", "Country";
        /// By time zone.
        TimeZone = "time-zone", "Time zone";
        /// By external id.
        ExternalId = "external-id", "External ID";
        /// By creation.
        Created = "created", "Created";
        /// By last change.
        Updated = "updated", "Updated";
    }
);

choice!(
    /// Which states are listed. Terminated clients are found by Advanced search only (docs/spec/clients.md, "Advanced search").
    #[derive(Default)]
    StatusFilter {
        /// The plain list: those in service, and those that are just being erased.
        #[default]
        Current = "current", "Active and suspended";
        /// Terminated ones too.
        All = "all", "All";
        /// Active only.
        Active = "active", "Active";
        /// Suspended only.
        Suspended = "suspended", "Suspended";
        /// Terminated only.
        Terminated = "terminated", "Terminated";
        /// Active and suspended only, for the API.
        InService = "in-service", "In service";
        /// Suspended and terminated, for the API.
        Inactive = "inactive", "Suspended and terminated";
    }
);

impl StatusFilter {
    /// Those that the page offers.
    pub const OFFERED: [Self; 5] = [Self::Current, Self::All, Self::Active, Self::Suspended, Self::Terminated];

    /// The states that are listed.
    #[must_use]
    pub const fn statuses(self) -> &'static [ClientStatus] {
        match self {
            Self::Current => &[ClientStatus::Active, ClientStatus::Suspended, ClientStatus::Terminating],
            Self::InService => &[ClientStatus::Active, ClientStatus::Suspended],
            Self::All => ClientStatus::ALL,
            Self::Active => &[ClientStatus::Active],
            Self::Suspended => &[ClientStatus::Suspended],
            Self::Terminated => &[ClientStatus::Terminating, ClientStatus::Terminated],
            Self::Inactive => &[ClientStatus::Suspended, ClientStatus::Terminating, ClientStatus::Terminated],
        }
    }
}

/// Which clients are listed; everything that is given must fit. Pages filter by name, status and month, the API by the rest
/// (docs/spec/rest-api.md, "Search keys").
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientFilter {
    /// The unique id.
    pub id: Option<ClientId>,
    /// Text anywhere in the name; empty for all.
    pub name: String,
    /// The states.
    pub status: StatusFilter,
    /// Only those in which nobody is an active user.
    pub without_users: bool,
    /// Created in this month.
    pub month: Option<Month>,
    /// Created not before, and not after.
    pub created: (Option<Timestamp>, Option<Timestamp>),
    /// Last changed not before, and not after.
    pub updated: (Option<Timestamp>, Option<Timestamp>),
}

impl ClientFilter {
    /// Clients in some states.
    #[must_use]
    pub fn in_states(status: StatusFilter) -> Self {
        Self { status, ..Self::default() }
    }

    /// Active clients into which nobody of their own can sign in.
    #[must_use]
    pub fn without_users() -> Self {
        Self { without_users: true, ..Self::in_states(StatusFilter::Active) }
    }

    /// Clients created in a month, whatever became of them.
    #[must_use]
    pub fn created_in(month: Month) -> Self {
        Self { month: Some(month), ..Self::in_states(StatusFilter::All) }
    }
}

/// The key of clients without users.
const NONE: &str = "none";

impl ListFilter for ClientFilter {
    fn read(&mut self, key: &str, value: &str) {
        match key {
            "name" => value.clone_into(&mut self.name),
            "status" => {
                let offered = StatusFilter::from_key(value).filter(|status| StatusFilter::OFFERED.contains(status));
                self.status = offered.unwrap_or(self.status);
            }
            "users" => self.without_users = value == NONE,
            "created" => self.month = value.parse().ok(),
            _ => {}
        }
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let name = (!self.name.is_empty()).then(|| ("name", self.name.clone()));
        let status = (self.status != StatusFilter::default()).then(|| ("status", self.status.key().to_owned()));
        let month = self.month.map(|month| ("created", month.to_string()));
        let users = self.without_users.then(|| ("users", NONE.to_owned()));
        name.into_iter().chain(status).chain(users).chain(month).collect()
    }
}
