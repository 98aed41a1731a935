//! Reading audit records.

pub(super) mod chain;
mod export;
mod retention;

use domain::{AuditActor, AuditFilter, AuditId, AuditQuery, AuditRecord, Caller, ListPage, Moment, Permission, Through, Timestamp, Total, UserId};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Result,
    kernel::{
        Binds, Tx,
        audit::PROGRAM,
        engine::TextIndex,
        fold::{fold, login_key},
        list::{Listing, Sort, like_anywhere},
        row::client,
    },
};

/// The columns that [`record`] reads.
const RECORD: &str = "t.at, COALESCE(t.client_id, 0) AS client_id, t.user_id, t.login, t.ip, t.through, t.reference, t.action, t.object, t.changes, u.client_id AS organization";

/// So many records of a filter are counted to find the narrowest of several.
const COUNTED: u32 = 5000;

/// The text index knows texts of so many letters and more.
const LETTERS: usize = 3;

/// The joins that [`RECORD`] needs.
const JOINS: &str = "LEFT JOIN users u ON u.id = t.user_id";

fn record(row: &AnyRow, reader: &Caller) -> Result<AuditRecord> {
    let (user, organization): (Option<i64>, Option<i64>) = (row.try_get("user_id")?, row.try_get("organization")?);
    // A client's users see only their own people.
    let is_hidden = reader.client.is_some_and(|own| organization.is_some_and(|organization| organization != own.number()));
    let actor = AuditActor { user: user.map(UserId::new), login: row.try_get("login")?, ip: row.try_get("ip")? };
    Ok(AuditRecord {
        id: AuditId::new(row.try_get("id")?),
        at: Timestamp::from_millis(row.try_get("at")?),
        actor: (!is_hidden).then_some(actor),
        through: Through::from_key(row.try_get("through")?),
        reference: if is_hidden { String::new() } else { row.try_get("reference")? },
        action: row.try_get("action")?,
        object: row.try_get("object")?,
        client: client(row)?,
        changes: serde_json::from_str(row.try_get("changes")?)?,
    })
}

/// The condition of a list, and the index along which it is found in the order of time.
struct Chosen {
    condition: String,
    binds: Binds,
    index: &'static str,
}

/// A filter that has an index of its own.
struct Filter {
    index: &'static str,
    column: &'static str,
    value: Value,
}

enum Value {
    Number(i64),
    Text(String),
}

impl Filter {
    /// Its condition. All but the filter along whose index the list is found hide their column, so that the planner can’t use their indexes.
    fn condition(&self, binds: &mut Binds, is_along: bool) -> String {
        let (value, nothing) = match &self.value {
            Value::Number(number) => (binds.number(*number), " + 0"),
            Value::Text(text) => (binds.text(&**text), " || ''"),
        };
        format!(" AND {}{} = {value}", self.column, if is_along { "" } else { nothing })
    }
}

/// Whether a folded text finds nothing, because the text index doesn't know it.
fn is_too_short(search: &str) -> bool {
    (1..LETTERS).contains(&search.chars().count())
}

/// Whether it asks for what the program did by itself.
fn is_program(who: &str) -> bool {
    who.eq_ignore_ascii_case(PROGRAM)
}

impl Tx {
    /// A page of the records that the caller sees.
    pub(super) async fn audit_list(&mut self, query: &AuditQuery) -> Result<ListPage<AuditRecord>> {
        let search = fold(&query.search);
        if is_too_short(&search) {
            return Ok(ListPage { rows: Vec::new(), total: Total::Exactly(0), previous: None, next: None });
        }
        let Chosen { condition, binds, index } = self.audit_chosen(&query.filter).await?;
        let listing = Listing::of(RECORD, "audit_records", JOINS, condition, binds).search_folded("t.search_key", &[], &search).with_texts(
            self,
            TextIndex::Audit,
            &[&query.search],
        );
        // The later it was, the less is its age.
        let query = AuditQuery { direction: query.direction.reversed(), ..query.clone() };
        let reader = self.caller()?;
        listing.page_by(self, Sort::number("at").along(index), &query, |row| record(row, &reader)).await
    }

    /// How many records the caller sees under a filter, for the home page.
    pub(crate) async fn audit_total(&mut self, filter: &AuditFilter) -> Result<Total> {
        let Chosen { condition, binds, .. } = self.audit_chosen(filter).await?;
        Listing::of(RECORD, "audit_records", JOINS, condition, binds).total(self).await
    }

    /// A record that the caller sees.
    pub(super) async fn audit_get(&mut self, id: AuditId) -> Result<Option<AuditRecord>> {
        let Chosen { condition, binds, .. } = self.audit_chosen(&AuditFilter::default()).await?;
        let sql = format!("SELECT t.id, {RECORD} FROM audit_records t {JOINS} WHERE t.id = {} AND {condition}", id.number());
        let reader = self.caller()?;
        binds.fetch(self, sql).await?.first().map(|row| record(row, &reader)).transpose()
    }

    /// The last record of the caller's client or, for the partner's users, of the partner. It costs one look-up, so it can be asked again and again.
    pub(super) async fn audit_newest(&mut self) -> Result<AuditId> {
        let partner = self.partner.number();
        let sql = match self.only_client {
            Some(client) => format!(
                "SELECT t.id FROM audit_records t WHERE t.partner_id = $1 AND t.client_id = {} ORDER BY t.at DESC, t.id DESC LIMIT 1",
                client.number()
            ),
            None => "SELECT c.last FROM audit_chains c WHERE c.partner_id = $1".to_owned(),
        };
        let newest: Option<i64> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(partner).fetch_optional(self.connection()).await?;
        Ok(AuditId::new(newest.unwrap_or_default()))
    }

    /// A part of the records that the caller sees, from the oldest, behind one of a time and an id. For files of reports and exports.
    pub(crate) async fn audit_part(
        &mut self,
        filter: &AuditFilter,
        search: &str,
        (at, id): (Timestamp, AuditId),
        limit: u32,
    ) -> Result<Vec<AuditRecord>> {
        let search = fold(search);
        if is_too_short(&search) {
            return Ok(Vec::new());
        }
        let Chosen { mut condition, mut binds, index } = self.audit_chosen(filter).await?;
        if !search.is_empty() {
            condition += &format!(" AND t.search_key LIKE {} ESCAPE '\\'", binds.text(like_anywhere(&search)));
        }
        let (at, id, along) = (binds.number(at.millis()), binds.number(id.number()), self.engine.along(index));
        let sql = format!(
            "SELECT t.id, {RECORD} FROM audit_records t{along} {JOINS} WHERE {condition} AND (t.at, t.id) > ({at}, {id}) ORDER BY t.at, t.id LIMIT {limit}"
        );
        let reader = self.caller()?;
        binds.fetch(self, sql).await?.iter().map(|row| record(row, &reader)).collect()
    }

    /// What a filter chooses of the records that the caller sees.
    async fn audit_chosen(&mut self, filter: &AuditFilter) -> Result<Chosen> {
        let reader = self.caller()?;
        let filters = self.audit_filters(filter, &reader).await?;
        let index = self.audit_narrowest(&filters).await?;
        let mut binds = Binds::default();
        let owner = if self.only_client.is_some() { "t.client_id" } else { "COALESCE(t.client_id, 0)" };
        let mut condition = format!("t.partner_id = {}", binds.number(self.partner.number()));
        condition += &self.seen_owner(Permission::AuditView, owner);
        condition += &self.unstaged_client("t.client_id");
        for (comparison, time) in [(">=", filter.from.map(Moment::begins)), ("<", filter.until.map(Moment::ends))] {
            if let Some(time) = time {
                condition += &format!(" AND t.at {comparison} {}", binds.number(time.millis()));
            }
        }
        if is_program(&filter.who) {
            condition += &format!(" AND t.user_id IS NULL AND t.login = '{PROGRAM}'");
        }
        for filter in &filters {
            condition += &filter.condition(&mut binds, filter.index == index);
        }
        if let Some(own) = reader.client.filter(|_| !filter.address.is_empty()) {
            // Who isn't shown can't be found by their address.
            condition += &format!(" AND NOT EXISTS (SELECT 1 FROM users h WHERE h.id = t.user_id AND h.client_id <> {})", own.number());
        }
        Ok(Chosen { condition, binds, index })
    }

    /// Each filter that has an index of its own.
    async fn audit_filters(&mut self, filter: &AuditFilter, reader: &Caller) -> Result<Vec<Filter>> {
        let AuditFilter { from: _, until: _, who, action, object, client, address } = filter;
        let mut filters = Vec::new();
        let text = |filters: &mut Vec<_>, index, column, value: &str| {
            if !value.is_empty() {
                filters.push(Filter { index, column, value: Value::Text(value.to_owned()) });
            }
        };
        text(&mut filters, "audit_records_by_object", "t.object", object);
        if !who.is_empty() && !is_program(who) {
            let user = self.audit_user(who, reader).await?;
            filters.push(Filter { index: "audit_records_by_user", column: "t.user_id", value: Value::Number(user) });
        }
        text(&mut filters, "audit_records_by_address", "t.ip", address);
        for client in [*client, self.only_client].into_iter().flatten() {
            filters.push(Filter { index: "audit_records_by_client", column: "t.client_id", value: Value::Number(client.number()) });
        }
        text(&mut filters, "audit_records_by_action", "t.action", action);
        Ok(filters)
    }

    /// The index of the filter that leaves the fewest records, along which a list of all filters is found. Beyond some thousand they count as equally many.
    async fn audit_narrowest(&mut self, filters: &[Filter]) -> Result<&'static str> {
        let mut narrowest = match filters {
            [] => return Ok("audit_records_by_time"),
            [only] => return Ok(only.index),
            [first, ..] => (first.index, u64::MAX),
        };
        for filter in filters {
            let (mut binds, along) = (Binds::default(), self.engine.along(filter.index));
            let condition = format!("t.partner_id = {}{}", binds.number(self.partner.number()), filter.condition(&mut binds, true));
            let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM audit_records t{along} WHERE {condition} LIMIT {COUNTED}) AS counted");
            let number = binds.fetch_number(self, sql).await?;
            if number < narrowest.1 {
                narrowest = (filter.index, number);
            }
        }
        Ok(narrowest.0)
    }

    /// The number of the user with an id or a login name; 0, which nobody has, if there is none whom the reader sees in records.
    async fn audit_user(&mut self, who: &str, reader: &Caller) -> Result<i64> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let is_it = match who.parse::<UserId>() {
            Ok(id) => format!("u.id = {}", binds.number(id.number())),
            Err(_) => format!("u.login_key = {}", binds.text(login_key(who))),
        };
        let own = reader.client.map(|own| format!(" AND u.client_id = {}", own.number())).unwrap_or_default();
        let rows = binds.fetch(self, format!("SELECT u.id FROM users u WHERE u.partner_id = {partner} AND {is_it}{own}")).await?;
        Ok(rows.first().map(|row| row.try_get("id")).transpose()?.unwrap_or_default())
    }
}
