//! A page of a list, and where it begins.

use serde::{Deserialize, Serialize};

/// The page sizes that can be chosen, in rows.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];

/// Where a page begins. Pages are found by key, so that the last one costs what the first one does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageAt {
    /// At the first row.
    #[default]
    First,
    /// At the last rows.
    Last,
    /// Behind a row: its sort value and its id's number.
    After(String, i64),
    /// Before a row.
    Before(String, i64),
}

impl PageAt {
    /// From a pair of an address; none for a pair of another key. An invalid value is the first page.
    #[must_use]
    pub(crate) fn from_pair(key: &str, value: &str) -> Option<Self> {
        let cursor = value.rsplit_once('~').and_then(|(value, id)| id.parse().ok().map(|id| (value.to_owned(), id)));
        match key {
            "after" => Some(cursor.map(|(value, id)| Self::After(value, id)).unwrap_or_default()),
            "before" => Some(cursor.map(|(value, id)| Self::Before(value, id)).unwrap_or_default()),
            "last" => Some(Self::Last),
            _ => None,
        }
    }

    /// As a pair of an address; none for the first page.
    #[must_use]
    pub(crate) fn pair(&self) -> Option<(&'static str, String)> {
        match self {
            Self::First => None,
            Self::Last => Some(("last", "1".to_owned())),
            Self::After(value, id) => Some(("after", format!("{value}~{id}"))),
            Self::Before(value, id) => Some(("before", format!("{value}~{id}"))),
        }
    }
}

/// A page of a list, and where its neighbours begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage<T> {
    /// In the wanted order.
    pub rows: Vec<T>,
    /// How many rows the list has.
    pub total: Total,
    /// The page before, if there is one.
    pub previous: Option<PageAt>,
    /// The next page, if there is one.
    pub next: Option<PageAt>,
}

impl<T> ListPage<T> {
    /// The same page with its rows converted.
    #[must_use]
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> ListPage<U> {
        let Self { rows, total, previous, next } = self;
        ListPage { rows: rows.into_iter().map(convert).collect(), total, previous, next }
    }
}

/// How many rows a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Total {
    /// Exactly this many.
    Exactly(u64),
    /// More than this many: a search stops counting there.
    MoreThan(u64),
}

impl std::fmt::Display for Total {
    /// With thousands separated, `1,000+` where the count stopped.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (number, plus) = match self {
            Self::Exactly(number) => (number, ""),
            Self::MoreThan(number) => (number, "+"),
        };
        let digits = number.to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        f.write_str(plus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_read_well() {
        assert_eq!(Total::Exactly(1_000_000).to_string(), "1,000,000");
        assert_eq!(Total::MoreThan(1000).to_string(), "1,000+");
        assert_eq!(Total::Exactly(7).to_string(), "7");
    }
}
