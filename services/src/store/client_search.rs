//! Search in the list of clients, in some milliseconds among a million.
//!
//! What is found: of three letters and more, the term anywhere in the name; of fewer, at its beginning, for no index knows what is rarer
//! than three letters; and in either case the beginning of the external id, and the whole unique id (`client_9` or `9`).
//!
//! How: a search that finds little asks the indexes for all of it and sorts that. One that finds much would sort for too long, but meets a
//! hit every few rows: it walks the list in its order and leaves out what doesn't fit. A probe of the indexes, which stops early, decides.

use domain::{ClientId, ClientQuery, ClientStatus, Total};
use sqlx::Row;

use super::{
    Tx,
    client_list::{COLUMNS, Found, Order, row, status_list},
    statement::Binds,
};
use crate::{Result, fold::fold};

/// So many hits are sorted; where there are more, the list is walked.
const FEW: u64 = 2500;

/// A search counts so far and no farther.
const COUNTED: u64 = 1000;

/// What is searched for.
pub(super) struct Terms {
    /// Name, external id and unique id.
    anything: Option<Term>,
    /// The name only.
    name: Option<Term>,
}

impl Terms {
    pub(super) fn of(query: &ClientQuery) -> Self {
        Self { anything: Term::of(&query.search), name: Term::of(&query.name) }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.anything.is_none() && self.name.is_none()
    }

    /// `AND …` that a row of `clients` fits the terms.
    pub(super) fn condition(&self, binds: &mut Binds) -> String {
        let mut condition = String::new();
        if let Some(term) = &self.anything {
            let (name, external_id) = (term.in_name(binds), term.begins("external_key", binds));
            let id = binds.number(term.unique_id());
            condition += &format!(" AND ({name} OR {external_id} OR id = {id})");
        }
        if let Some(term) = &self.name {
            condition += &format!(" AND {}", term.in_name(binds));
        }
        condition
    }

    /// Selects ids among which all hits are: at most a few more than [`FEW`] of each kind.
    fn candidates(&self, tx: &Tx, statuses: &[ClientStatus], binds: &mut Binds) -> String {
        let partner = binds.number(tx.partner.number());
        let rows = format!("SELECT id FROM clients WHERE partner_id = {partner} AND status IN ({})", status_list(statuses));
        let limit = FEW + 1;
        let part = |select: String, name: &str| format!("SELECT id FROM ({select} LIMIT {limit}) AS {name}");
        let by_name = |term: &Term, binds: &mut Binds| {
            let select = if term.is_short() {
                format!("{rows} AND {}", term.begins("name_key", binds))
            } else {
                let pattern = binds.text(tx.engine.search_pattern(&term.text));
                tx.engine.search_by_name(&partner, &pattern)
            };
            part(select, "by_name")
        };
        match (&self.name, &self.anything) {
            // Whatever fits both is among what fits the name.
            (Some(name), _) => by_name(name, binds),
            (None, Some(anything)) => {
                let name = by_name(anything, binds);
                let external_id = part(format!("{rows} AND {}", anything.begins("external_key", binds)), "by_external_id");
                let id = binds.number(anything.unique_id());
                format!("{name} UNION {external_id} UNION SELECT {id}")
            }
            (None, None) => rows,
        }
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

    /// The number of the unique id that it is; 0, which is none, otherwise.
    fn unique_id(&self) -> i64 {
        let whole = self.text.parse::<ClientId>().or_else(|_| format!("client_{}", self.text).parse());
        whole.map_or(0, ClientId::number)
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

impl Tx {
    /// The rows of a page of hits, one more than the page has, and how many hits there are.
    pub(super) async fn client_search(&mut self, terms: &Terms, statuses: &[ClientStatus], order: &Order) -> Result<(Vec<Found>, Total)> {
        let mut binds = Binds::default();
        let candidates = if let Some(only) = self.only_client {
            format!("SELECT {}", binds.number(only.number()))
        } else if self.client_count(statuses).await? <= FEW {
            // Where the states themselves have few clients, all of them are candidates.
            let partner = binds.number(self.partner.number());
            format!("SELECT id FROM clients WHERE partner_id = {partner} AND status IN ({})", status_list(statuses))
        } else {
            let candidates = terms.candidates(self, statuses, &mut binds);
            let count = format!("SELECT COUNT(*) FROM ({candidates}) AS candidates");
            if binds.clone().fetch_number(self, count).await? > FEW {
                let rows = self.client_walk(terms, statuses, order).await?;
                return Ok((rows, self.client_search_count(terms, statuses, binds, &candidates).await?));
            }
            candidates
        };
        self.client_sort(terms, statuses, order, binds, &candidates).await
    }

    /// Looks at every candidate, and sorts those that fit.
    async fn client_sort(
        &mut self,
        terms: &Terms,
        statuses: &[ClientStatus],
        order: &Order,
        mut binds: Binds,
        candidates: &str,
    ) -> Result<(Vec<Found>, Total)> {
        let partner = binds.number(self.partner.number());
        let key = order.column().map_or_else(String::new, |column| format!(", {column}"));
        let statuses = status_list(statuses);
        let condition = terms.condition(&mut binds);
        let (beginning, limit) = (order.beginning(&mut binds), order.order());
        // CROSS JOIN: for SQLite, the order of the loops. The count comes even where no row does.
        let sql = format!(
            "WITH candidates (hit) AS MATERIALIZED ({candidates}), \
             hits AS MATERIALIZED (SELECT id{key} FROM candidates CROSS JOIN clients \
             WHERE id = hit AND partner_id = {partner} AND status IN ({statuses}){condition}), \
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

    /// Counts the hits of a search that finds much: mostly the first candidates are enough.
    async fn client_search_count(&mut self, terms: &Terms, statuses: &[ClientStatus], mut binds: Binds, candidates: &str) -> Result<Total> {
        let partner = binds.number(self.partner.number());
        let statuses = status_list(statuses);
        let condition = terms.condition(&mut binds);
        let limit = COUNTED + 1;
        let fits = format!("partner_id = {partner} AND status IN ({statuses}){condition} LIMIT {limit}");
        let first = format!(
            "WITH candidates (hit) AS MATERIALIZED ({candidates}) \
             SELECT COUNT(*) FROM (SELECT id FROM candidates CROSS JOIN clients WHERE id = hit AND {fits}) AS hits"
        );
        match total(binds.clone().fetch_number(self, first).await?) {
            Total::Exactly(_) => Ok(total(binds.fetch_number(self, format!("SELECT COUNT(*) FROM (SELECT id FROM clients WHERE {fits}) AS hits")).await?)),
            more => Ok(more),
        }
    }

    /// Keeps the text index in step with a client's name.
    pub(super) async fn client_search_put(&mut self, id: ClientId, name_key: &str) -> Result<()> {
        if let Some(sql) = self.engine.search_put() {
            sqlx::query(sql).bind(id.number()).bind(name_key).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Puts clients that are new into the text index.
    pub(super) async fn client_search_put_range(&mut self, first: i64, last: i64) -> Result<()> {
        if let Some(sql) = self.engine.search_put_range() {
            sqlx::query(sql).bind(first).bind(last).execute(self.connection()).await?;
        }
        Ok(())
    }
}

const fn total(hits: u64) -> Total {
    if hits > COUNTED { Total::MoreThan(COUNTED) } else { Total::Exactly(hits) }
}
