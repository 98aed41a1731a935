//! Reports.

pub(super) mod run;

use domain::{
    ClientId, ListPage, PartnerId, PlannedRun, Report, ReportId, ReportKind, ReportProfile, ReportQuery, ReportRow, ReportRunId, Timestamp, UserId,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Fault, Result,
    kernel::{
        Binds, Store, Tx,
        fold::fold,
        list::{Listing, Sort},
        row::client,
    },
    people::user::author,
};

/// A report, and who owns it.
pub(super) struct StoredReport {
    pub(crate) report: Report,
    pub(crate) owner: UserId,
}

/// A report whose next run is due.
pub(super) struct DueReport {
    pub(crate) id: ReportId,
    pub(crate) partner: PartnerId,
}

/// The columns that [`report_row`] reads.
fn columns() -> String {
    format!(
        "t.client_id, t.user_id, t.kind, t.details, t.paused, t.next_run, t.created, t.updated, t.version, {}, {}, {}",
        user("o", 'o'),
        user("b", 'b'),
        run::columns("r")
    )
}

/// The joins that [`columns`] needs.
fn joins() -> String {
    format!(
        "LEFT JOIN users o ON o.id = t.user_id LEFT JOIN users b ON b.id = t.updated_by LEFT JOIN report_runs r ON r.id = t.last_run {}",
        run::joins("r")
    )
}

/// The columns of an author by prefix, of the table with an alias.
fn user(alias: &str, prefix: char) -> String {
    let column = |(column, name): (&str, &str)| format!("{alias}.{column} AS {prefix}_{name}");
    let columns = [("id", "id"), ("login", "login"), ("first_name", "first"), ("last_name", "last"), ("email", "email"), ("client_id", "client")];
    columns.map(column).join(", ")
}

fn time(row: &AnyRow, column: &str) -> Result<Option<Timestamp>> {
    let millis: i64 = row.try_get(column)?;
    Ok((millis != 0).then(|| Timestamp::from_millis(millis)))
}

fn kind(row: &AnyRow) -> Result<ReportKind> {
    let key: &str = row.try_get("kind")?;
    ReportKind::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown kind of report {key}")))
}

fn report_row(row: &AnyRow) -> Result<ReportRow> {
    Ok(ReportRow {
        id: ReportId::new(row.try_get("id")?),
        kind: kind(row)?,
        client: client(row)?,
        profile: serde_json::from_str(row.try_get("details")?)?,
        is_paused: row.try_get::<i64, _>("paused")? != 0,
        next_run: time(row, "next_run")?,
        owner: author(row, 'o', None)?,
        last_run: run::run(row)?,
    })
}

fn stored(row: &AnyRow) -> Result<StoredReport> {
    let report = Report {
        row: report_row(row)?,
        planned: Vec::<PlannedRun>::new(),
        created: Timestamp::from_millis(row.try_get("created")?),
        updated: Timestamp::from_millis(row.try_get("updated")?),
        updated_by: author(row, 'b', None)?,
        version: row.try_get("version")?,
    };
    Ok(StoredReport { report, owner: UserId::new(row.try_get("user_id")?) })
}

impl Tx {
    /// `… AND …` that a report or a run `t` is of the caller's tenant.
    fn own_reports(&self, binds: &mut Binds) -> String {
        let (partner, owner) = (binds.number(self.partner.number()), binds.number(self.only_client.map_or(0, ClientId::number)));
        format!("t.partner_id = {partner} AND t.client_id = {owner}")
    }

    /// A page of the tenant's reports of a kind: all, or those of one owner.
    pub(super) async fn report_list(&mut self, kind: ReportKind, owner: Option<UserId>, query: &ReportQuery) -> Result<ListPage<ReportRow>> {
        let mut binds = Binds::default();
        let mut condition = format!("{} AND t.kind = {}", self.own_reports(&mut binds), binds.text(kind.key()));
        if let Some(owner) = owner {
            condition += &format!(" AND t.user_id = {}", binds.number(owner.number()));
        }
        let (columns, joins) = (columns(), joins());
        let listing = Listing::of(&columns, "reports", &joins, condition, binds).search("t.name_key", &query.search);
        listing.page_by(self, Sort::NAME, query, report_row).await
    }

    /// A report of the tenant.
    pub(super) async fn report_get(&mut self, id: ReportId) -> Result<Option<StoredReport>> {
        let mut binds = Binds::default();
        let (own, id) = (self.own_reports(&mut binds), binds.number(id.number()));
        let sql = format!("SELECT t.id, {} FROM reports t {} WHERE t.id = {id} AND {own}", columns(), joins());
        binds.fetch(self, sql).await?.first().map(stored).transpose()
    }

    /// Inserts a report of the caller's.
    pub(super) async fn report_insert(&mut self, kind: ReportKind, profile: &ReportProfile, next_run: Option<Timestamp>) -> Result<ReportId> {
        let id = ReportId::new(self.next_number("report").await?);
        let sql = "INSERT INTO reports (id, partner_id, client_id, user_id, kind, name, name_key, details, paused, next_run, last_run, created, created_by, \
                   updated, updated_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 0, $10, $4, $10, $4, 1)";
        let (partner, owner) = (self.partner.number(), self.only_client.map_or(0, ClientId::number));
        sqlx::query(sql)
            .bind(id.number())
            .bind(partner)
            .bind(owner)
            .bind(self.user_number())
            .bind(kind.key())
            .bind(&profile.name)
            .bind(fold(&profile.name))
            .bind(serde_json::to_string(profile)?)
            .bind(next_run.map_or(0, Timestamp::millis))
            .bind(self.now.millis())
            .execute(self.connection())
            .await?;
        Ok(id)
    }

    /// Changes a report; false if the version is stale.
    pub(super) async fn report_update(
        &mut self,
        id: ReportId,
        version: i64,
        profile: &ReportProfile,
        (owner, is_paused, next_run): (UserId, bool, Option<Timestamp>),
    ) -> Result<bool> {
        let sql = "UPDATE reports SET name = $1, name_key = $2, details = $3, user_id = $4, paused = $5, next_run = $6, updated = $7, updated_by = $8, \
                   version = version + 1 WHERE id = $9 AND version = $10";
        let done = sqlx::query(sql)
            .bind(&profile.name)
            .bind(fold(&profile.name))
            .bind(serde_json::to_string(profile)?)
            .bind(owner.number())
            .bind(i64::from(is_paused))
            .bind(next_run.map_or(0, Timestamp::millis))
            .bind(self.now.millis())
            .bind(self.user_number())
            .bind(id.number())
            .bind(version)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Deletes a report, and returns its runs, whose files are left.
    pub(super) async fn report_delete(&mut self, id: ReportId) -> Result<Vec<ReportRunId>> {
        let runs = sqlx::query("DELETE FROM report_runs WHERE report_id = $1 RETURNING id").bind(id.number()).fetch_all(self.connection()).await?;
        sqlx::query("DELETE FROM reports WHERE id = $1").bind(id.number()).execute(self.connection()).await?;
        runs.iter().map(|row| Ok(ReportRunId::new(row.try_get("id")?))).collect()
    }

    /// As [`Tx::report_get`], for the schedule: a report that is due.
    pub(super) async fn report_due(&mut self, id: ReportId) -> Result<Option<StoredReport>> {
        let sql = format!(
            "SELECT t.id, {} FROM reports t {} WHERE t.id = $1 AND t.partner_id = $2 AND t.next_run <> 0 AND t.next_run <= $3",
            columns(),
            joins()
        );
        let (partner, now) = (self.partner.number(), self.now.millis());
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.number()).bind(partner).bind(now);
        query.fetch_optional(self.connection()).await?.as_ref().map(stored).transpose()
    }

    /// Says when a report runs next; false if that was said already.
    pub(super) async fn report_next_run_set(&mut self, id: ReportId, before: Option<Timestamp>, next_run: Option<Timestamp>) -> Result<bool> {
        let sql = "UPDATE reports SET next_run = $1 WHERE id = $2 AND next_run = $3";
        let [before, next_run] = [before, next_run].map(|time| time.map_or(0, Timestamp::millis));
        let done = sqlx::query(sql).bind(next_run).bind(id.number()).bind(before).execute(self.connection()).await?;
        Ok(done.rows_affected() == 1)
    }
}

/// An exception: the schedule serves all partners.
impl Store {
    /// Reports whose next run is due, the longest first.
    pub(super) async fn reports_due(&self, now: Timestamp, most: u32) -> Result<Vec<DueReport>> {
        let sql =
            format!("SELECT t.id, t.partner_id FROM reports t WHERE t.next_run <> 0 AND t.next_run <= $1 ORDER BY t.next_run, t.id LIMIT {most}");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now.millis()).fetch_all(&mut self.read().await?).await?;
        let due = |row: &AnyRow| Ok(DueReport { id: ReportId::new(row.try_get("id")?), partner: PartnerId::new(row.try_get("partner_id")?) });
        rows.iter().map(due).collect()
    }
}
