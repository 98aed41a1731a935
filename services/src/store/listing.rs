//! Lists: one way to search, page and count, whatever the noun. Ids are found first, along the index of the order, and what is shown is read for those of the
//! page alone.

use std::mem;

use domain::{Direction, ListPage, ListQuery, PageAt, Slice, Sliced, Total};
use sqlx::any::AnyRow;

use super::{
    Engine, Tx,
    client_search::like_anywhere,
    engine::TextIndex,
    order::{Order, Sort},
    statement::Binds,
};
use crate::{Result, fold::fold};

/// The most rows that a page counts.
const COUNTED: u64 = 1000;

/// Up to this many candidates are checked and sorted. With more, walking the list finds one every few rows.
const FEW: u64 = 6000;

/// Up to this many candidates are looked at to count them all. With more, walking the list costs less.
const MANY: u64 = 100_000;

/// What is listed. Its table is known as `t` and has the columns `id` and `name_key`.
pub(super) struct Listing<'a> {
    /// What is selected, besides the id and what sorts: `t.name, t.description`.
    columns: &'a str,
    table: &'a str,
    /// What the columns need besides the table: `JOIN … ON …`. It neither leaves out rows nor adds any.
    joins: &'a str,
    /// `… AND …` that a row is in the list: tenant, view and filters.
    pub(super) condition: String,
    /// The values of the condition.
    pub(super) binds: Binds,
    /// The listed states, where the indexes are led by them: of each, a range of the index is in order. Empty for a list without.
    states: Vec<&'static str>,
    /// Where everything listed is among.
    candidates: Vec<Candidates>,
    /// The ids of the narrowest of them, and how many there are, as far as that was counted.
    found: Option<(String, u64)>,
    /// Searched columns with the value of an exact match; exact matches come first in every order. The name is first in the list, because only it is indexed
    /// in every table.
    exact: Vec<(&'static str, String)>,
    /// How many rows the list has, where the writes keep a count.
    total: Option<u64>,
}

/// Ids among which everything listed is.
struct Candidates {
    /// Selects them, as `hit`.
    ids: String,
    /// The values of that text alone.
    binds: Binds,
    /// Up to so many of them are worth looking at to count all rows.
    most: u64,
}

impl<'a> Listing<'a> {
    /// Columns, table, joins, and the condition with its values, as [`Listing`] says.
    pub(super) const fn of(columns: &'a str, table: &'a str, joins: &'a str, condition: String, binds: Binds) -> Self {
        Self { columns, table, joins, condition, binds, states: Vec::new(), candidates: Vec::new(), found: None, exact: Vec::new(), total: None }
    }

    /// The same rows by other columns, and what those need besides the table.
    pub(super) fn by(self, columns: &'a str, joins: &'a str) -> Self {
        Self { columns, joins, ..self }
    }

    /// Keeps the rows in some states, by which the indexes begin.
    pub(super) fn in_states(self, states: Vec<&'static str>) -> Self {
        Self { states, ..self }
    }

    /// Says how many rows there are.
    pub(super) fn counted(self, total: u64) -> Self {
        Self { total: Some(total), ..self }
    }

    /// Says that everything listed is among the ids, `hit`, that a text without values selects.
    pub(super) fn among(mut self, ids: String) -> Self {
        self.candidates.push(Candidates { ids, binds: Binds::default(), most: MANY });
        self
    }

    /// As [`Listing::among`], where an index counts all rows for less than looking at many candidates.
    pub(super) fn among_few(mut self, ids: String) -> Self {
        self.candidates.push(Candidates { ids, binds: Binds::default(), most: FEW });
        self
    }

    /// Keeps the rows that have a text anywhere in a folded column; rows whose column equals it come first.
    pub(super) fn search(self, column: &'static str, typed: &str) -> Self {
        let text = fold(typed);
        self.search_folded(column, &[(column, text.as_str())], &text)
    }

    /// As [`Listing::search`], for an already folded text; rows whose column equals its value in `exact` come first.
    pub(super) fn search_folded(mut self, column: &str, exact: &[(&'static str, &str)], text: &str) -> Self {
        if !text.is_empty() {
            let pattern = self.binds.text(like_anywhere(text));
            self.condition += &format!(" AND {column} LIKE {pattern} ESCAPE '\\'");
            self.exact.extend(exact.iter().map(|(column, text)| (*column, (*text).to_owned())));
        }
        self
    }

    /// Says that whatever is listed has texts that a text index knows. Which row has them is still for the condition to say.
    pub(super) fn with_texts(mut self, tx: &Tx, index: TextIndex, texts: &[&str]) -> Self {
        let folded: Vec<_> = texts.iter().map(|text| fold(text)).collect();
        // The index is by three letters.
        let terms: Vec<_> = folded.iter().map(String::as_str).filter(|text| text.chars().nth(2).is_some()).collect();
        if let Some(pattern) = tx.engine.text_pattern(&terms).filter(|_| !terms.is_empty()) {
            let ids = Engine::text_hits(index, &self.binds.text(pattern));
            self.candidates.push(Candidates { ids, binds: self.binds.clone(), most: MANY });
        }
        self
    }

    /// A page by name, as a query wants it; `read` makes an entry of a row.
    pub(super) async fn page<T>(self, tx: &mut Tx, query: &ListQuery, read: impl Fn(&AnyRow) -> Result<T>) -> Result<ListPage<T>> {
        self.page_by(tx, Sort::NAME, query.direction, query.size, &query.at, read).await
    }

    /// A page in some order.
    pub(super) async fn page_by<T>(
        mut self,
        tx: &mut Tx,
        sort: Sort,
        direction: Direction,
        size: u32,
        at: &PageAt,
        read: impl Fn(&AnyRow) -> Result<T>,
    ) -> Result<ListPage<T>> {
        self.choose_candidates(tx, true).await?;
        let total = match self.total {
            Some(total) => Total::Exactly(total),
            None => match self.count(tx, Some(COUNTED + 1)).await? {
                total if total > COUNTED => Total::MoreThan(COUNTED),
                total => Total::Exactly(total),
            },
        };
        let backwards = matches!(at, PageAt::Last | PageAt::Before(..));
        let (mut order, size) = (Order::at(sort, direction, at), size as usize);
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
            rows.extend(self.rows(tx, &part, &order, size + 1 - rows.len(), 0).await?);
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

    /// A part by position in the order of the names, and the full count.
    pub(super) async fn slice<T>(self, tx: &mut Tx, slice: Slice, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Sliced<T>> {
        self.slice_by(tx, Sort::NAME, slice, read).await
    }

    /// As [`Listing::slice`], in another order. Who has just read the part before goes on behind its last row; else the rows before the part are counted along
    /// the index, from the nearer end.
    pub(super) async fn slice_by<T>(mut self, tx: &mut Tx, sort: Sort, slice: Slice, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Sliced<T>> {
        self.choose_candidates(tx, false).await?;
        let total = match self.total {
            Some(total) => total,
            None => self.count(tx, None).await?,
        };
        let limit = slice.limit as usize;
        let mut order = Order::of(if slice.by_number { sort.by_id() } else { sort }, slice.direction);
        let mut parts = if slice.by_number { vec![Part::All] } else { self.parts() };
        let (reader, last) = (tx.caller.as_ref().map(|caller| caller.user.id), parts.len() - 1);
        let mut binds = self.binds.clone();
        let list = parts.get(last).map(|part| self.ordered(tx.engine, part, &order, "", &mut binds, None));
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
            let found = self.rows(tx, part, &order, wanted - rows.len(), offset).await?;
            in_last = at + 1 == parts_left && !found.is_empty();
            rows.extend(found);
            if rows.len() == wanted || at + 1 == parts_left {
                break;
            }
            // The offset into the next part is less by the rows of this one.
            offset = offset.saturating_sub(self.count_part(tx, part).await?);
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
    pub(super) async fn all<T>(self, tx: &mut Tx, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Vec<T>> {
        self.all_by(tx, Sort::NAME, read).await
    }

    /// As [`Listing::all`], in another order.
    pub(super) async fn all_by<T>(self, tx: &mut Tx, sort: Sort, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Vec<T>> {
        let mut binds = self.binds.clone();
        let columns = format!(", t.id, {}", self.columns);
        let sql = self.ordered(tx.engine, &Part::All, &Order::of(sort, Direction::Ascending), &columns, &mut binds, None);
        binds.fetch(tx, sql).await?.iter().map(read).collect()
    }

    /// Rows of a part, with the columns: ids first, then what is shown of them.
    async fn rows(&self, tx: &mut Tx, part: &Part<'_>, order: &Order, limit: usize, offset: u64) -> Result<Vec<AnyRow>> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let mut binds = self.binds.clone();
        let ids = self.ordered(tx.engine, part, order, "", &mut binds, Some((limit as u64, offset)));
        let Self { columns, table, joins, .. } = self;
        // CROSS JOIN: for SQLite, the order of the loops.
        let sql = format!("SELECT page.*, t.id, {columns} FROM ({ids}) AS page CROSS JOIN {table} t {joins} WHERE t.id = page.hit{}", order.by());
        binds.fetch(tx, sql).await
    }

    /// Selects the [`Order::keys`] of a part, and more columns, in order: along the index, once for each state, which the engine merges as it walks; or of few
    /// candidates, sorted. `range` is a limit and an offset.
    fn ordered(&self, engine: Engine, part: &Part<'_>, order: &Order, columns: &str, binds: &mut Binds, range: Option<(u64, u64)>) -> String {
        let Self { table, condition, .. } = self;
        let joins = if columns.is_empty() { "" } else { self.joins };
        let also = format!("{}{}", part.condition(binds), order.beginning(binds));
        let (keys, by) = (order.keys(), order.by());
        let limit = range.map_or_else(String::new, |(limit, offset)| {
            let offset = if offset == 0 { String::new() } else { format!(" OFFSET {offset}") };
            format!(" LIMIT {limit}{offset}")
        });
        if let Some((candidates, _)) = self.found.as_ref().filter(|(_, number)| *number <= FEW) {
            let states = self.any_state();
            return format!(
                "SELECT {keys}{columns} FROM ({candidates}) AS found CROSS JOIN {table} t {joins} WHERE t.id = found.hit AND {condition}{states}{also}{by}{limit}"
            );
        }
        // Exact matches have an index of their own.
        let along = order.sort.index.filter(|_| !matches!(part, Part::Exact(_))).map(|index| engine.along(index)).unwrap_or_default();
        let of_state = |state: &str| format!("SELECT {keys}{columns} FROM {table} t{along} {joins} WHERE {condition}{state}{also}{by}");
        let is_in = |state: &&str| format!(" AND t.status = '{state}'");
        match self.states.as_slice() {
            [] => of_state("") + &limit,
            [state] => of_state(&is_in(state)) + &limit,
            states => {
                let end = range.map(|(limit, offset)| engine.branch_limit(limit + offset)).unwrap_or_default();
                let branches: Vec<_> = states.iter().map(|state| format!("SELECT * FROM ({}{end}) AS branch", of_state(&is_in(state)))).collect();
                branches.join(" UNION ALL ") + by + &limit
            }
        }
    }

    /// `AND …` that a row is in one of the states.
    fn any_state(&self) -> String {
        let states: Vec<_> = self.states.iter().map(|state| format!("'{state}'")).collect();
        if states.is_empty() { String::new() } else { format!(" AND t.status IN ({})", states.join(", ")) }
    }

    /// The parts of the list in order: exact matches and the rest, or everything if there is no search.
    fn parts(&self) -> Vec<Part<'_>> {
        if self.exact.is_empty() { vec![Part::All] } else { vec![Part::Exact(&self.exact), Part::Rest(&self.exact)] }
    }

    /// Whether a row is an exact match.
    async fn is_exact(&self, tx: &mut Tx, id: i64) -> Result<bool> {
        let mut binds = Binds::default();
        let parts = self.parts();
        let condition = parts.first().map(|part| part.condition(&mut binds)).unwrap_or_default();
        let sql = format!("SELECT COUNT(*) FROM {} t WHERE t.id = {}{condition}", self.table, binds.number(id));
        Ok(binds.fetch_number(tx, sql).await? > 0)
    }

    /// How many rows the list has, up to a limit.
    async fn count(&self, tx: &mut Tx, limit: Option<u64>) -> Result<u64> {
        let limit = limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
        let sql = format!("SELECT COUNT(*) FROM (SELECT t.id FROM {}{limit}) AS counted", self.unordered());
        self.binds.clone().fetch_number(tx, sql).await
    }

    async fn count_part(&self, tx: &mut Tx, part: &Part<'_>) -> Result<u64> {
        let mut binds = self.binds.clone();
        let condition = part.condition(&mut binds);
        binds.fetch_number(tx, format!("SELECT COUNT(*) FROM {}{condition}", self.unordered())).await
    }

    /// Chooses the narrowest candidates. Those that are too many to be looked at are only good for a count that stops soon.
    async fn choose_candidates(&mut self, tx: &mut Tx, stops_soon: bool) -> Result<()> {
        let candidates = mem::take(&mut self.candidates);
        let were_any = !candidates.is_empty();
        for Candidates { ids, binds, most } in candidates {
            let most = if stops_soon { FEW } else { most };
            let number = binds.fetch_number(tx, format!("SELECT COUNT(*) FROM ({ids} LIMIT {}) AS candidates", most + 1)).await?;
            if (stops_soon || number <= most) && self.found.as_ref().is_none_or(|(_, fewest)| number < *fewest) {
                self.found = Some((ids, number));
            }
        }
        if were_any && self.found.as_ref().is_none_or(|(_, number)| *number > FEW) {
            // Columns other than the name have no index and would be scanned.
            self.exact.truncate(1);
        }
        Ok(())
    }

    /// `… WHERE …` of what is listed.
    fn unordered(&self) -> String {
        let Self { table, condition, .. } = self;
        let states = self.any_state();
        match &self.found {
            Some((candidates, _)) => format!("({candidates}) AS found CROSS JOIN {table} t WHERE t.id = found.hit AND {condition}{states}"),
            None => format!("{table} t WHERE {condition}{states}"),
        }
    }
}

/// A part of a list.
enum Part<'a> {
    All,
    Exact(&'a [(&'static str, String)]),
    Rest(&'a [(&'static str, String)]),
}

impl Part<'_> {
    /// `AND …` that a row is in the part.
    fn condition(&self, binds: &mut Binds) -> String {
        let mut any = |columns: &[(&str, String)]| {
            let columns = columns.iter().map(|(column, text)| format!("{column} = {}", binds.text(&**text)));
            columns.collect::<Vec<_>>().join(" OR ")
        };
        match self {
            Self::All => String::new(),
            Self::Exact(columns) => format!(" AND ({})", any(columns)),
            Self::Rest(columns) => format!(" AND NOT ({})", any(columns)),
        }
    }
}

/// What pages of a size leave for the last one.
pub(super) fn remainder(total: u64, size: usize) -> usize {
    usize::try_from(total).ok().and_then(|total| total.checked_rem(size)).filter(|rest| *rest > 0).unwrap_or(size)
}
