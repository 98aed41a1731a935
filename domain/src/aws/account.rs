//! AWS accounts as they are read.

use serde::{Deserialize, Serialize};

use super::{AwsAccess, AwsAccountId, AwsAccountNumber, AwsSignIn, OnboardingDraft, RoleArn};
use crate::{ClientId, ClientSummary, JobId, NameQuery, Timestamp, choice::choice};

choice!(
    /// What an account is to the partner.
    AwsAccountKind {
        /// A management account: it lists the accounts of its organization, which are its members. The page's MSP.
        Management = "management", "MSP";
        /// An account by itself. The page's Non-MSP.
        Single = "single", "Non-MSP";
        /// A member of a management account's organization.
        Member = "member", "Member";
    }
);

choice!(
    /// The state of an account at AWS, as its management account's list said last.
    AwsStatus {
        /// In use.
        Active = "active", "Active";
        /// AWS is still creating it.
        Pending = "pending", "Being created";
        /// Suspended by AWS.
        Suspended = "suspended", "Suspended";
        /// About to be closed.
        PendingClosure = "pending-closure", "Closing";
        /// Closed.
        Closed = "closed", "Closed";
        /// No longer in the list.
        Gone = "gone", "Gone at AWS";
    }
);

choice!(
    /// How far this console is with an account.
    AwsAccountState {
        /// It is known, but cannot be entered.
        Discovered = "discovered", "Discovered";
        /// A job is making the role.
        Onboarding = "onboarding", "Onboarding";
        /// Its role was proved.
        Onboarded = "onboarded", "Onboarded";
        /// Its role doesn't answer yet; it is checked every hour.
        Pending = "pending", "Pending";
        /// Its onboarding failed, with a sentence that says why.
        Failed = "failed", "Failed";
    }
);

/// What a page asks of the lists of management and of single accounts.
pub type AwsAccountQuery = NameQuery;

/// The least one needs to mention an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwsAccountSummary {
    /// Identifier.
    pub id: AwsAccountId,
    /// What AWS calls its id.
    pub number: AwsAccountNumber,
    /// What people call it.
    pub name: String,
}

/// How many members a management account has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwsMembers {
    /// All, without the management account itself and those that are gone.
    pub all: u64,
    /// Those that belong to a client.
    pub associated: u64,
    /// Those that are onboarded.
    pub onboarded: u64,
}

/// What became of reading the members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwsRefresh {
    /// When the list was last whole; none if it never was.
    pub at: Option<Timestamp>,
    /// A sentence if the last try failed, so that the list is stale; else empty.
    pub failure: String,
    /// The job that is reading now.
    pub job: Option<JobId>,
}

/// An account with everything that can be shown of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwsAccount {
    /// Identifier.
    pub id: AwsAccountId,
    /// What AWS calls its id.
    pub number: AwsAccountNumber,
    /// What people call it; a member's is AWS's.
    pub name: String,
    /// The address that AWS has for it; empty if that isn't known.
    pub email: String,
    /// What it is to the partner.
    pub kind: AwsAccountKind,
    /// The management account that lists it.
    pub management: Option<AwsAccountSummary>,
    /// How this server signs in; none for a member.
    pub sign_in: Option<AwsSignIn>,
    /// The customer: the client that it belongs to.
    pub client: Option<ClientSummary>,
    /// Its state at AWS; none where no list says it.
    pub status: Option<AwsStatus>,
    /// How far this console is with it.
    pub state: AwsAccountState,
    /// Why it failed or is pending, and what to do; else empty.
    pub problem: String,
    /// The role by which it is entered, once that is proved.
    pub role: Option<RoleArn>,
    /// The role that is waited for, or that was made here, and isn't proved.
    pub awaited: Option<RoleArn>,
    /// What the role may do.
    pub access: Option<AwsAccess>,
    /// For which region the quick-create link is; empty until somebody onboards the account.
    pub region: String,
    /// The external ID of its role; empty until one was needed.
    pub external_id: String,
    /// When it was last checked that it can be entered.
    pub checked: Option<Timestamp>,
    /// The job that works on it now.
    pub job: Option<JobId>,
    /// Its members; only of a management account.
    pub members: AwsMembers,
    /// What became of reading them.
    pub refresh: AwsRefresh,
    /// When it was added or first listed.
    pub created: Timestamp,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

impl AwsAccount {
    /// How it was onboarded last, or would be unless somebody says otherwise.
    #[must_use]
    pub fn onboarding(&self) -> OnboardingDraft {
        let usual = OnboardingDraft::default();
        OnboardingDraft {
            role_name: self.role.as_ref().or(self.awaited.as_ref()).map_or(usual.role_name, |arn| arn.name().to_owned()),
            access: self.access.map_or(usual.access, |access| access.key().to_owned()),
            region: if self.region.is_empty() { usual.region } else { self.region.clone() },
        }
    }

    /// Its client's id.
    #[must_use]
    pub fn client_id(&self) -> Option<ClientId> {
        self.client.as_ref().map(|client| client.id)
    }
}
