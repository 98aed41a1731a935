//! Exports of the audit log.

use serde::{Deserialize, Serialize};

use crate::{AuditFilter, choice::choice};

choice!(
    /// What an export is written as.
    #[derive(Default)]
    AuditFormat {
        /// One line for each record, in quotes, for spreadsheets.
        #[default]
        Csv = "csv", "CSV";
        /// One JSON object on each line, for programs.
        JsonLines = "jsonl", "JSON Lines";
    }
);

impl AuditFormat {
    /// The media type of a file.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl; charset=utf-8",
        }
    }
}

/// What is exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditExportDraft {
    /// Which records.
    pub filter: AuditFilter,
    /// The text that is searched for; empty for all records.
    pub search: String,
    /// As what.
    pub format: AuditFormat,
}
