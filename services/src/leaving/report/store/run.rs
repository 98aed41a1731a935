//! Runs of reports. The state of a run is its job's, of which this reads what a page shows.

use domain::{ClientId, JobId, JobProgress, JobState, ListPage, ReportId, ReportKind, ReportRun, ReportRunId, ReportRunQuery, Timestamp, UserId};
use sqlx::{Row, any::AnyRow};

use super::{kind, time, user};
use crate::{
    Result,
    kernel::{
        Binds, Tx,
        list::{Listing, Sort},
    },
    people::user::author,
};

/// A run with what isn't shown of it.
pub(in crate::leaving::report) struct StoredRun {
    pub(crate) run: ReportRun,
    pub(crate) kind: ReportKind,
    /// The owner of its report.
    pub(crate) owner: UserId,
    pub(crate) file_name: String,
    /// Of how many parts its file is.
    pub(crate) parts: u32,
}

/// A run to be inserted.
pub(in crate::leaving::report) struct NewRun<'a> {
    pub(crate) id: ReportRunId,
    pub(crate) report: ReportId,
    pub(crate) client: Option<ClientId>,
    pub(crate) job: JobId,
    /// None for the schedule.
    pub(crate) asked_by: Option<UserId>,
    pub(crate) file_name: &'a str,
    pub(crate) until: Timestamp,
}

/// What a run has become.
#[derive(Clone, Copy)]
pub(in crate::leaving::report) struct Written {
    pub(crate) parts: u32,
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
}

/// The columns that [`run`] reads, of the runs with an alias.
pub(super) fn columns(alias: &str) -> String {
    let run = [
        ("id", "run_id"),
        ("report_id", "run_report"),
        ("job_id", "run_job"),
        ("user_id", "run_user"),
        ("parts", "run_parts"),
        ("row_count", "run_rows"),
        ("bytes", "run_bytes"),
        ("created", "run_created"),
        ("finished", "run_finished"),
        ("stored_until", "run_until"),
        ("file_name", "run_file"),
    ];
    let run = run.map(|(column, name)| format!("{alias}.{column} AS {name}")).join(", ");
    format!(
        "{run}, j.state AS run_state, j.done AS run_done, j.total AS run_total, j.doing AS run_doing, j.outcome AS run_outcome, {}",
        user("a", 'a')
    )
}

/// The joins that [`columns`] needs.
pub(super) fn joins(alias: &str) -> String {
    format!("LEFT JOIN jobs j ON j.id = {alias}.job_id LEFT JOIN users a ON a.id = {alias}.user_id")
}

/// The run of a row; none if its columns are empty.
pub(super) fn run(row: &AnyRow) -> Result<Option<ReportRun>> {
    let Some(id) = row.try_get::<Option<i64>, _>("run_id")? else { return Ok(None) };
    let number = |column| row.try_get::<Option<i64>, _>(column).map(|number| u64::try_from(number.unwrap_or_default()).unwrap_or_default());
    let text = |column| row.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default);
    let finished = time(row, "run_finished")?;
    let state = match finished {
        Some(_) => JobState::Succeeded,
        None => JobState::from_key(&text("run_state")?).unwrap_or(JobState::Failed),
    };
    Ok(Some(ReportRun {
        id: ReportRunId::new(id),
        report: ReportId::new(row.try_get("run_report")?),
        job: JobId::new(row.try_get("run_job")?),
        state,
        progress: JobProgress { done: number("run_done")?, total: number("run_total")?, doing: text("run_doing")? },
        outcome: text("run_outcome")?,
        asked_by: author(row, 'a', None)?,
        is_scheduled: row.try_get::<i64, _>("run_user")? == 0,
        created: Timestamp::from_millis(row.try_get("run_created")?),
        finished,
        rows: number("run_rows")?,
        bytes: number("run_bytes")?,
        until: Timestamp::from_millis(row.try_get("run_until")?),
    }))
}

fn stored(row: &AnyRow) -> Result<Option<StoredRun>> {
    let Some(run) = run(row)? else { return Ok(None) };
    let parts = u32::try_from(row.try_get::<i64, _>("run_parts")?).unwrap_or_default();
    Ok(Some(StoredRun { run, kind: kind(row)?, owner: UserId::new(row.try_get("owner")?), file_name: row.try_get("run_file")?, parts }))
}

impl Tx {
    /// A page of the runs of a report, which the caller sees.
    pub(in crate::leaving::report) async fn report_run_list(&mut self, report: ReportId, query: &ReportRunQuery) -> Result<ListPage<ReportRun>> {
        let mut binds = Binds::default();
        let condition = format!("t.report_id = {}", binds.number(report.number()));
        // The later it began, the less is its age.
        let query = ReportRunQuery { direction: query.direction.reversed(), ..query.clone() };
        let (columns, joins) = (columns("t"), joins("t"));
        let missing = || crate::Fault::Failed("a run without an id".to_owned());
        Listing::of(&columns, "report_runs", &joins, condition, binds).page_by(self, Sort::ID, &query, |row| run(row)?.ok_or_else(missing)).await
    }

    /// A run of a report of the tenant.
    pub(in crate::leaving::report) async fn report_run_get(&mut self, id: ReportRunId) -> Result<Option<StoredRun>> {
        let mut binds = Binds::default();
        let (own, id) = (self.own_reports(&mut binds), binds.number(id.number()));
        let sql = format!(
            "SELECT t.id, {}, p.kind, p.user_id AS owner FROM report_runs t JOIN reports p ON p.id = t.report_id {} WHERE t.id = {id} AND {own}",
            columns("t"),
            joins("t")
        );
        binds.fetch(self, sql).await?.first().map(stored).transpose().map(Option::flatten)
    }

    /// The next number of a run.
    pub(in crate::leaving::report) async fn report_run_number(&mut self) -> Result<ReportRunId> {
        Ok(ReportRunId::new(self.next_number("report_run").await?))
    }

    /// Inserts a run as the latest of its report.
    pub(in crate::leaving::report) async fn report_run_insert(&mut self, run: &NewRun<'_>) -> Result<()> {
        let sql = "INSERT INTO report_runs (id, partner_id, client_id, report_id, job_id, user_id, file_name, parts, row_count, bytes, created, finished, \
                   stored_until) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, $8, 0, $9)";
        sqlx::query(sql)
            .bind(run.id.number())
            .bind(self.partner.number())
            .bind(run.client.map_or(0, ClientId::number))
            .bind(run.report.number())
            .bind(run.job.number())
            .bind(run.asked_by.map_or(0, UserId::number))
            .bind(run.file_name)
            .bind(self.now.millis())
            .bind(run.until.millis())
            .execute(self.connection())
            .await?;
        let sql = "UPDATE reports SET last_run = $1 WHERE id = $2";
        sqlx::query(sql).bind(run.id.number()).bind(run.report.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Says how far a run is, and with `finishes` that its file is complete; false if the run is gone.
    pub(in crate::leaving::report) async fn report_run_save(&mut self, id: ReportRunId, written: Written, finishes: bool) -> Result<bool> {
        let sql = "UPDATE report_runs SET parts = $1, row_count = $2, bytes = $3, finished = $4 WHERE id = $5";
        let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
        let done = sqlx::query(sql)
            .bind(i64::from(written.parts))
            .bind(number(written.rows))
            .bind(number(written.bytes))
            .bind(if finishes { self.now.millis() } else { 0 })
            .bind(id.number())
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Runs of all partners whose time is over.
    pub(in crate::leaving::report) async fn report_runs_over(&mut self, most: u32) -> Result<Vec<ReportRunId>> {
        let sql = format!("SELECT t.id FROM report_runs t WHERE t.stored_until <= $1 ORDER BY t.stored_until, t.id LIMIT {most}");
        let now = self.now.millis();
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(now).fetch_all(self.connection()).await?;
        rows.iter().map(|row| Ok(ReportRunId::new(row.try_get("id")?))).collect()
    }

    /// The runs of a client's reports and of the partner's.
    pub(in crate::leaving::report) async fn report_runs_about(&mut self, client: ClientId) -> Result<Vec<ReportRunId>> {
        let sql = "SELECT t.id FROM report_runs t JOIN reports p ON p.id = t.report_id WHERE p.partner_id = $1 AND p.client_id IN (0, $2)";
        let rows = sqlx::query(sql).bind(self.partner.number()).bind(client.number()).fetch_all(self.connection()).await?;
        rows.iter().map(|row| Ok(ReportRunId::new(row.try_get("id")?))).collect()
    }

    /// Says that the partner's runs so far have no files any more.
    pub(in crate::leaving::report) async fn report_runs_of_partner_end(&mut self) -> Result<()> {
        let sql = "UPDATE report_runs SET stored_until = $1 WHERE partner_id = $2 AND client_id = 0 AND stored_until > $1";
        sqlx::query(sql).bind(self.now.millis()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes a run.
    pub(in crate::leaving::report) async fn report_run_delete(&mut self, id: ReportRunId) -> Result<()> {
        sqlx::query("DELETE FROM report_runs WHERE id = $1").bind(id.number()).execute(self.connection()).await?;
        Ok(())
    }
}
