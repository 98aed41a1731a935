//! Jobs, and what they do: backups, terminations and reports.

mod backup;
mod job;
mod report;
mod restore;
mod termination;

pub use backup::{Backup, BackupDraft, BackupId, BackupQuery, BackupSort, BackupWish, Passphrase, may_back_up};
pub use job::{Job, JobFilter, JobId, JobKind, JobProgress, JobQuery, JobSort, JobState};
pub use report::*;
pub use restore::{ARCHIVE_TOO_LARGE, MAX_ARCHIVE_BYTES, RESTORE_PART_BYTES, RESTORE_PERMISSIONS, RestoreDraft, RestoreId, RestorePreview};
pub use termination::{Erased, ErasedCount, Receipt, ReceiptBackup, Statement, TerminationDraft, TerminationPreview};
