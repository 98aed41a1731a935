//! Search in the list of clients, in some milliseconds among a million.
//!
//! What is found: of three letters and more, the term anywhere in the name; of fewer, at its beginning, for no index knows what is rarer
//! than three letters (but Chinese, Japanese and Korean words are shorter: theirs are found anywhere); and in either case the beginning of the external id, and the whole unique id (`client_9` or `9`).
//!
//! Exact matches of name, external id or unique id come first in every order.
//!
//! How: each way to fit (by name, by external id, by unique id) has an index that knows its hits. A search that finds no more than is counted
//! sorts its hits, and is done. One that finds more meets a hit every few rows, so it walks the list in its order and leaves out what doesn't
//! fit; unless the hits lie together elsewhere in that order, as a town's do in the order of countries. So a walk is given no more rows than
//! it is worth, and where they don't fill the page, the hits are sorted after all.

use domain::{ClientId, ClientQuery, ClientStatus, Permission, Total};
use sqlx::Row;

use super::{
    Engine, Tx,
    client_list::{COLUMNS, Found, Order, row, status_list},
    engine::TextIndex,
    statement::Binds,
};
use crate::{Result, fold::fold};

/// The most hits that are counted and sorted.
const COUNTED: u64 = 1000;

/// The rows of the first walk: enough for frequent hits, few enough to cost next to nothing.
const STROLL: u64 = 3000;

/// Up to this many candidates are sorted at once if the first walk didn't fill the page.
const FEW: u64 = 6000;

/// The most candidates that are counted, for an estimate.
const MANY: u64 = 100_000;

/// Sorting one hit costs as much as walking over this many rows, which limits the second walk.
const ROWS_OF_A_HIT: u64 = 4;

/// What is searched for.
pub(super) struct Terms {
    /// Name, external id and unique id.
    anything: Option<Term>,
    /// The name only.
    name: Option<Term>,
}

/// One way to fit the terms.
struct Way {
    /// Selects the ids, as `hit`, among which its hits are.
    candidates: String,
    /// `… WHERE …` that those rows of `clients` are found by that the list may show.
    rows: String,
    /// That one of these rows is a hit.
    condition: String,
}

impl Way {
    /// Along an index of `clients`.
    fn of_index(engine: Engine, index: &'static str, shown: &str, condition: String) -> Self {
        let rows = format!("clients{} WHERE {shown}", engine.along(index));
        Self { candidates: format!("SELECT id AS hit FROM {rows} AND {condition}"), rows, condition }
    }

    /// By unique id.
    fn of_id(id: ClientId, shown: &str, also: &str, binds: &mut Binds) -> Self {
        let (rows, condition) = (format!("clients WHERE {shown}"), format!("id = {}{also}", binds.number(id.number())));
        Self { candidates: format!("SELECT id AS hit FROM {rows} AND {condition}"), rows, condition }
    }

    /// All that roles list, or else all there are.
    fn of_list(engine: Engine, listed: Option<&str>, shown: &str) -> Self {
        let condition = "1 = 1".to_owned();
        let Some(candidates) = listed else { return Self::of_index(engine, "clients_by_id", shown, condition) };
        let rows = format!("({candidates}) AS found CROSS JOIN clients WHERE id = hit AND {shown}");
        Self { candidates: candidates.to_owned(), rows, condition }
    }

    /// By what the text index says of names; where it belongs to `clients`, the condition is enough to find it.
    fn of_text(engine: Engine, terms: &[&Term], statuses: &[ClientStatus], shown: &str, condition: String, binds: &mut Binds) -> Self {
        let terms: Vec<_> = terms.iter().map(|term| &*term.text).collect();
        let Some(pattern) = engine.search_pattern(&terms, statuses) else {
            let rows = format!("clients WHERE {shown}");
            return Self { candidates: format!("SELECT id AS hit FROM {rows} AND {condition}"), rows, condition };
        };
        let candidates = Engine::text_hits(TextIndex::Clients, &binds.text(pattern));
        // CROSS JOIN: for SQLite, the order of the loops.
        let rows = format!("({candidates}) AS found CROSS JOIN clients WHERE id = hit AND {shown}");
        Self { candidates, rows, condition }
    }
}

impl Terms {
    pub(super) fn of(query: &ClientQuery) -> Self {
        Self { anything: Term::of(&query.search), name: Term::of(&query.name) }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.anything.is_none() && self.name.is_none()
    }

    /// Every way to fit. `shown` is that the list may show a row; `listed` selects, where roles list what the caller sees, those clients.
    fn ways(&self, engine: Engine, statuses: &[ClientStatus], shown: &str, listed: Option<&str>, binds: &mut Binds) -> Vec<Way> {
        let name = self.name.as_ref().map(|term| term.in_name(binds));
        let by_name = |terms: &[&Term], condition: String, binds: &mut Binds| {
            let long: Vec<_> = terms.iter().copied().filter(|term| !term.is_short()).collect();
            if long.is_empty() {
                return Way::of_index(engine, "clients_by_name", shown, condition);
            }
            Way::of_text(engine, &long, statuses, shown, condition, binds)
        };
        let (term, name) = match (&self.anything, &self.name, name) {
            (None, Some(term), Some(name)) => return vec![by_name(&[term], name, binds)],
            (None, ..) => return vec![Way::of_list(engine, listed, shown)],
            (Some(term), _, name) => (term, name),
        };
        // Whatever fits both has to fit the name as well.
        let also = name.map(|name| format!(" AND {name}")).unwrap_or_default();
        let terms: Vec<_> = [Some(term), self.name.as_ref()].into_iter().flatten().collect();
        let in_name = format!("{}{also}", term.in_name(binds));
        let external_id = format!("{}{also}", term.begins("external_key", binds));
        let mut ways = vec![by_name(&terms, in_name, binds), Way::of_index(engine, "clients_by_external_id", shown, external_id)];
        if let Some(id) = term.unique_id() {
            ways.push(Way::of_id(id, shown, &also, binds));
        }
        ways
    }
}

impl Terms {
    /// Every way to match exactly, as [`Terms::ways`]; none without a term.
    fn exact_ways(&self, engine: Engine, shown: &str, binds: &mut Binds) -> Vec<Way> {
        let also = match (&self.anything, &self.name) {
            (Some(_), Some(name)) => format!(" AND {}", name.in_name(binds)),
            _ => String::new(),
        };
        let Some(term) = self.anything.as_ref().or(self.name.as_ref()) else { return Vec::new() };
        let text = binds.text(&*term.text);
        let mut ways = vec![Way::of_index(engine, "clients_by_name", shown, format!("name_key = {text}{also}"))];
        if self.anything.is_some() {
            ways.push(Way::of_index(engine, "clients_by_external_id", shown, format!("external_key = {text}{also}")));
            ways.extend(term.unique_id().map(|id| Way::of_id(id, shown, &also, binds)));
        }
        ways
    }
}

/// One term, folded as the columns are.
struct Term {
    text: String,
}

impl Term {
    fn of(typed: &str) -> Option<Self> {
        let text = fold(typed);
        (!text.is_empty()).then_some(Self { text })
    }

    /// Whether it is too short for the index by three letters.
    fn is_short(&self) -> bool {
        self.text.chars().nth(2).is_none()
    }

    /// Whether it has Chinese, Japanese or Korean letters, of which two can be a word.
    fn is_wide(&self) -> bool {
        self.text.chars().any(|letter| matches!(letter, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
    }

    /// The unique id that it is, with or without its prefix.
    fn unique_id(&self) -> Option<ClientId> {
        self.text.parse().or_else(|_| format!("client_{}", self.text).parse()).ok()
    }

    fn in_name(&self, binds: &mut Binds) -> String {
        if self.is_short() && !self.is_wide() {
            return self.begins("name_key", binds);
        }
        format!("name_key LIKE {} ESCAPE '\\'", binds.text(like_anywhere(&self.text)))
    }

    /// A range rather than `LIKE`, so that an index finds it.
    fn begins(&self, column: &str, binds: &mut Binds) -> String {
        let low = binds.text(&*self.text);
        let high = binds.text(format!("{}{}", self.text, char::MAX));
        format!("({column} >= {low} AND {column} < {high})")
    }
}

/// The most characters of a pattern: more than any searched column has.
const LONGEST_PATTERN: usize = 10_000;

/// The pattern of `LIKE … ESCAPE '\'` for a text anywhere; its own wildcards mean themselves.
pub(super) fn like_anywhere(text: &str) -> String {
    like("%", text)
}

/// As [`like_anywhere`], but the pattern begins with `begin`; empty for a prefix match. A text longer than any that is stored finds nothing either when it is
/// cut, and SQLite refuses patterns of more than 50,000 bytes.
pub(super) fn like(begin: &str, text: &str) -> String {
    let mut pattern = String::from(begin);
    for letter in text.chars().take(LONGEST_PATTERN) {
        if matches!(letter, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// What all statements of one search share.
struct Search<'a> {
    order: &'a Order,
    statuses: &'a [ClientStatus],
    partner: String,
    binds: Binds,
    ways: Vec<Way>,
}

impl Search<'_> {
    /// Selects the hits with their sort column: of each way at most `limit`, without those of earlier ways.
    fn hits(&self, limit: Option<u64>) -> String {
        let key = self.order.column().map_or_else(String::new, |column| format!(", {column}"));
        let limit = limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
        let mut earlier = String::new();
        let mut selects = Vec::new();
        for Way { rows, condition, .. } in &self.ways {
            selects.push(format!("SELECT * FROM (SELECT id{key} FROM {rows} AND {condition}{earlier}{limit}) AS way"));
            earlier += &format!(" AND NOT ({condition})");
        }
        selects.join(" UNION ALL ")
    }

    /// That a row is a hit of any way.
    fn condition(&self) -> String {
        self.ways.iter().map(|way| format!("({})", way.condition)).collect::<Vec<_>>().join(" OR ")
    }
}

impl Tx {
    /// A page of hits, exact matches first, with one extra row that shows whether more follow, and the number of hits.
    pub(super) async fn client_search(&mut self, terms: &Terms, statuses: &[ClientStatus], order: &Order) -> Result<(Vec<Found>, Total)> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let mut shown = format!("partner_id = {partner} AND status IN ({})", status_list(statuses));
        if let Some(only) = self.only_client {
            let only = binds.number(only.number());
            shown += &format!(" AND id = {only}");
            let mut ways = terms.ways(self.engine, statuses, &shown, None, &mut binds);
            // No index has to find what is known.
            for way in &mut ways {
                way.rows = format!("clients WHERE {shown}");
            }
            let (rows, hits) = self.client_sort(&Search { order, statuses, partner, binds, ways }).await?;
            return Ok((rows, Total::Exactly(hits)));
        }
        let seen = self.seen_client(Permission::ClientView, "clients.id");
        let beginning = order.at_its_beginning();
        let mut exact =
            Search { order, statuses, partner: partner.clone(), ways: terms.exact_ways(self.engine, &shown, &mut binds), binds: binds.clone() };
        let is_exact = exact.condition();
        for way in &mut exact.ways {
            way.condition += &seen;
        }
        let listed = self.listed_clients(Permission::ClientView);
        let mut ways = terms.ways(self.engine, statuses, &shown, listed.as_deref(), &mut binds);
        for way in &mut ways {
            way.condition += &seen;
        }
        let mut others = Search { order, statuses, partner, binds, ways };
        if exact.ways.is_empty() {
            return self.client_hits(&others).await;
        }
        let begins_exact = match &order.from {
            None => !order.backwards,
            Some((_, id)) => self.client_is_exact(*id, &is_exact, exact.binds.clone()).await?,
        };
        exact.order = if begins_exact { order } else { &beginning };
        let (first, count) = self.client_sort(&exact).await?;
        if count == 0 || count > COUNTED {
            return self.client_hits(&others).await;
        }
        for way in &mut others.ways {
            way.condition += &format!(" AND NOT ({is_exact})");
        }
        others.order = if begins_exact { &beginning } else { order };
        let (rest, hits) = self.client_hits(&others).await?;
        let mut rows = match (begins_exact, order.backwards) {
            (true, false) => [first, rest].concat(),
            (false, true) => [rest, first].concat(),
            // The cursor is in the part that is read last, so the other one isn't needed.
            (true, true) => first,
            (false, false) => rest,
        };
        rows.truncate(order.size + 1);
        let total = match hits {
            Total::Exactly(hits) if hits + count <= COUNTED => Total::Exactly(hits + count),
            _ => Total::MoreThan(COUNTED),
        };
        Ok((rows, total))
    }

    /// Whether a client is an exact match.
    async fn client_is_exact(&mut self, id: i64, is_exact: &str, mut binds: Binds) -> Result<bool> {
        let id = binds.number(id);
        Ok(binds.fetch_number(self, format!("SELECT COUNT(*) FROM clients WHERE id = {id} AND ({is_exact})")).await? > 0)
    }

    /// A page of the hits of one search, and their number.
    async fn client_hits(&mut self, search: &Search<'_>) -> Result<(Vec<Found>, Total)> {
        let (rows, hits) = self.client_sort(search).await?;
        if hits <= COUNTED {
            return Ok((rows, Total::Exactly(hits)));
        }
        let mut found = self.client_walk(search, STROLL).await?;
        if found.is_none() {
            let candidates = self.client_candidates(search).await?;
            if candidates > FEW {
                found = self.client_walk(search, candidates * ROWS_OF_A_HIT).await?;
            }
        }
        let rows = match found {
            Some(rows) => rows,
            None => self.client_sort_all(search).await?,
        };
        Ok((rows, Total::MoreThan(COUNTED)))
    }

    /// Sorts and counts the hits; returns no rows if there are more than [`COUNTED`].
    async fn client_sort(&mut self, search: &Search<'_>) -> Result<(Vec<Found>, u64)> {
        let mut binds = search.binds.clone();
        let (hits, order) = (search.hits(Some(COUNTED + 1)), search.order);
        let (beginning, limit) = (order.beginning(&mut binds), order.order());
        // The count comes even where no row does.
        let sql = format!(
            "WITH hits AS MATERIALIZED ({hits}), \
             page (hit) AS MATERIALIZED (SELECT id FROM hits WHERE (SELECT COUNT(*) FROM hits) <= {COUNTED}{beginning}{limit}) \
             SELECT {COLUMNS}, hits FROM (SELECT COUNT(*) AS hits FROM hits) AS counted LEFT JOIN page ON 1 = 1 LEFT JOIN clients ON id = page.hit{limit}"
        );
        let rows = binds.fetch(self, sql).await?;
        let hits: i64 = rows.first().map_or(Ok(0), |row| row.try_get("hits"))?;
        let mut found = Vec::with_capacity(rows.len());
        for hit in &rows {
            if hit.try_get::<Option<i64>, _>("id")?.is_some() {
                found.push(row(order.sort, hit)?);
            }
        }
        Ok((found, u64::try_from(hits).unwrap_or_default()))
    }

    /// Sorts all hits, however many.
    async fn client_sort_all(&mut self, search: &Search<'_>) -> Result<Vec<Found>> {
        let mut binds = search.binds.clone();
        let (hits, order) = (search.hits(None), search.order);
        let (beginning, limit) = (order.beginning(&mut binds), order.order());
        let page = format!("SELECT id AS hit FROM ({hits}) AS hits WHERE 1 = 1{beginning}{limit}");
        self.client_page(order, binds, &page).await
    }

    /// Walks over `rows` rows of the list. `None` if they don't fill the page, because more hits can follow.
    async fn client_walk(&mut self, search: &Search<'_>, rows: u64) -> Result<Option<Vec<Found>>> {
        let mut binds = search.binds.clone();
        let (condition, order) = (search.condition(), search.order);
        let (beginning, limit) = (order.beginning(&mut binds), order.order());
        let walked = order.rows(self.engine, &search.partner, search.statuses, &order.keys(), &beginning, rows);
        let walked = format!("{walked}{} LIMIT {rows}", order.by());
        let page = format!("SELECT id AS hit FROM ({walked}) AS clients WHERE {condition}{limit}");
        let found = self.client_page(order, binds, &page).await?;
        Ok((found.len() > order.size).then_some(found))
    }

    /// The rows of the ids, `hit`, that a text selects.
    async fn client_page(&mut self, order: &Order, binds: Binds, page: &str) -> Result<Vec<Found>> {
        let sql = format!("SELECT {COLUMNS} FROM ({page}) AS page CROSS JOIN clients WHERE id = hit{}", order.by());
        binds.fetch(self, sql).await?.iter().map(|found| row(order.sort, found)).collect()
    }

    /// How many candidates the ways have together, up to many.
    async fn client_candidates(&mut self, search: &Search<'_>) -> Result<u64> {
        let some = |way: &Way| format!("SELECT way.hit FROM ({} LIMIT {MANY}) AS way", way.candidates);
        let sql = format!("SELECT COUNT(*) FROM ({}) AS candidates", search.ways.iter().map(some).collect::<Vec<_>>().join(" UNION ALL "));
        search.binds.clone().fetch_number(self, sql).await
    }

    /// Puts new clients of a range of ids into the text index.
    pub(super) async fn client_search_insert(&mut self, first: ClientId, last: ClientId) -> Result<()> {
        self.client_search_write(self.engine.search_insert(), first, last).await
    }

    /// Keeps the text index in step with a client that changed.
    pub(super) async fn client_search_update(&mut self, id: ClientId) -> Result<()> {
        self.client_search_write(self.engine.search_delete(), id, id).await?;
        self.client_search_write(self.engine.search_insert(), id, id).await
    }

    async fn client_search_write(&mut self, sql: Option<&'static str>, first: ClientId, last: ClientId) -> Result<()> {
        if let Some(sql) = sql {
            sqlx::query(sql).bind(first.number()).bind(last.number()).execute(self.connection()).await?;
        }
        Ok(())
    }
}
