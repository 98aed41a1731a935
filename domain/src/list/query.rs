//! What a page asks of a list. All of it stands in the page's address, so that a view can be shared.

use crate::{Direction, Keyed, ListFilter, NameSort, PAGE_SIZES, PageAt};

/// The longest text of an address that is used, in characters.
const MAX_TEXT: usize = 120;

/// What a page asks of a list: `S` is what can order it, `F` which rows can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query<S, F> {
    /// The text that is searched for; empty for all rows.
    pub search: String,
    /// Which rows.
    pub filter: F,
    /// What orders the list.
    pub sort: S,
    /// The direction of the order.
    pub direction: Direction,
    /// Rows of a page, one of [`PAGE_SIZES`].
    pub size: u32,
    /// Where the page begins.
    pub at: PageAt,
    /// The number of the page, counted from 1, where the list shows it. The page itself is found by [`Self::at`].
    pub page: u64,
}

/// What a page asks of a list that has no filters.
pub type NameQuery = Query<NameSort, ()>;

impl<S: Default, F: Default> Default for Query<S, F> {
    fn default() -> Self {
        Self {
            search: String::new(),
            filter: F::default(),
            sort: S::default(),
            direction: Direction::default(),
            size: PAGE_SIZES[0],
            at: PageAt::First,
            page: 1,
        }
    }
}

impl<S: Keyed + Default, F: ListFilter> Query<S, F> {
    /// The plain list with a filter.
    #[must_use]
    pub fn filtered(filter: F) -> Self {
        Self { filter, ..Self::default() }
    }

    /// Reads the part of an address behind `?`. Invalid values are ignored, so that every shared address opens.
    #[must_use]
    pub fn from_address(query: &str) -> Self {
        let mut found = Self::default();
        for (key, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*key {
                "q" => found.search = text(&value),
                "sort" => found.sort = S::from_key(&value).unwrap_or(found.sort),
                "dir" => found.direction = Direction::from_key(&value).unwrap_or(found.direction),
                "size" => found.size = value.parse().ok().filter(|size| PAGE_SIZES.contains(size)).unwrap_or(found.size),
                "page" => found.page = value.parse().ok().filter(|page| *page >= 1).unwrap_or(found.page),
                key => match PageAt::from_pair(key, &value) {
                    Some(at) => found.at = at,
                    None => found.filter.read(key, &text(&value)),
                },
            }
        }
        if found.at == PageAt::First {
            found.page = 1;
        }
        found
    }

    /// The pairs of the address, without those that are at their default.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let mut pairs = Vec::new();
        let mut pair = |key, value: &str, differs: bool| {
            if differs {
                pairs.push((key, value.to_owned()));
            }
        };
        pair("q", &self.search, !self.search.is_empty());
        for (key, value) in self.filter.pairs() {
            pair(key, &value, true);
        }
        pair("sort", self.sort.key(), self.sort != default.sort);
        pair("dir", self.direction.key(), self.direction != default.direction);
        pair("size", &self.size.to_string(), self.size != default.size);
        pair("page", &self.page.to_string(), self.page > 1);
        pairs.extend(self.at.pair());
        pairs
    }

    /// The part of an address behind `?`; empty for the plain list.
    #[must_use]
    pub fn to_address(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// The same view from its first page.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self { at: PageAt::First, page: 1, ..self.clone() }
    }

    /// The first page of all rows, in the same order and size.
    #[must_use]
    pub fn all_rows(&self) -> Self {
        Self { sort: self.sort, direction: self.direction, size: self.size, ..Self::default() }
    }

    /// The view that a click on a column's heading leads to: by that column, or the other way round.
    #[must_use]
    pub fn sorted_by(&self, sort: S) -> Self {
        let direction = if self.sort == sort { self.direction.reversed() } else { Direction::Ascending };
        Self { sort, direction, ..self.first_page() }
    }

    /// Whether it leaves rows out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || self.filter != F::default()
    }

    /// The same view with another filter.
    #[must_use]
    pub fn with_filter<G>(self, filter: G) -> Query<S, G> {
        let Self { search, filter: _, sort, direction, size, at, page } = self;
        Query { search, filter, sort, direction, size, at, page }
    }
}

fn text(value: &str) -> String {
    value.trim().chars().take(MAX_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClientFilter, ClientQuery, ClientSort, OwnerFilter, StatusFilter};

    type Owned = Query<NameSort, Option<OwnerFilter>>;

    #[test]
    fn an_address_round_trips() {
        let query = ClientQuery {
            search: "léo & co".into(),
            filter: ClientFilter { name: "x=y".into(), status: StatusFilter::Terminated, ..ClientFilter::default() },
            sort: ClientSort::Updated,
            direction: Direction::Descending,
            size: 100,
            at: PageAt::After("leo~art".into(), 9),
            page: 3,
        };
        assert_eq!(query.to_address(), "q=l%C3%A9o+%26+co&name=x%3Dy&status=terminated&sort=updated&dir=desc&size=100&page=3&after=leo%7Eart%7E9");
        assert_eq!(ClientQuery::from_address(&query.to_address()), query);
        assert_eq!(ClientQuery::default().to_address(), "");
        let query = Owned { search: "a&b ü".into(), direction: Direction::Descending, ..Owned::filtered(Some(OwnerFilter::Partner)) };
        assert_eq!(query.to_address(), "q=a%26b+%C3%BC&filter=partner&dir=desc");
        for at in [PageAt::Last, PageAt::Before("x".into(), 1), PageAt::After("smith~jo".into(), 12)] {
            let query = Owned { at, ..query.clone() };
            assert_eq!(Owned::from_address(&query.to_address()), query);
        }
    }

    #[test]
    fn nonsense_in_an_address_opens_the_plain_list() {
        for nonsense in ["", "size=7", "dir=up", "after=x", "after=~", "%%%", "q", "filter=gone", "sort=shoe", "page=-1", "page=3", "foo=1"] {
            assert_eq!(Owned::from_address(nonsense), Owned::default(), "{nonsense}");
        }
        assert_eq!(ClientQuery::from_address("?sort=shoe&size=7&page=-1&after=x&dir=up&status=gone&foo=1"), ClientQuery::default());
    }

    #[test]
    fn a_second_click_turns_the_order() {
        let once = ClientQuery::default().sorted_by(ClientSort::Created);
        assert_eq!((once.sort, once.direction), (ClientSort::Created, Direction::Ascending));
        assert_eq!(once.sorted_by(ClientSort::Created).direction, Direction::Descending);
    }
}
