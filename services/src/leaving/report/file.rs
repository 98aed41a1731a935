//! Where the parts of a report's file are stored.

use domain::ReportRunId;

/// The folder of all runs' folders.
pub(super) const FOLDER: &str = "reports";

/// The folder of a run's parts.
pub(super) fn folder(run: ReportRunId) -> String {
    format!("{FOLDER}/{}", run.number())
}

/// The key of a part. Its number names it, so a step that is repeated writes the same file again.
pub(super) fn key(run: ReportRunId, part: u32) -> String {
    format!("{}/{part}", folder(run))
}
