//! What a list of the directory asks for: users, groups, roles, devices …: a search, a filter, and a page by name. For pages it stands in the
//! address; the API asks for a [`Slice`] instead.

use serde::{Deserialize, Serialize};

use crate::{Direction, PAGE_SIZES, PageAt, Total};

/// A view of a list, ordered by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuery {
    /// Text anywhere in what the noun says is searched; empty for all.
    pub search: String,
    /// One of the noun's filters, by its key; empty for all.
    pub filter: String,
    /// Which way by name.
    pub direction: Direction,
    /// One of [`PAGE_SIZES`].
    pub size: u32,
    /// Where the page begins.
    pub at: PageAt,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self { search: String::new(), filter: String::new(), direction: Direction::Ascending, size: PAGE_SIZES[0], at: PageAt::First }
    }
}

/// A page of a list, and where its neighbours begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage<T> {
    /// In the wanted order.
    pub rows: Vec<T>,
    /// How many there are in all, as far as they are counted.
    pub total: Total,
    /// The page before, if there is one.
    pub previous: Option<PageAt>,
    /// The page behind, if there is one.
    pub next: Option<PageAt>,
}

/// A part of a list by position, as the API pages (docs/spec/rest-api.md, "Paging").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Rows left out before it.
    pub offset: u64,
    /// Rows at most.
    pub limit: u32,
    /// Which way.
    pub direction: Direction,
    /// Whether to sort by row number instead of the list's default order.
    pub by_number: bool,
}

/// What a [`Slice`] has, and the full count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sliced<T> {
    /// In the wanted order.
    pub rows: Vec<T>,
    /// All rows of the list.
    pub total: u64,
}

impl ListQuery {
    /// Reads the part of an address behind `?`. What makes no sense is left at its default: a shared address must open.
    #[must_use]
    pub fn from_address(query: &str) -> Self {
        let text = |value: &str| value.trim().chars().take(120).collect();
        let mut found = Self::default();
        for (key, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*key {
                "q" => found.search = text(&value),
                "filter" => found.filter = text(&value),
                "dir" => found.direction = Direction::from_key(&value).unwrap_or(found.direction),
                "size" => found.size = value.parse().ok().filter(|size| PAGE_SIZES.contains(size)).unwrap_or(found.size),
                key => found.at = PageAt::from_pair(key, &value).unwrap_or(found.at),
            }
        }
        found
    }

    /// The part of an address behind `?`, without what is at its default; empty for the plain list.
    #[must_use]
    pub fn to_address(&self) -> String {
        let default = Self::default();
        let mut address = form_urlencoded::Serializer::new(String::new());
        let mut part = |key: &str, value: &str, counts: bool| {
            if counts {
                address.append_pair(key, value);
            }
        };
        part("q", &self.search, !self.search.is_empty());
        part("filter", &self.filter, !self.filter.is_empty());
        part("dir", self.direction.key(), self.direction != default.direction);
        part("size", &self.size.to_string(), self.size != default.size);
        if let Some((key, value)) = self.at.pair() {
            part(key, &value, true);
        }
        address.finish()
    }

    /// The same view from its first page.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self { at: PageAt::First, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_round_trips() {
        let query = ListQuery {
            search: "a&b ü".into(),
            filter: "active".into(),
            direction: Direction::Descending,
            size: 50,
            at: PageAt::After("smith~jo".into(), 12),
        };
        assert_eq!(ListQuery::from_address(&query.to_address()), query);
        assert_eq!(ListQuery::default().to_address(), "");
        for at in [PageAt::Last, PageAt::Before("x".into(), 1)] {
            let query = ListQuery { at, ..ListQuery::default() };
            assert_eq!(ListQuery::from_address(&query.to_address()), query);
        }
    }

    #[test]
    fn nonsense_in_an_address_opens_the_plain_list() {
        for nonsense in ["size=7", "dir=up", "after=x", "after=~", "%%%", "q"] {
            assert_eq!(ListQuery::from_address(nonsense), ListQuery::default(), "{nonsense}");
        }
    }
}
