//! What the home page says (docs/spec/home.md, "Home page").

use serde::{Deserialize, Serialize};

use crate::{
    ApiKeyFilter, ApiKeyQuery, AuditFilter, AuditQuery, ClientFilter, ClientQuery, DeviceKind, DraftRow, JobQuery, JobState, Moment, Month, OfClient,
    Query, SIGN_IN_REFUSED, StatusFilter, Timestamp, Total, UserFilter, UserQuery, choice::choice,
};

choice!(
    /// What wants somebody's attention.
    Attention {
        /// Jobs that gave up.
        FailedJobs = "failed-jobs", "Jobs that failed";
        /// Users who never chose a password.
        Invitations = "invitations", "Invitations not accepted";
        /// API keys that are of use for a few more days.
        ExpiringKeys = "expiring-keys", "API keys that expire soon";
        /// Sign-ins of the last day with the right password that the account's state or an address didn't allow.
        RefusedSignIns = "refused-sign-ins", "Sign-ins refused";
        /// Active clients in which nobody is an active user.
        ClientsWithoutUsers = "clients-without-users", "Clients without users";
    }
);

/// The list that a figure counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountedList {
    /// Of jobs.
    Jobs(JobQuery),
    /// Of users.
    Users(UserQuery),
    /// Of API keys.
    ApiKeys(ApiKeyQuery),
    /// Of audit records.
    Audit(AuditQuery),
    /// Of clients.
    Clients(ClientQuery),
}

impl Attention {
    /// The list that is counted at a moment.
    #[must_use]
    pub fn list(self, at: Timestamp) -> CountedList {
        match self {
            Self::FailedJobs => CountedList::Jobs(Query::filtered(Some(JobState::Failed))),
            Self::Invitations => CountedList::Users(Query::filtered(UserFilter::INVITED)),
            Self::ExpiringKeys => CountedList::ApiKeys(Query::filtered(OfClient::any(Some(ApiKeyFilter::Expiring)))),
            Self::ClientsWithoutUsers => CountedList::Clients(Query::filtered(ClientFilter::without_users())),
            Self::RefusedSignIns => {
                let from = Moment::minute_of(at.plus_seconds(-Home::REFUSED_SECONDS));
                CountedList::Audit(Query::filtered(AuditFilter { from, ..AuditFilter::of_action(SIGN_IN_REFUSED) }))
            }
        }
    }
}

/// What the home page shows. What the reader can't see is missing; each figure is that of the list it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// When it was counted.
    pub at: Timestamp,
    /// What wants attention, without what there is none of.
    pub attention: Vec<(Attention, Total)>,
    /// The reader's drafts, the last saved first.
    pub drafts: Vec<DraftRow>,
    /// Clients by status.
    pub clients: Vec<(StatusFilter, Total)>,
    /// Clients by the month in which they were created, the oldest month first; for readers who see all clients.
    pub created: Vec<(Month, Total)>,
    /// Devices by kind.
    pub devices: Vec<(DeviceKind, Total)>,
}

impl Home {
    /// The states by which clients are counted.
    pub const STATUSES: [StatusFilter; 3] = [StatusFilter::Active, StatusFilter::Suspended, StatusFilter::Terminated];

    /// For how long a refused sign-in wants attention.
    pub const REFUSED_SECONDS: i64 = 24 * 60 * 60;

    /// How many months are shown.
    pub const MONTHS: usize = 12;
}
