//! How long a partner stores audit records.

use serde::{Deserialize, Serialize};

use crate::{Change, Draft, Violations, counted};

/// Fewer days would delete what an incident needs before anybody looks for it.
const LEAST_DAYS: u32 = 30;

/// A hundred years.
const MOST_DAYS: u32 = 36_500;

/// How long a partner stores audit records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRetention {
    /// In days; none for ever.
    pub days: Option<u32>,
}

impl AuditRetention {
    /// What differs from a later state, for the audit log.
    #[must_use]
    pub fn change(self, after: Self) -> Option<Change> {
        let words = |retention: Self| retention.days.map_or_else(|| "Forever".to_owned(), |days| counted(u64::from(days), "day", "days"));
        Change::of("days", "Stored for", &words(self), &words(after))
    }
}

/// What the form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRetentionDraft {
    /// Days as typed; empty for ever.
    pub days: String,
}

impl From<AuditRetention> for AuditRetentionDraft {
    fn from(retention: AuditRetention) -> Self {
        Self { days: retention.days.map(|days| days.to_string()).unwrap_or_default() }
    }
}

impl Draft for AuditRetentionDraft {
    type Context<'a> = ();
    type Checked = AuditRetention;

    fn check(self, (): ()) -> Result<AuditRetention, Violations> {
        let typed = self.days.trim();
        if typed.is_empty() {
            return Ok(AuditRetention { days: None });
        }
        match typed.parse() {
            Ok(days) if (LEAST_DAYS..=MOST_DAYS).contains(&days) => Ok(AuditRetention { days: Some(days) }),
            _ => Err(Violations::of_field("days", "Enter a number of days from 30 to 36500, or leave it empty to store records forever.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_stored_for_a_month_at_least() {
        let check = |days: &str| AuditRetentionDraft { days: days.to_owned() }.check(()).map(|retention| retention.days);
        assert_eq!([check(""), check(" 30 "), check("36500")], [Ok(None), Ok(Some(30)), Ok(Some(36_500))]);
        for wrong in ["0", "29", "36501", "-1", "a year", "1e3", "99999999999999"] {
            assert_eq!(check(wrong).unwrap_err().iter().count(), 1, "{wrong}");
        }
        let change = AuditRetention::default().change(AuditRetention { days: Some(365) }).unwrap();
        assert_eq!((change.before.as_str(), change.after.as_str()), ("Forever", "365 days"));
        assert_eq!(AuditRetention::default().change(AuditRetention::default()), None);
    }
}
