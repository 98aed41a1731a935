//! Jobs: long work that goes on when its page is closed and its server restarts (docs/spec/leaving.md, "Jobs").

use serde::{Deserialize, Serialize};

pub use crate::id::JobId;
use crate::{ClientId, Permission, Query, Timestamp, UserSummary, choice::choice};

choice!(
    /// What a job does.
    JobKind {
        /// Erases a terminated client.
        Termination = "termination", "Termination";
        /// Packs everything about a client into an archive.
        Backup = "backup", "Backup";
        /// Makes clients of a file.
        Import = "import", "Import";
        /// Makes a client of an archive.
        Restore = "restore", "Restore";
        /// Makes the file of a report.
        Report = "report", "Report";
        /// Reads the members of an AWS management account.
        AwsRefresh = "aws-refresh", "AWS refresh";
        /// Makes and proves the role by which an AWS account is entered.
        AwsOnboarding = "aws-onboarding", "AWS onboarding";
        /// Checks that AWS accounts can be entered.
        AwsCheck = "aws-check", "AWS check";
        /// Deletes the role by which an AWS account is entered, and forgets it.
        AwsDelinking = "aws-delinking", "AWS delinking";
        /// Writes audit records to a file.
        AuditExport = "audit-export", "Audit log export";
        /// Deletes audit records whose time is over.
        AuditPruning = "audit-pruning", "Deletion of old audit records";
    }
);

impl JobKind {
    /// The permission with which others than its owner see a job of this kind and act on it.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Termination | Self::Backup => Permission::ClientManage,
            Self::Import | Self::Restore => Permission::ClientCreate,
            Self::Report => Permission::ReportManage,
            Self::AwsRefresh | Self::AwsOnboarding | Self::AwsCheck | Self::AwsDelinking => Permission::AccountManage,
            Self::AuditExport => Permission::AuditView,
            Self::AuditPruning => Permission::SettingManage,
        }
    }

    /// In a sentence: `termination`.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Termination => "termination",
            Self::Backup => "backup",
            Self::Import => "import",
            Self::Restore => "restore",
            Self::Report => "report",
            Self::AwsRefresh | Self::AwsOnboarding | Self::AwsCheck | Self::AwsDelinking => self.label(),
            Self::AuditExport => "audit log export",
            Self::AuditPruning => "deletion of old audit records",
        }
    }

    /// At the beginning of a sentence: `A termination`.
    #[must_use]
    pub fn one(self) -> String {
        let article = match self {
            Self::Import | Self::AwsRefresh | Self::AwsOnboarding | Self::AwsCheck | Self::AwsDelinking | Self::AuditExport => "An",
            Self::Termination | Self::Backup | Self::Restore | Self::Report | Self::AuditPruning => "A",
        };
        format!("{article} {}", self.noun())
    }

    /// Whether a running job can be cancelled without leaving anything half done.
    #[must_use]
    pub const fn is_cancellable(self) -> bool {
        match self {
            Self::Termination => false,
            // The list is replaced all at once.
            Self::AwsRefresh => true,
            // Each account is checked by itself.
            Self::AwsCheck => true,
            // A role can be there already, or half of it be deleted.
            Self::AwsOnboarding | Self::AwsDelinking => false,
            // Nobody sees a client of it before all are there.
            Self::Import => true,
            // Nobody can download its file before it is whole.
            Self::Backup | Self::Report | Self::AuditExport => true,
            // What is to be deleted is recorded first.
            Self::AuditPruning => false,
            // All of it is made at once.
            Self::Restore => true,
        }
    }

    /// Whether it mostly waits for others to answer, who can be slow. Such jobs let those pass that only need the server.
    #[must_use]
    pub const fn waits_for_others(self) -> bool {
        match self {
            Self::AwsRefresh | Self::AwsOnboarding | Self::AwsCheck | Self::AwsDelinking => true,
            Self::Termination | Self::Backup | Self::Import | Self::Restore | Self::Report | Self::AuditExport | Self::AuditPruning => false,
        }
    }

    /// Whether asking for it can take a proof of the second factor; running it again then takes one too.
    #[must_use]
    pub const fn takes_proof(self) -> bool {
        match self {
            Self::Termination | Self::Backup | Self::Restore | Self::AwsDelinking => true,
            Self::Import | Self::Report | Self::AuditExport | Self::AuditPruning => false,
            Self::AwsRefresh | Self::AwsOnboarding | Self::AwsCheck => false,
        }
    }

    /// Whether it goes on when its owner may no longer do it: what was decided before only remains to be carried out.
    #[must_use]
    pub const fn outlives_owner(self) -> bool {
        match self {
            Self::Termination | Self::AwsDelinking | Self::AuditPruning => true,
            Self::Backup | Self::Import | Self::Restore | Self::Report => false,
            Self::AwsRefresh | Self::AwsOnboarding | Self::AwsCheck | Self::AuditExport => false,
        }
    }
}

choice!(
    /// The state of a job.
    JobState {
        /// It waits for a server.
        Queued = "queued", "Queued";
        /// A server works on it, or will go on with it.
        Running = "running", "Running";
        /// It did all that it was to do.
        Succeeded = "succeeded", "Succeeded";
        /// It gave up; the outcome says why.
        Failed = "failed", "Failed";
        /// Somebody cancelled it.
        Cancelled = "cancelled", "Cancelled";
    }
);

impl JobState {
    /// Whether nothing more will be done.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Cancelled)
    }
}

choice!(
    /// What orders the list of jobs.
    #[derive(Default)]
    JobSort {
        /// The youngest first.
        #[default]
        Age = "age", "Age";
    }
);

/// In which state a job is; none for all.
pub type JobFilter = Option<JobState>;

/// What a page asks of the list of jobs. What is searched is what they are about.
pub type JobQuery = Query<JobSort, JobFilter>;

/// How far a job is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobProgress {
    /// Items done.
    pub done: u64,
    /// Items in all; 0 while that isn't known.
    pub total: u64,
    /// What it is doing, for people.
    pub doing: String,
}

impl JobProgress {
    /// Whole per cent, 100 only when everything is done; none while the total isn't known.
    #[must_use]
    pub fn percent(&self) -> Option<u8> {
        let percent = self.done.min(self.total).saturating_mul(100).checked_div(self.total)?;
        u8::try_from(percent).ok()
    }
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// What it does.
    pub kind: JobKind,
    /// State.
    pub state: JobState,
    /// The client that it is about; none for the partner.
    pub client: Option<ClientId>,
    /// What it is about, such as the client's name.
    pub subject: String,
    /// Who asked for it; none if the reader may not know them.
    pub owner: Option<UserSummary>,
    /// Whether that is the reader.
    pub is_own: bool,
    /// How far it is.
    pub progress: JobProgress,
    /// A sentence: what came of it, or why it failed and what to do. Empty until it is over.
    pub outcome: String,
    /// When it was asked for.
    pub created: Timestamp,
    /// When a server first took it.
    pub started: Option<Timestamp>,
    /// When it was over.
    pub ended: Option<Timestamp>,
    /// Whether somebody asked that it stop.
    pub is_cancelling: bool,
    /// Whether the reader can cancel it now.
    pub may_cancel: bool,
    /// Whether the reader can let it run again.
    pub may_repeat: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_per_cent_is_all_of_it() {
        let percent = |done, total| JobProgress { done, total, doing: String::new() }.percent();
        assert_eq!([percent(0, 0), percent(0, 3), percent(2, 3), percent(3, 3), percent(4, 3)], [None, Some(0), Some(66), Some(100), Some(100)]);
        assert_eq!(percent(999_999, 1_000_000), Some(99));
        assert_eq!(percent(u64::MAX, u64::MAX), Some(1), "absurd counts don't overflow");
    }
}
