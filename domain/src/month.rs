//! Months of the calendar, in UTC.

use std::{
    fmt::{Display, Formatter},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

use crate::Timestamp;

const NAMES: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A month of a year from 1970 to 9999, in UTC. Written as `2026-11` in addresses and in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    year: u16,
    /// From 1 to 12.
    month: u8,
}

impl Month {
    /// The month of a moment.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        at.rfc3339().get(..7).and_then(|text| text.parse().ok()).unwrap_or(Self { year: 1970, month: 1 })
    }

    /// The month before; January 1970 has none and is its own.
    #[must_use]
    pub const fn previous(self) -> Self {
        match self {
            Self { year: 1970, month: 1 } => self,
            Self { year, month: 1 } => Self { year: year - 1, month: 12 },
            Self { year, month } => Self { year, month: month - 1 },
        }
    }

    /// The last months up to this one, the oldest first.
    #[must_use]
    pub fn last(self, months: usize) -> Vec<Self> {
        let mut last: Vec<_> = std::iter::successors(Some(self), |month| Some(month.previous())).take(months).collect();
        last.reverse();
        last
    }

    /// Its first and its last millisecond.
    #[must_use]
    pub fn range(self) -> (Timestamp, Timestamp) {
        let begin = |month: Self| Timestamp::parse_rfc3339(&format!("{month}-01T00:00:00Z"));
        let next = match self {
            Self { year: 9999, month: 12 } => None,
            Self { year, month: 12 } => begin(Self { year: year + 1, month: 1 }),
            Self { year, month } => begin(Self { year, month: month + 1 }),
        };
        let last = next.map_or(Timestamp::LATEST, |next| Timestamp::from_millis(next.millis() - 1));
        (begin(self).unwrap_or_default(), last)
    }

    /// As `November 2026`.
    #[must_use]
    pub fn label(self) -> String {
        format!("{} {}", self.name(), self.year)
    }

    /// As `Nov`.
    #[must_use]
    pub fn short(self) -> &'static str {
        self.name().get(..3).unwrap_or_default()
    }

    fn name(self) -> &'static str {
        NAMES.get(usize::from(self.month) - 1).copied().unwrap_or_default()
    }
}

impl Display for Month {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A text is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMonth;

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let is_written_so = text.len() == 7 && text.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() });
        let (year, month) = text.split_once('-').filter(|_| is_written_so).ok_or(NoMonth)?;
        let (year, month) = (year.parse().map_err(|_| NoMonth)?, month.parse().map_err(|_| NoMonth)?);
        if (1970..=9999).contains(&year) && (1..=12).contains(&month) { Ok(Self { year, month }) } else { Err(NoMonth) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn only_months_are_read() {
        assert_eq!(month("2026-11").to_string(), "2026-11");
        for wrong in ["", "2026", "2026-13", "2026-00", "2026-1", "1969-12", "2026-11-01", "+026-11", "2026/11", "two-six"] {
            assert_eq!(wrong.parse::<Month>(), Err(NoMonth), "{wrong}");
        }
    }

    #[test]
    fn a_month_ends_where_the_next_one_begins() {
        for (text, begin, last) in [
            ("2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"),
            ("2026-12", "2026-12-01T00:00:00Z", "2026-12-31T23:59:59Z"),
            ("9999-12", "9999-12-01T00:00:00Z", "9999-12-31T23:59:59Z"),
        ] {
            let (from, until) = month(text).range();
            assert_eq!((from.rfc3339().as_str(), until.rfc3339().as_str()), (begin, last));
            assert_eq!((Month::of(from), Month::of(until)), (month(text), month(text)));
        }
    }

    #[test]
    fn the_last_months_cross_the_turn_of_the_year() {
        assert_eq!(month("2026-02").last(4), [month("2025-11"), month("2025-12"), month("2026-01"), month("2026-02")]);
        assert_eq!((month("2026-02").label().as_str(), month("2026-02").short()), ("February 2026", "Feb"));
        assert_eq!(month("1970-01").previous(), month("1970-01"));
    }
}
