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

/// A part of a list by position, as the API pages (reference "Identifiers, dates, paging, search").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Rows left out before it.
    pub offset: u64,
    /// Rows at most.
    pub limit: u32,
    /// Which way.
    pub direction: Direction,
}

/// What a [`Slice`] has, and the full count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sliced<T> {
    /// In the wanted order.
    pub rows: Vec<T>,
    /// All rows of the list.
    pub total: u64,
}

/// The query as the address has it.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Address {
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dir: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<String>,
    #[serde(flatten)]
    at: AtAddress,
}

/// [`PageAt`] as an address has it.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct AtAddress {
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

impl From<&PageAt> for AtAddress {
    fn from(at: &PageAt) -> Self {
        let cursor = |value: &str, id: i64| Some(format!("{value}~{id}"));
        match at {
            PageAt::First => Self::default(),
            PageAt::Last => Self { last: Some("1".to_owned()), ..Self::default() },
            PageAt::After(value, id) => Self { after: cursor(value, *id), ..Self::default() },
            PageAt::Before(value, id) => Self { before: cursor(value, *id), ..Self::default() },
        }
    }
}

impl From<AtAddress> for PageAt {
    /// What makes no sense is the first page.
    fn from(address: AtAddress) -> Self {
        let cursor = |text: &str| text.rsplit_once('~').and_then(|(value, id)| id.parse().ok().map(|id| (value.to_owned(), id)));
        let at = match (address.after, address.before, address.last) {
            (Some(after), _, _) => cursor(&after).map(|(value, id)| Self::After(value, id)),
            (_, Some(before), _) => cursor(&before).map(|(value, id)| Self::Before(value, id)),
            (_, _, Some(_)) => Some(Self::Last),
            _ => None,
        };
        at.unwrap_or_default()
    }
}

impl ListQuery {
    /// Reads the part of an address behind `?`. What makes no sense is left at its default: a shared address must open.
    #[must_use]
    pub fn from_address(query: &str) -> Self {
        let address: Address = serde_qs::from_str(query.trim_start_matches('?')).unwrap_or_default();
        let default = Self::default();
        let text = |text: Option<String>| text.map(|text| text.trim().chars().take(120).collect::<String>()).unwrap_or_default();
        Self {
            search: text(address.q),
            filter: text(address.filter),
            direction: address.dir.and_then(|key| Direction::from_key(&key)).unwrap_or(default.direction),
            size: address.size.and_then(|size| size.parse().ok()).filter(|size| PAGE_SIZES.contains(size)).unwrap_or(default.size),
            at: address.at.into(),
        }
    }

    /// The part of an address behind `?`, without what is at its default; empty for the plain list.
    #[must_use]
    pub fn to_address(&self) -> String {
        let default = Self::default();
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let address = Address {
            q: text(&self.search),
            filter: text(&self.filter),
            dir: (self.direction != default.direction).then(|| self.direction.key().to_owned()),
            size: (self.size != default.size).then(|| self.size.to_string()),
            at: AtAddress::from(&self.at),
        };
        serde_qs::to_string(&address).unwrap_or_default()
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
