//! Moments, as milliseconds since 1970 in UTC. Reading the clock is the business of `services`.

use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z; the form in which the database keeps every time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The last moment of the year 9999, after which RFC 3339 can't write one.
    pub const LATEST: Self = Self(253_402_300_799_999);

    /// In milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This moment and a span of seconds after it.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// As `2026-11-22T02:15:00Z`, for machines. A moment before 1970 is written as its begin, one after [`Timestamp::LATEST`] as that.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let since = Duration::from_millis(u64::try_from(self.min(Self::LATEST).0).unwrap_or_default());
        humantime::format_rfc3339_seconds(UNIX_EPOCH + since).to_string()
    }

    /// Reads what [`Timestamp::rfc3339`] writes; nothing for what is no such moment, or one before 1970.
    #[must_use]
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let since = humantime::parse_rfc3339(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok().map(Self)
    }

    /// As `2026-11-22 02:15 UTC`, for people.
    #[must_use]
    pub fn minute(self) -> String {
        let text = self.rfc3339();
        format!("{} {} UTC", text.get(..10).unwrap_or_default(), text.get(11..16).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_well_for_machines_and_people() {
        let time = Timestamp::from_millis(1_469_290_722_000);
        assert_eq!(time.rfc3339(), "2016-07-23T16:18:42Z");
        assert_eq!(time.minute(), "2016-07-23 16:18 UTC");
        assert_eq!(Timestamp::parse_rfc3339("2016-07-23T16:18:42Z"), Some(time));
        assert_eq!(Timestamp::parse_rfc3339("yesterday"), None);
        assert_eq!(Timestamp::from_millis(i64::MAX).rfc3339(), "9999-12-31T23:59:59Z");
        assert_eq!(Timestamp::from_millis(i64::MIN).rfc3339(), "1970-01-01T00:00:00Z");
    }
}
