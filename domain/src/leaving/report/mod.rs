//! Reports: what is listed for whom and when, and their runs (docs/spec/reports.md, "Who sees a report").

mod attribute;
mod cell;
mod draft;
mod schedule;
mod selection;

use serde::{Deserialize, Serialize};

pub use attribute::{ReportAttribute, ReportKind};
pub use cell::harmless_cell;
pub use draft::{MAX_RECIPIENTS, MAX_REPORT_DAYS, REPORT_DAYS, ReportDraft, ReportProfile};
pub use schedule::{Frequency, PlannedRun, Schedule, ScheduleDraft, TimeOfDay, Weekday};
pub use selection::{ReportClients, ReportSelection, list_filter};

pub use crate::id::{ReportId, ReportRunId};
use crate::{Caller, ClientId, JobId, JobProgress, JobState, NameQuery, Permission, Query, Timestamp, UserId, UserSummary, choice::choice};

/// What a page asks of the list of reports of a kind.
pub type ReportQuery = NameQuery;

choice!(
    /// What orders the runs of a report.
    #[derive(Default)]
    ReportRunSort {
        /// The latest first.
        #[default]
        Age = "age", "Age";
    }
);

/// What a page asks of the runs of a report.
pub type ReportRunQuery = Query<ReportRunSort, ()>;

/// A report in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// Identifier.
    pub id: ReportId,
    /// What it lists.
    pub kind: ReportKind,
    /// The client whose users made it; none for the partner.
    pub client: Option<ClientId>,
    /// What it lists, when, and for whom.
    pub profile: ReportProfile,
    /// Whether its schedule is paused.
    pub is_paused: bool,
    /// When it runs next by itself.
    pub next_run: Option<Timestamp>,
    /// Whose rights count when it runs; none if the reader may not know them.
    pub owner: Option<UserSummary>,
    /// Its latest run.
    pub last_run: Option<ReportRun>,
}

/// A report with everything about it but its runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// As in a list.
    pub row: ReportRow,
    /// The next runs by its schedule; none while it is paused.
    pub planned: Vec<PlannedRun>,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// By whom.
    pub updated_by: Option<UserSummary>,
    /// Which state was read; a save of another is a conflict.
    pub version: i64,
}

/// A run of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRun {
    /// Identifier.
    pub id: ReportRunId,
    /// The report.
    pub report: ReportId,
    /// The job that makes its file.
    pub job: JobId,
    /// The job's state.
    pub state: JobState,
    /// How far the job is.
    pub progress: JobProgress,
    /// What came of it, once it is over.
    pub outcome: String,
    /// Who asked for it; none for the schedule, and if the reader may not know them.
    pub asked_by: Option<UserSummary>,
    /// Whether the schedule asked for it.
    pub is_scheduled: bool,
    /// When it was asked for.
    pub created: Timestamp,
    /// When its file was complete.
    pub finished: Option<Timestamp>,
    /// Rows of the file, without its titles.
    pub rows: u64,
    /// The size of the file.
    pub bytes: u64,
    /// Until when the file is stored.
    pub until: Timestamp,
}

impl ReportRun {
    /// Whether its file can be downloaded.
    #[must_use]
    pub fn has_file(&self, now: Timestamp) -> bool {
        self.finished.is_some() && now < self.until
    }
}

/// What the form of a report has to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSetting {
    /// Whether there is a mail server, without which nobody can be told of a run.
    pub has_mail: bool,
}

/// Whether the caller sees all reports of a kind that belong to their tenant: those of others show what their owners see, so it takes roles that see all of it.
#[must_use]
pub fn sees_all_reports(caller: &Caller, kind: ReportKind) -> bool {
    let held = if caller.client.is_some() { caller.permissions() } else { caller.permissions_everywhere() };
    held.contains(Permission::ReportView) && held.contains(kind.permission())
}

/// Whether the caller sees a report of their tenant and its files: their own, or any.
#[must_use]
pub fn may_read_report(caller: &Caller, kind: ReportKind, owner: UserId) -> bool {
    caller.user.id == owner || sees_all_reports(caller, kind)
}
