//! Lists: one way to search, page and count, whatever the noun. Ids are found first, along the index of the order, and what is shown is read for those of the
//! page alone.

mod count;
mod of_client;
mod texts;

use domain::{Direction, ListPage, NameSort, PageAt, Query, Slice, Sliced, Total};
use sqlx::any::AnyRow;

use super::{
    like_anywhere,
    order::{Cursor, Order, Sort},
};
use crate::{
    Result,
    kernel::{Binds, Engine, Tx, engine::TextIndex, fold::fold},
};
pub(crate) use of_client::Texts;

/// The most rows that a page counts.
const COUNTED: u64 = 1000;

/// Up to this many candidates are checked and sorted. With more, walking the list finds one every few rows.
const FEW: u64 = 6000;

/// Up to this many candidates are looked at to count them all. With more, walking the list costs less.
const MANY: u64 = 100_000;

/// The rows of the first walk of a search: enough for frequent hits, few enough to cost next to nothing.
const STROLL: u64 = 3000;

/// Sorting one hit costs as much as walking over this many rows, which limits the second walk.
const ROWS_OF_A_HIT: u64 = 4;

/// What is listed. Its table is known as `t` and has the columns `id` and `name_key`.
pub(crate) struct Listing<'a> {
    /// What is selected, besides the id and what sorts: `t.name, t.description`.
    columns: &'a str,
    table: &'a str,
    /// What the columns need besides the table: `JOIN … ON …`. It neither leaves out rows nor adds any.
    joins: &'a str,
    /// `… AND …` that a row is in the list: tenant, view and filters.
    pub(crate) condition: String,
    /// `AND …` that a row is what is searched for.
    searched: String,
    /// The values of the condition.
    pub(crate) binds: Binds,
    /// The listed states, where the indexes are led by them: of each, a range of the index is in order. Empty for a list without.
    states: Vec<&'static str>,
    /// Where everything listed is among.
    candidates: Vec<Candidates>,
    /// The narrowest of them.
    found: Option<Found>,
    /// Conditions of which an exact match fulfils any; exact matches come first in every order. That of the name is first, because only names are indexed in
    /// every table.
    exact: Vec<String>,
    /// Selects the exact matches, as [`Candidates`] do; none where no index knows them all.
    exact_ways: Vec<String>,
    /// How many rows the list has, where the writes keep a count.
    total: Option<u64>,
}

/// Ids among which everything listed is.
struct Candidates {
    /// Each selects some of them, as `hit`, along an index of its own.
    ways: Vec<String>,
    /// Up to so many of them are worth looking at to count all rows.
    most: u64,
}

/// Candidates, and how many there are, as far as that was counted.
struct Found {
    ways: Vec<String>,
    number: u64,
}

impl<'a> Listing<'a> {
    /// Columns, table, joins, and the condition with its values, as [`Listing`] says.
    pub(crate) const fn of(columns: &'a str, table: &'a str, joins: &'a str, condition: String, binds: Binds) -> Self {
        Self {
            columns,
            table,
            joins,
            condition,
            searched: String::new(),
            binds,
            states: Vec::new(),
            candidates: Vec::new(),
            found: None,
            exact: Vec::new(),
            exact_ways: Vec::new(),
            total: None,
        }
    }

    /// The same rows by other columns, and what those need besides the table.
    pub(crate) fn by(self, columns: &'a str, joins: &'a str) -> Self {
        Self { columns, joins, ..self }
    }

    /// Keeps the rows in some states, by which the indexes begin.
    pub(crate) fn in_states(self, states: Vec<&'static str>) -> Self {
        Self { states, ..self }
    }

    /// Says how many rows there are.
    pub(crate) fn counted(self, total: u64) -> Self {
        Self { total: Some(total), ..self }
    }

    /// Says that everything listed is among the ids, `hit`, that a text selects.
    pub(crate) fn among(self, ids: String) -> Self {
        self.among_any(vec![ids])
    }

    /// Says that everything listed is among the ids, `hit`, that any of some texts selects.
    pub(crate) fn among_any(mut self, ways: Vec<String>) -> Self {
        self.candidates.push(Candidates { ways, most: MANY });
        self
    }

    /// As [`Listing::among`], where an index counts all rows for less than looking at many candidates.
    pub(crate) fn among_few(mut self, ids: String) -> Self {
        self.candidates.push(Candidates { ways: vec![ids], most: FEW });
        self
    }

    /// Keeps the rows that have a text anywhere in a folded column; rows whose column equals it come first.
    pub(crate) fn search(self, column: &'static str, typed: &str) -> Self {
        let text = fold(typed);
        self.search_folded(column, &[(column, text.as_str())], &text)
    }

    /// As [`Listing::search`], for an already folded text; rows whose column equals its value in `exact` come first.
    pub(crate) fn search_folded(mut self, column: &str, exact: &[(&'static str, &str)], text: &str) -> Self {
        if !text.is_empty() {
            let pattern = self.binds.text(like_anywhere(text));
            self.searched += &format!(" AND {column} LIKE {pattern} ESCAPE '\\'");
            for (column, text) in exact {
                self.exact.push(format!("{column} = {}", self.binds.text(*text)));
            }
        }
        self
    }

    /// Whether a text is searched for.
    pub(crate) const fn is_searched(&self) -> bool {
        !self.searched.is_empty()
    }

    /// Keeps the rows that fulfil any of some conditions; those come first that fulfil any of `exact`, which `exact_ways` select.
    pub(crate) fn search_any(mut self, conditions: &[String], exact: Vec<String>, exact_ways: Vec<String>) -> Self {
        self.searched += &format!(" AND ({})", conditions.join(" OR "));
        Self { exact, exact_ways, ..self }
    }

    /// Says that whatever is listed has texts that a text index knows. Which row has them is still for the condition to say.
    pub(crate) fn with_texts(mut self, tx: &Tx, index: TextIndex, texts: &[&str]) -> Self {
        let folded: Vec<_> = texts.iter().map(|text| fold(text)).collect();
        // The index is by three letters.
        let terms: Vec<_> = folded.iter().map(String::as_str).filter(|text| text.chars().nth(2).is_some()).collect();
        if let Some(pattern) = tx.engine.text_pattern(&terms).filter(|_| !terms.is_empty()) {
            let ids = Engine::text_hits(index, &self.binds.text(pattern));
            return self.among(ids);
        }
        self
    }

    /// The page that a query wants; `read` makes an entry of a row.
    pub(crate) async fn page<F, T>(self, tx: &mut Tx, query: &Query<NameSort, F>, read: impl Fn(&AnyRow) -> Result<T>) -> Result<ListPage<T>> {
        self.page_by(tx, query.sort.into(), query, read).await
    }

    /// As [`Listing::page`], for a list with sorts of its own.
    pub(crate) async fn page_by<S, F, T>(
        mut self,
        tx: &mut Tx,
        sort: Sort,
        query: &Query<S, F>,
        read: impl Fn(&AnyRow) -> Result<T>,
    ) -> Result<ListPage<T>> {
        let Query { at, direction, size, .. } = query;
        self.choose_candidates(tx, true).await?;
        let total = match self.total {
            Some(total) => Total::Exactly(total),
            None => self.count_some(tx).await?,
        };
        let backwards = matches!(at, PageAt::Last | PageAt::Before(..));
        let (mut order, size) = (Order::at(sort, *direction, at), *size as usize);
        let mut parts = self.parts();
        if backwards {
            parts.reverse();
        }
        if let Some((_, id)) = &order.from
            && parts.len() > 1
            && self.is_exact(tx, *id).await? == backwards
        {
            parts.remove(0);
        }
        let mut rows = Vec::new();
        for part in parts {
            let wanted = size + 1 - rows.len();
            rows.extend(match &self.found {
                Some(found) if found.number > FEW && self.is_searched() && !matches!(part, Part::Exact) => {
                    self.rows_of_many(tx, part, &order, wanted).await?
                }
                _ => self.rows(tx, part, &order, wanted, 0).await?,
            });
            // The cursor applies only to the first part that is read.
            order.from = None;
            if rows.len() > size {
                break;
            }
        }
        let size = match total {
            // The last page has what the full ones before it leave: pages have the same rows from either end.
            Total::Exactly(total) if *at == PageAt::Last => remainder(total, size),
            _ => size,
        };
        let more = rows.len() > size;
        rows.truncate(size);
        if backwards {
            rows.reverse();
        }
        let (previous, next) = match at {
            PageAt::First => (false, more),
            PageAt::After(..) => (true, more),
            PageAt::Last => (more, false),
            PageAt::Before(..) => (more, true),
        };
        let place = |row: &AnyRow| order.cursor(row).map(|(value, id)| (value.to_string(), id));
        // If all rows of a page are gone, the way back is still there.
        let previous = match rows.first() {
            _ if !previous => None,
            None => Some(PageAt::Last),
            Some(row) => place(row).map(|(value, id)| Some(PageAt::Before(value, id)))?,
        };
        let next = match rows.last() {
            _ if !next => None,
            None => Some(PageAt::First),
            Some(row) => place(row).map(|(value, id)| Some(PageAt::After(value, id)))?,
        };
        Ok(ListPage { rows: rows.iter().map(read).collect::<Result<_>>()?, total, previous, next })
    }

    /// A part by position, and the full count.
    pub(crate) async fn slice<T>(self, tx: &mut Tx, slice: Slice, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Sliced<T>> {
        self.slice_by(tx, slice.sort.into(), slice, read).await
    }

    /// As [`Listing::slice`], for a list with sorts of its own. A reader who has just read the part before continues behind its last row; otherwise the rows
    /// before the part are counted along the index, from the nearer end.
    pub(crate) async fn slice_by<S, T>(mut self, tx: &mut Tx, sort: Sort, slice: Slice<S>, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Sliced<T>> {
        self.choose_candidates(tx, false).await?;
        let total = match self.total {
            Some(total) => total,
            None => self.count(tx).await?,
        };
        let limit = slice.limit as usize;
        let mut order = Order::of(sort, slice.direction);
        // In the order of the ids, exact matches don't come first.
        let mut parts = if sort.is_id() { vec![Part::All] } else { self.parts() };
        let (reader, last) = (tx.caller.as_ref().map(|caller| caller.user.id), parts.len() - 1);
        let mut binds = self.binds.clone();
        let list = parts.get(last).map(|part| self.ordered(tx.engine, *part, &order, "", &mut binds, None));
        let place = |position: u64| (reader, &list, &binds, position);
        let mut offset = slice.offset.min(i64::MAX.unsigned_abs());
        let mut wanted = limit;
        let mut turned = false;
        if let Some(cursor) = tx.bookmarks.get(&place(offset), tx.now) {
            parts.drain(..last);
            (order.from, offset) = (Some(cursor), 0);
        } else if last == 0 && offset > total / 2 {
            let left = total.saturating_sub(offset);
            wanted = limit.min(usize::try_from(left).unwrap_or(limit));
            (order, offset, turned) = (order.reversed(), left.saturating_sub(wanted as u64), true);
        }
        let mut rows = Vec::new();
        let (parts_left, mut in_last) = (parts.len(), false);
        for (at, part) in parts.iter().enumerate() {
            let found = self.rows(tx, *part, &order, wanted - rows.len(), offset).await?;
            in_last = at + 1 == parts_left && !found.is_empty();
            rows.extend(found);
            if rows.len() == wanted || at + 1 == parts_left {
                break;
            }
            // The offset into the next part is less by the rows of this one.
            offset = offset.saturating_sub(self.count_part(tx, *part).await?);
        }
        if turned {
            rows.reverse();
        }
        if let Some(row) = rows.last().filter(|_| in_last && rows.len() == limit) {
            tx.bookmarks.put(&place(slice.offset.saturating_add(rows.len() as u64)), order.cursor(row)?, tx.now);
        }
        Ok(Sliced { rows: rows.iter().map(read).collect::<Result<_>>()?, total })
    }

    /// All entries, in order: for what is known to be short.
    pub(crate) async fn all<T>(self, tx: &mut Tx, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Vec<T>> {
        self.all_by(tx, Sort::NAME, read).await
    }

    /// As [`Listing::all`], in another order.
    pub(crate) async fn all_by<T>(self, tx: &mut Tx, sort: Sort, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Vec<T>> {
        let mut binds = self.binds.clone();
        let columns = format!(", t.id, {}", self.columns);
        let sql = self.ordered(tx.engine, Part::All, &Order::of(sort, Direction::Ascending), &columns, &mut binds, None);
        binds.fetch_used(tx, &sql).await?.iter().map(read).collect()
    }

    /// Rows of a part of a list with many candidates: walks along the order as long as that costs less than sorting all of them. Where a walk doesn't fill the
    /// page, the hits lie together elsewhere in the order.
    async fn rows_of_many(&self, tx: &mut Tx, part: Part, order: &Order, limit: usize) -> Result<Vec<AnyRow>> {
        let ways = self.found.as_ref().map(|found| &*found.ways).unwrap_or_default();
        let mut walk = STROLL;
        for _ in 0..2 {
            let until = self.cursor_behind(tx, order, walk).await?;
            let ends = until.is_none();
            let rows = self.rows(tx, part, &order.until(until), limit, 0).await?;
            if ends || rows.len() == limit {
                return Ok(rows);
            }
            walk = ROWS_OF_A_HIT * self.number_of(tx, ways, MANY).await?;
        }
        let mut binds = self.binds.clone();
        let ids = self.sorted(ways, part, order, "", &mut binds) + &format!(" LIMIT {limit}");
        self.shown(tx, &binds, &ids, order).await
    }

    /// The cursor at so many rows along the order, whether or not they are searched for; none if the list ends before.
    async fn cursor_behind(&self, tx: &mut Tx, order: &Order, rows: u64) -> Result<Option<Cursor>> {
        let plain = Listing {
            searched: String::new(),
            states: self.states.clone(),
            ..Listing::of("", self.table, "", self.condition.clone(), self.binds.clone())
        };
        let mut binds = self.binds.clone();
        let sql = plain.ordered(tx.engine, Part::All, order, "", &mut binds, Some((1, rows)));
        binds.fetch_used(tx, &sql).await?.first().map(|row| order.cursor(row)).transpose()
    }

    /// Rows of a part, with the columns: ids first, then what is shown of them.
    async fn rows(&self, tx: &mut Tx, part: Part, order: &Order, limit: usize, offset: u64) -> Result<Vec<AnyRow>> {
        if limit == 0 || self.is_empty() {
            return Ok(Vec::new());
        }
        let mut binds = self.binds.clone();
        let ids = self.ordered(tx.engine, part, order, "", &mut binds, Some((limit as u64, offset)));
        self.shown(tx, &binds, &ids, order).await
    }

    /// What is shown of the ids that a text selects.
    async fn shown(&self, tx: &mut Tx, binds: &Binds, ids: &str, order: &Order) -> Result<Vec<AnyRow>> {
        let Self { columns, table, joins, .. } = self;
        // CROSS JOIN: for SQLite, the order of the loops.
        let sql = format!("SELECT page.*, t.id, {columns} FROM ({ids}) AS page CROSS JOIN {table} t {joins} WHERE t.id = page.hit{}", order.by());
        binds.fetch_used(tx, &sql).await
    }

    /// The parts of the list in order: exact matches and the rest, or everything if there is no search.
    fn parts(&self) -> Vec<Part> {
        if self.exact.is_empty() { vec![Part::All] } else { vec![Part::Exact, Part::Rest] }
    }

    /// Whether a row is an exact match.
    async fn is_exact(&self, tx: &mut Tx, id: i64) -> Result<bool> {
        let sql = format!("SELECT COUNT(*) FROM {} t WHERE t.id = {id}{}", self.table, self.of_part(Part::Exact));
        Ok(self.binds.fetch_used_number(tx, &sql).await? > 0)
    }
}

/// A part of a list.
#[derive(Clone, Copy)]
enum Part {
    All,
    Exact,
    Rest,
}

/// What pages of a size leave for the last one.
fn remainder(total: u64, size: usize) -> usize {
    usize::try_from(total).ok().and_then(|total| total.checked_rem(size)).filter(|rest| *rest > 0).unwrap_or(size)
}
