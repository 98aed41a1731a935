//! Lists of the directory: one way to search, page and count, whatever the noun. A page walks the index by name from where it begins.

use domain::{Direction, ListPage, ListQuery, PageAt, Slice, Sliced, Total};
use sqlx::{Row, any::AnyRow};

use super::{Engine, Tx, client_search::like_anywhere, engine::TextIndex, statement::Binds};
use crate::{Result, fold::fold};

/// The most rows that a list counts.
const COUNTED: u64 = 1000;

/// Up to this many candidates are checked and sorted. With more, walking the list finds one every few rows.
const FEW: u64 = 6000;

/// What is listed. Its table is known as `t` and has the columns `id` and `name_key`, which order it.
pub(super) struct Listing<'a> {
    /// What is selected, besides the two that order: `t.name, t.description`.
    columns: &'a str,
    /// The table and what is joined to it: `users t JOIN …`.
    from: &'a str,
    /// `… AND …` that a row is in the list: tenant, view and filters.
    pub(super) condition: String,
    /// The values of the condition.
    pub(super) binds: Binds,
    /// Selects the ids, as `hit`, among which everything listed is; none where nothing is known but the condition.
    hits: Option<String>,
    /// Searched columns with the value of an exact match; exact matches come first in every order. The name is first in the list, because only it is indexed
    /// in every table.
    exact: Vec<(&'static str, String)>,
}

impl<'a> Listing<'a> {
    /// Columns, tables, and the condition with its values, as [`Listing`] says.
    pub(super) const fn of(columns: &'a str, from: &'a str, condition: String, binds: Binds) -> Self {
        Self { columns, from, condition, binds, hits: None, exact: Vec::new() }
    }

    /// The same rows by other columns, of as few tables as those and the condition need.
    pub(super) fn by(self, columns: &'a str, from: &'a str) -> Self {
        Self { columns, from, ..self }
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
    pub(super) fn among(mut self, tx: &Tx, index: TextIndex, texts: &[&str]) -> Self {
        let folded: Vec<_> = texts.iter().map(|text| fold(text)).collect();
        // The index is by three letters.
        let terms: Vec<_> = folded.iter().map(String::as_str).filter(|text| text.chars().nth(2).is_some()).collect();
        if !terms.is_empty() {
            self.hits = tx.engine.text_pattern(&terms).map(|pattern| Engine::text_hits(index, &self.binds.text(pattern)));
        }
        self
    }

    /// A page as a query wants it; `read` makes an entry of a row.
    pub(super) async fn page<T>(mut self, tx: &mut Tx, query: &ListQuery, read: impl Fn(&AnyRow) -> Result<T>) -> Result<ListPage<T>> {
        self.forget_many(tx).await?;
        let total = self.count(tx, Some(COUNTED + 1)).await?;
        let (listed, columns) = (self.rows(), self.columns);
        let backwards = matches!(query.at, PageAt::Last | PageAt::Before(..));
        let descending = (query.direction == Direction::Descending) != backwards;
        let (order, size) = (order(descending), query.size as usize);
        let mut parts = self.parts();
        if backwards {
            parts.reverse();
        }
        let mut from = None;
        if let PageAt::After(name, id) | PageAt::Before(name, id) = &query.at {
            if parts.len() > 1 && self.is_exact(tx, *id).await? == backwards {
                parts.remove(0);
            }
            from = Some((name, *id));
        }
        let mut rows = Vec::new();
        for part in parts {
            let mut binds = self.binds.clone();
            let mut condition = part.condition(&mut binds);
            // The cursor applies only to the first part that is read.
            if let Some((name, id)) = from.take() {
                let compare = if descending { "<" } else { ">" };
                let (name, id) = (binds.text(&**name), binds.number(id));
                condition += &format!(" AND (t.name_key, t.id) {compare} ({name}, {id})");
            }
            let wanted = size + 1 - rows.len();
            let sql = format!("SELECT t.id, t.name_key, {columns} FROM {listed}{condition} {order} LIMIT {wanted}");
            rows.extend(binds.fetch(tx, sql).await?);
            if rows.len() > size {
                break;
            }
        }
        // Where all are counted, the last page has what the full ones before it leave: pages have the same rows from either end.
        let size = if query.at == PageAt::Last && total <= COUNTED { remainder(total, size) } else { size };
        let more = rows.len() > size;
        rows.truncate(size);
        if backwards {
            rows.reverse();
        }
        let (previous, next) = match query.at {
            PageAt::First => (false, more),
            PageAt::After(..) => (true, more),
            PageAt::Last => (more, false),
            PageAt::Before(..) => (more, true),
        };
        let place = |row: &AnyRow| -> Result<(String, i64)> { Ok((row.try_get("name_key")?, row.try_get("id")?)) };
        // If all rows of a page are gone, the way back is still there.
        let previous = match rows.first() {
            _ if !previous => None,
            None => Some(PageAt::Last),
            Some(row) => place(row).map(|(name, id)| Some(PageAt::Before(name, id)))?,
        };
        let next = match rows.last() {
            _ if !next => None,
            None => Some(PageAt::First),
            Some(row) => place(row).map(|(name, id)| Some(PageAt::After(name, id)))?,
        };
        let total = if total > COUNTED { Total::MoreThan(COUNTED) } else { Total::Exactly(total) };
        Ok(ListPage { rows: rows.iter().map(read).collect::<Result<_>>()?, total, previous, next })
    }

    /// A part by position in the order of the names, and the full count.
    pub(super) async fn slice<T>(self, tx: &mut Tx, slice: Slice, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Sliced<T>> {
        self.slice_by(tx, "t.name_key", slice, read).await
    }

    /// As [`Listing::slice`], in the order of another column.
    pub(super) async fn slice_by<T>(mut self, tx: &mut Tx, column: &str, slice: Slice, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Sliced<T>> {
        self.forget_many(tx).await?;
        let total = self.count(tx, None).await?;
        let listed = self.rows();
        let direction = if slice.direction == Direction::Descending { "DESC" } else { "ASC" };
        let first = if slice.by_number { String::new() } else { format!("{column} {direction}, ") };
        let order = format!("ORDER BY {first}t.id {direction}");
        let (mut offset, limit) = (slice.offset.min(i64::MAX.unsigned_abs()), slice.limit as usize);
        let parts = if slice.by_number { vec![Part::All] } else { self.parts() };
        let columns = self.columns;
        let mut rows = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let mut binds = self.binds.clone();
            let condition = part.condition(&mut binds);
            let wanted = limit - rows.len();
            let sql = format!("SELECT t.id, t.name_key, {columns} FROM {listed}{condition} {order} LIMIT {wanted} OFFSET {offset}");
            rows.extend(binds.clone().fetch(tx, sql).await?);
            if rows.len() == limit || at + 1 == parts.len() {
                break;
            }
            // The offset into the next part is less by the rows of this one.
            let counted = format!("SELECT COUNT(*) FROM {listed}{condition}");
            offset = offset.saturating_sub(binds.fetch_number(tx, counted).await?);
        }
        Ok(Sliced { rows: rows.iter().map(read).collect::<Result<_>>()?, total })
    }

    /// All entries, in order: for what is known to be short.
    pub(super) async fn all<T>(self, tx: &mut Tx, read: impl Fn(&AnyRow) -> Result<T>) -> Result<Vec<T>> {
        let rows = self.rows();
        let Self { columns, binds, .. } = self;
        let sql = format!("SELECT t.id, t.name_key, {columns} FROM {rows} {}", order(false));
        binds.fetch(tx, sql).await?.iter().map(read).collect()
    }

    /// The parts of the list in order: exact matches and the rest, or everything if there is no search.
    fn parts(&self) -> Vec<Part<'_>> {
        if self.exact.is_empty() { vec![Part::All] } else { vec![Part::Exact(&self.exact), Part::Rest(&self.exact)] }
    }

    /// Whether a row is an exact match.
    async fn is_exact(&self, tx: &mut Tx, id: i64) -> Result<bool> {
        let mut binds = Binds::default();
        let (condition, id) = (Part::Exact(&self.exact).condition(&mut binds), binds.number(id));
        let sql = format!("SELECT COUNT(*) FROM {} WHERE t.id = {id}{condition}", self.from);
        Ok(binds.fetch_number(tx, sql).await? > 0)
    }

    async fn count(&self, tx: &mut Tx, limit: Option<u64>) -> Result<u64> {
        let limit = limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
        let sql = format!("SELECT COUNT(*) FROM (SELECT t.id FROM {}{limit}) AS counted", self.rows());
        self.binds.clone().fetch_number(tx, sql).await
    }

    /// Leaves candidates of which there are many out of account.
    async fn forget_many(&mut self, tx: &mut Tx) -> Result<()> {
        if let Some(hits) = &self.hits {
            let sql = format!("SELECT COUNT(*) FROM ({hits} LIMIT {}) AS candidates", FEW + 1);
            if self.binds.clone().fetch_number(tx, sql).await? > FEW {
                self.hits = None;
                // Columns other than the name have no index and would be scanned.
                self.exact.truncate(1);
            }
        }
        Ok(())
    }

    /// `… WHERE …` of what is listed.
    fn rows(&self) -> String {
        let Self { from, condition, .. } = self;
        match &self.hits {
            // CROSS JOIN: for SQLite, the order of the loops.
            Some(hits) => format!("({hits}) AS found CROSS JOIN {from} WHERE t.id = found.hit AND {condition}"),
            None => format!("{from} WHERE {condition}"),
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

const fn order(descending: bool) -> &'static str {
    if descending { "ORDER BY t.name_key DESC, t.id DESC" } else { "ORDER BY t.name_key, t.id" }
}
