//! What the Clients page asks for. All of it stands in the address, so that a view can be shared (docs/spec/clients.md, "List").

use serde::{Deserialize, Serialize};

use crate::{ClientId, ClientRow, ClientStatus, Timestamp, choice::choice};

/// Rows a page.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];

choice!(
    /// Which column the list is ordered by. The id breaks every tie.
    ClientSort {
        /// By name, upper and lower case alike.
        Name = "name", "Name";
        /// By unique id, in the order of creation.
        Id = "id", "Unique ID";
        /// By country code.
        Country = "country", "Country";
        /// By time zone.
        TimeZone = "time-zone", "Time zone";
        /// By external id.
        ExternalId = "external-id", "External ID";
        /// By creation.
        Created = "created", "Created";
        /// By last change.
        Updated = "updated", "Updated";
    }
);

choice!(
    /// Which way.
    Direction {
        /// A to Z, old to new.
        Ascending = "asc", "Ascending";
        /// Z to A, new to old.
        Descending = "desc", "Descending";
    }
);

choice!(
    /// Which states are listed. Terminated clients are found by Advanced search only (docs/spec/clients.md, "Advanced search").
    StatusFilter {
        /// Active and suspended: the plain list.
        Current = "current", "Active and suspended";
        /// Terminated ones too.
        All = "all", "All";
        /// Active only.
        Active = "active", "Active";
        /// Suspended only.
        Suspended = "suspended", "Suspended";
        /// Terminated only.
        Terminated = "terminated", "Terminated";
    }
);

impl StatusFilter {
    /// The states that are listed.
    #[must_use]
    pub const fn statuses(self) -> &'static [ClientStatus] {
        match self {
            Self::Current => &[ClientStatus::Active, ClientStatus::Suspended],
            Self::All => ClientStatus::ALL,
            Self::Active => &[ClientStatus::Active],
            Self::Suspended => &[ClientStatus::Suspended],
            Self::Terminated => &[ClientStatus::Terminated],
        }
    }
}

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
    /// From a pair of an address; none for a pair that says nothing about it. What makes no sense is the first page.
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

/// A view of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientQuery {
    /// Name anywhere, unique id or external id; empty for all.
    pub search: String,
    /// Advanced: the name only, anywhere; empty for all.
    pub name: String,
    /// Advanced: which states.
    pub status: StatusFilter,
    /// Order.
    pub sort: ClientSort,
    /// Order.
    pub direction: Direction,
    /// One of [`PAGE_SIZES`].
    pub size: u32,
    /// Where the page begins.
    pub at: PageAt,
    /// The number of the page, counted from 1, for people; it finds nothing.
    pub page: u64,
}

impl Default for ClientQuery {
    fn default() -> Self {
        Self {
            search: String::new(),
            name: String::new(),
            status: StatusFilter::Current,
            sort: ClientSort::Name,
            direction: Direction::Ascending,
            size: PAGE_SIZES[0],
            at: PageAt::First,
            page: 1,
        }
    }
}

/// What the API searches clients by (docs/spec/rest-api.md, "Search keys"). What is not given doesn't matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientFilter {
    /// The unique id.
    pub id: Option<ClientId>,
    /// Text anywhere in the name; empty for all.
    pub name: String,
    /// Active ones only, or all others only, terminated ones among them. Without it all but the terminated.
    pub active: Option<bool>,
    /// Created not before, and not after.
    pub created: (Option<Timestamp>, Option<Timestamp>),
    /// Last changed not before, and not after.
    pub updated: (Option<Timestamp>, Option<Timestamp>),
}

impl ClientQuery {
    /// Reads the part of an address behind `?`. What makes no sense is left at its default: a shared address must open.
    #[must_use]
    pub fn from_address(query: &str) -> Self {
        let text = |value: &str| value.trim().chars().take(120).collect();
        let mut found = Self::default();
        for (key, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*key {
                "q" => found.search = text(&value),
                "name" => found.name = text(&value),
                "status" => found.status = StatusFilter::from_key(&value).unwrap_or(found.status),
                "sort" => found.sort = ClientSort::from_key(&value).unwrap_or(found.sort),
                "dir" => found.direction = Direction::from_key(&value).unwrap_or(found.direction),
                "size" => found.size = value.parse().ok().filter(|size| PAGE_SIZES.contains(size)).unwrap_or(found.size),
                "page" => found.page = value.parse().ok().filter(|page| *page >= 1).unwrap_or(found.page),
                key => found.at = PageAt::from_pair(key, &value).unwrap_or(found.at),
            }
        }
        if found.at == PageAt::First {
            found.page = 1;
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
        part("name", &self.name, !self.name.is_empty());
        part("status", self.status.key(), self.status != default.status);
        part("sort", self.sort.key(), self.sort != default.sort);
        part("dir", self.direction.key(), self.direction != default.direction);
        part("size", &self.size.to_string(), self.size != default.size);
        part("page", &self.page.to_string(), self.page > 1);
        if let Some((key, value)) = self.at.pair() {
            part(key, &value, true);
        }
        address.finish()
    }

    /// The same view from its first page.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self { at: PageAt::First, page: 1, ..self.clone() }
    }

    /// The view that a click on a column's head leads to.
    #[must_use]
    pub fn sorted_by(&self, sort: ClientSort) -> Self {
        let direction = match (self.sort == sort, self.direction) {
            (true, Direction::Ascending) => Direction::Descending,
            _ => Direction::Ascending,
        };
        Self { sort, direction, ..self.first_page() }
    }

    /// Whether anything is searched or filtered.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || !self.name.is_empty() || self.status != StatusFilter::Current
    }
}

/// How many rows a view has in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Total {
    /// So many.
    Exactly(u64),
    /// More than so many: a search stops counting there.
    MoreThan(u64),
}

impl std::fmt::Display for Total {
    /// With thousands parted, `1,000+` where the count stopped.
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

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientPage {
    /// The rows, in order.
    pub rows: Vec<ClientRow>,
    /// Rows in all.
    pub total: Total,
    /// The page before, if any.
    pub previous: Option<PageAt>,
    /// The next page, if any.
    pub next: Option<PageAt>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_round_trips() {
        let query = ClientQuery {
            search: "léo & co".into(),
            name: "x=y".into(),
            status: StatusFilter::Terminated,
            sort: ClientSort::Updated,
            direction: Direction::Descending,
            size: 100,
            at: PageAt::After("leo~art".into(), 9),
            page: 3,
        };
        assert_eq!(ClientQuery::from_address(&query.to_address()), query);
        assert_eq!(ClientQuery::default().to_address(), "");
        assert_eq!(ClientQuery::from_address(""), ClientQuery::default());
    }

    #[test]
    fn nonsense_in_an_address_opens_the_plain_list() {
        assert_eq!(ClientQuery::from_address("?sort=shoe&size=7&page=-1&after=x&dir=up&status=gone&foo=1"), ClientQuery::default());
    }

    #[test]
    fn a_second_click_turns_the_order() {
        let once = ClientQuery::default().sorted_by(ClientSort::Created);
        assert_eq!((once.sort, once.direction), (ClientSort::Created, Direction::Ascending));
        assert_eq!(once.sorted_by(ClientSort::Created).direction, Direction::Descending);
    }

    #[test]
    fn totals_read_well() {
        assert_eq!(Total::Exactly(1_000_000).to_string(), "1,000,000");
        assert_eq!(Total::MoreThan(1000).to_string(), "1,000+");
        assert_eq!(Total::Exactly(7).to_string(), "7");
    }
}
