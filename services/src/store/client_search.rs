//! Search in the list of clients, in some milliseconds among a million.
//!
//! What is found: of three letters and more, the term anywhere in the name; of fewer, at its beginning, for no index knows what is rarer
//! than three letters; and in either case the beginning of the external id, and the whole unique id (`client_9` or `9`).
//!
//! How: each way to fit (by name, by external id, by unique id) has an index that knows its hits. A search that finds little asks for all of
//! them and sorts. One that finds much would sort for too long, but meets a hit every few rows: it walks the list in its order and leaves
//! out what doesn't fit. A probe, which stops early, decides for each way.

use domain::{ClientId, ClientQuery, ClientStatus, Total};
use sqlx::Row;

use super::{
    Tx,
    client_list::{COLUMNS, Found, Order, row, status_list},
    statement::Binds,
};
use crate::{Result, fold::fold};

/// So many hits are sorted; where there are more, the list is walked.
const FEW: i64 = 1200;

/// A search counts so far and no farther.
const COUNTED: u64 = 1000;

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
    /// `AND …` that a row of `clients` is one of them.
    condition: String,
}

impl Terms {
    pub(super) fn of(query: &ClientQuery) -> Self {
        Self { anything: Term::of(&query.search), name: Term::of(&query.name) }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.anything.is_none() && self.name.is_none()
    }

    /// Every way to fit. `rows` selects all ids that the list may show.
    fn ways(&self, tx: &Tx, partner: &str, statuses: &[ClientStatus], rows: &str, binds: &mut Binds) -> Vec<Way> {
        let by_name = |term: &Term, name: &str, binds: &mut Binds| {
            if term.is_short() {
                return format!("{rows} AND {name}");
            }
            let pattern = binds.text(tx.engine.search_pattern(&term.text, statuses));
            tx.engine.search_by_name(partner, &pattern)
        };
        let Some(term) = &self.anything else {
            let Some(term) = &self.name else { return Vec::new() };
            let name = term.in_name(binds);
            return vec![Way { candidates: by_name(term, &name, binds), condition: format!(" AND {name}") }];
        };
        // Whatever fits both has to fit the name as well.
        let also = self.name.as_ref().map(|term| format!(" AND {}", term.in_name(binds))).unwrap_or_default();
        let (name, external_id) = (term.in_name(binds), term.begins("external_key", binds));
        let mut ways = vec![
            Way { candidates: by_name(term, &name, binds), condition: format!(" AND {name}{also}") },
            Way { candidates: format!("{rows} AND {external_id}"), condition: format!(" AND {external_id}{also}") },
        ];
        if let Some(id) = term.unique_id() {
            let id = binds.number(id.number());
            ways.push(Way { candidates: format!("SELECT {id} AS hit"), condition: format!(" AND id = {id}{also}") });
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

    /// The unique id that it is, with or without its prefix.
    fn unique_id(&self) -> Option<ClientId> {
        self.text.parse().or_else(|_| format!("client_{}", self.text).parse()).ok()
    }

    fn in_name(&self, binds: &mut Binds) -> String {
        if self.is_short() {
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

/// The pattern of `LIKE … ESCAPE '\'` for a text anywhere; its own wildcards mean themselves.
pub(super) fn like_anywhere(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
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
    binds: Binds,
    /// `… AND …` that the list may show a row.
    shown: String,
    ways: Vec<Way>,
}

impl Search<'_> {
    /// Selects the candidates of the ways, at most so many of each.
    fn candidates(&self, limit: Option<i64>) -> String {
        let limit = limit.map(|limit| format!(" LIMIT {limit}")).unwrap_or_default();
        let part = |way: &Way| format!("SELECT hit FROM ({}{limit}) AS way", way.candidates);
        self.ways.iter().map(part).collect::<Vec<_>>().join(" UNION ")
    }

    /// `AND …` that a row is a hit of any way.
    fn condition(&self) -> String {
        let ways: Vec<_> = self.ways.iter().map(|way| format!("(1 = 1{})", way.condition)).collect();
        if ways.is_empty() { String::new() } else { format!(" AND ({})", ways.join(" OR ")) }
    }
}

impl Tx {
    /// The rows of a page of hits, one more than the page has, and how many hits there are.
    pub(super) async fn client_search(&mut self, terms: &Terms, statuses: &[ClientStatus], order: &Order) -> Result<(Vec<Found>, Total)> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let shown = format!("partner_id = {partner} AND status IN ({})", status_list(statuses));
        let ways = terms.ways(self, &partner, statuses, &format!("SELECT id AS hit FROM clients WHERE {shown}"), &mut binds);
        let mut search = Search { order, binds, shown, ways };
        if let Some(only) = self.only_client {
            let only = search.binds.number(only.number());
            return self.client_sort(&search, &format!("SELECT {only} AS hit")).await;
        }
        let many = self.client_search_probe(&search).await?;
        let first = search.candidates(Some(FEW + 1));
        if !many.contains(&true) {
            return self.client_sort(&search, &first).await;
        }
        if let Total::Exactly(_) = self.client_search_count(&search, &first).await? {
            // Many candidates and few hits among them: walking would look for them in vain.
            let all = search.candidates(None);
            return self.client_sort(&search, &all).await;
        }
        let beginning = order.beginning(&mut search.binds);
        let mut selects = Vec::new();
        for (way, many) in search.ways.iter().zip(many) {
            let condition = format!("{}{beginning}", way.condition);
            if many {
                selects.extend(order.ranges(self.engine, &partner, statuses, &condition));
            } else {
                let rows = format!("({}) AS few CROSS JOIN clients WHERE id = hit AND {}{condition}", way.candidates, search.shown);
                selects.push(format!("SELECT * FROM (SELECT {COLUMNS} FROM {rows}{}) AS range", order.order()));
            }
        }
        // Not ALL: a row may fit in several ways.
        let rows = self.client_merge(order, search.binds, &selects.join(" UNION ")).await?;
        Ok((rows, Total::MoreThan(COUNTED)))
    }

    /// Whether each way has many candidates.
    async fn client_search_probe(&mut self, search: &Search<'_>) -> Result<Vec<bool>> {
        let limit = FEW + 1;
        let count = |way: &Way| format!("(SELECT COUNT(*) FROM ({} LIMIT {limit}) AS way)", way.candidates);
        let sql = format!("SELECT {}", search.ways.iter().map(count).collect::<Vec<_>>().join(", "));
        let rows = search.binds.clone().fetch(self, sql).await?;
        let mut many = Vec::new();
        for row in &rows {
            for at in 0..search.ways.len() {
                many.push(row.try_get::<i64, _>(at)? > FEW);
            }
        }
        Ok(many)
    }

    /// Counts the hits among candidates, as far as a search counts.
    async fn client_search_count(&mut self, search: &Search<'_>, candidates: &str) -> Result<Total> {
        let (shown, condition, limit) = (&search.shown, search.condition(), COUNTED + 1);
        let sql = format!(
            "WITH candidates (hit) AS MATERIALIZED ({candidates}) \
             SELECT COUNT(*) FROM (SELECT id FROM candidates CROSS JOIN clients WHERE id = hit AND {shown}{condition} LIMIT {limit}) AS hits"
        );
        Ok(total(search.binds.clone().fetch_number(self, sql).await?))
    }

    /// Looks at every candidate, and sorts those that fit.
    async fn client_sort(&mut self, search: &Search<'_>, candidates: &str) -> Result<(Vec<Found>, Total)> {
        let mut binds = search.binds.clone();
        let (shown, condition, order) = (&search.shown, search.condition(), search.order);
        let key = order.column().map_or_else(String::new, |column| format!(", {column}"));
        let (beginning, limit) = (order.beginning(&mut binds), order.order());
        // CROSS JOIN: for SQLite, the order of the loops. The count comes even where no row does.
        let sql = format!(
            "WITH candidates (hit) AS MATERIALIZED ({candidates}), \
             hits AS MATERIALIZED (SELECT id{key} FROM candidates CROSS JOIN clients WHERE id = hit AND {shown}{condition}), \
             page (hit) AS MATERIALIZED (SELECT id FROM hits WHERE 1 = 1{beginning}{limit}) \
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
        Ok((found, total(u64::try_from(hits).unwrap_or_default())))
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

const fn total(hits: u64) -> Total {
    if hits > COUNTED { Total::MoreThan(COUNTED) } else { Total::Exactly(hits) }
}
