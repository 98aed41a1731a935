//! Jobs.

use domain::{
    Caller, ClientId, Job, JobFilter, JobId, JobKind, JobProgress, JobQuery, JobSort, JobState, ListPage, PartnerId, Scope, Timestamp, Total, UserId,
    UserSummary,
};
use sqlx::{Row, any::AnyRow};

use super::{NewJob, Work};
use crate::{
    Fault, Result,
    aws::sentence::told,
    kernel::{
        Binds, Store, Tx,
        fold::fold,
        list::{Listing, Sort},
        row::client,
    },
    people::user::author,
};

/// The columns that [`job`] reads.
const JOB: &str = "t.client_id, t.user_id, t.kind, t.state, t.name, t.done, t.total, t.doing, t.cancelling, t.outcome, t.created, t.started, t.ended, \
    o.id AS o_id, o.login AS o_login, o.first_name AS o_first, o.last_name AS o_last, o.email AS o_email, o.client_id AS o_client";

/// The joins that [`JOB`] needs.
const JOINS: &str = "LEFT JOIN users o ON o.id = t.user_id";

fn time(row: &AnyRow, column: &str) -> Result<Option<Timestamp>> {
    let millis: i64 = row.try_get(column)?;
    Ok((millis != 0).then(|| Timestamp::from_millis(millis)))
}

fn count(row: &AnyRow, column: &str) -> Result<u64> {
    Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or_default())
}

fn kind(row: &AnyRow) -> Result<JobKind> {
    let key: &str = row.try_get("kind")?;
    JobKind::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown kind of job {key}")))
}

fn progress(row: &AnyRow) -> Result<JobProgress> {
    Ok(JobProgress { done: count(row, "done")?, total: count(row, "total")?, doing: row.try_get("doing")? })
}

/// Reads a job. `reader` sees it, and so may act on it.
fn job(row: &AnyRow, reader: Option<&Caller>) -> Result<Job> {
    let state: &str = row.try_get("state")?;
    let state = JobState::from_key(state).ok_or_else(|| Fault::Failed(format!("unknown state of a job {state}")))?;
    let (kind, is_cancelling) = (kind(row)?, row.try_get::<i64, _>("cancelling")? != 0);
    let owner: i64 = row.try_get("user_id")?;
    Ok(Job {
        id: JobId::new(row.try_get("id")?),
        kind,
        state,
        client: client(row)?,
        subject: row.try_get("name")?,
        owner: author(row, 'o', reader)?,
        is_own: reader.is_some_and(|reader| reader.user.id.number() == owner),
        progress: progress(row)?,
        outcome: told(row.try_get("outcome")?, reader),
        created: Timestamp::from_millis(row.try_get("created")?),
        started: time(row, "started")?,
        ended: time(row, "ended")?,
        is_cancelling,
        may_cancel: !state.is_over() && kind.is_cancellable() && !is_cancelling,
        may_repeat: matches!(state, JobState::Failed | JobState::Cancelled),
    })
}

impl Tx {
    /// The condition that the caller sees a job `t`: one of their own, or one of a kind that they could have asked for where it belongs.
    fn seen_job(&self, binds: &mut Binds) -> Result<String> {
        let caller = self.caller()?;
        let mut ways = vec![format!("t.user_id = {}", binds.number(caller.user.id.number()))];
        for kind in JobKind::ALL {
            let (key, permission) = (kind.key(), kind.permission());
            if caller.can(permission, Scope::Partner(self.partner)).is_ok() {
                ways.push(format!("(t.kind = '{key}' AND t.client_id = 0)"));
            }
            ways.push(format!("(t.kind = '{key}' AND t.client_id <> 0{})", self.seen_client(permission, "t.client_id")));
        }
        let partner = binds.number(self.partner.number());
        let within = self.only_client.map(|client| format!(" AND t.client_id = {}", client.number())).unwrap_or_default();
        Ok(format!("t.partner_id = {partner}{within} AND ({})", ways.join(" OR ")))
    }

    /// How many jobs about a client that the caller sees aren't over. For the client's page.
    pub(crate) async fn open_jobs(&mut self, client: ClientId) -> Result<u64> {
        let mut binds = Binds::default();
        let (seen, client) = (self.seen_job(&mut binds)?, binds.number(client.number()));
        let sql = format!("SELECT COUNT(*) FROM jobs t WHERE t.ended = 0 AND t.client_id = {client} AND {seen}");
        binds.fetch_number(self, sql).await
    }

    /// The jobs that the caller sees and a filter leaves.
    fn jobs(&self, filter: JobFilter) -> Result<Listing<'static>> {
        let mut binds = Binds::default();
        let mut condition = self.seen_job(&mut binds)?;
        if let Some(state) = filter {
            condition += &format!(" AND t.state = '{}'", state.key());
        }
        Ok(Listing::of(JOB, "jobs", JOINS, condition, binds))
    }

    /// How many jobs the caller sees under a filter, for the home page.
    pub(crate) async fn job_total(&mut self, filter: JobFilter) -> Result<Total> {
        self.jobs(filter)?.total(self).await
    }

    /// A page of the jobs that the caller sees.
    pub(super) async fn job_list(&mut self, query: &JobQuery) -> Result<ListPage<Job>> {
        let sort = match query.sort {
            JobSort::Age => Sort::number("created").along("jobs_by_age"),
        };
        // The later it was created, the less is its age.
        let query = JobQuery { direction: query.direction.reversed(), ..query.clone() };
        let listing = self.jobs(query.filter)?.search("name_key", &query.search);
        let reader = self.caller()?;
        listing.page_by(self, sort, &query, |row| job(row, Some(&reader))).await
    }

    /// A job that the caller sees.
    pub(super) async fn job_get(&mut self, id: JobId) -> Result<Option<Job>> {
        let mut binds = Binds::default();
        let condition = self.seen_job(&mut binds)?;
        let sql = format!("SELECT t.id, {JOB} FROM jobs t {JOINS} WHERE t.id = {} AND {condition}", id.number());
        let reader = self.caller()?;
        binds.fetch(self, sql).await?.first().map(|row| job(row, Some(&reader))).transpose()
    }

    /// The visible jobs that are not over or are among the given ones.
    pub(super) async fn job_follow(&mut self, followed: &[JobId], most: u32) -> Result<Vec<Job>> {
        let mut binds = Binds::default();
        let condition = self.seen_job(&mut binds)?;
        let followed = followed.iter().fold("0".to_owned(), |list, id| format!("{list}, {}", id.number()));
        let sql = format!(
            "SELECT t.id, {JOB} FROM jobs t {JOINS} \
             WHERE (t.id IN (SELECT u.id FROM jobs u WHERE u.ended = 0) OR t.id IN ({followed})) AND {condition} ORDER BY t.id LIMIT {most}"
        );
        let reader = self.caller()?;
        binds.fetch(self, sql).await?.iter().map(|row| job(row, Some(&reader))).collect()
    }

    /// What a job is about, and a user, with whom others can do something about it.
    pub(super) async fn job_subject(&mut self, id: JobId, owner: UserId) -> Result<Option<(String, Option<UserSummary>)>> {
        let sql = "SELECT t.name, o.id AS o_id, o.login AS o_login, o.first_name AS o_first, o.last_name AS o_last, o.email AS o_email, \
                   o.client_id AS o_client FROM jobs t LEFT JOIN users o ON o.id = $1 AND o.partner_id = t.partner_id WHERE t.id = $2 AND t.partner_id = $3";
        let query = sqlx::query(sql).bind(owner.number()).bind(id.number()).bind(self.partner.number());
        let row = query.fetch_optional(self.connection()).await?;
        row.map(|row| Ok((row.try_get("name")?, author(&row, 'o', None)?))).transpose()
    }

    /// Whether a job of the partner isn't over. What stopped imports of clients have written is erased only if theirs are.
    pub(crate) async fn job_is_unfinished(&mut self, id: JobId) -> Result<bool> {
        let sql = "SELECT ended FROM jobs WHERE id = $1 AND partner_id = $2";
        let ended: Option<i64> = sqlx::query_scalar(sql).bind(id.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        Ok(ended == Some(0))
    }

    /// Inserts a job of the caller's.
    pub(super) async fn job_insert(&mut self, id: JobId, new: &NewJob) -> Result<()> {
        let sql = "INSERT INTO jobs (id, partner_id, client_id, user_id, kind, state, name, name_key, input, cursor, done, total, doing, cancelling, \
                   attempts, retry_at, lease_key, lease_until, outcome, created, started, ended) \
                   VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, '', 0, $9, '', 0, 0, 0, '', 0, '', $10, 0, 0)";
        sqlx::query(sql)
            .bind(id.number())
            .bind(self.partner.number())
            .bind(new.client.map_or(0, domain::ClientId::number))
            .bind(self.user_number())
            .bind(new.kind.key())
            .bind(&new.subject)
            .bind(fold(&new.subject))
            .bind(&new.input)
            .bind(i64::try_from(new.total).unwrap_or(i64::MAX))
            .bind(self.now.millis())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends a job that no server has, or asks the one that has it to stop.
    pub(super) async fn job_cancel(&mut self, id: JobId) -> Result<()> {
        let sql =
            "UPDATE jobs SET state = 'cancelled', ended = $2, outcome = 'It was cancelled.' WHERE id = $1 AND state = 'queued' AND lease_key = ''";
        sqlx::query(sql).bind(id.number()).bind(self.now.millis()).execute(self.connection()).await?;
        let sql = "UPDATE jobs SET cancelling = 1 WHERE id = $1 AND ended = 0";
        sqlx::query(sql).bind(id.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Queues a job that is over again, as the caller's. It goes on where it stopped; but an export begins anew, because what was written is deleted and was for the
    /// eyes of whoever asked first.
    pub(super) async fn job_repeat(&mut self, id: JobId) -> Result<()> {
        let sql = "UPDATE jobs SET state = 'queued', ended = 0, outcome = '', cancelling = 0, attempts = 0, deaths = 0, retry_at = 0, user_id = $2, \
                   cursor = CASE WHEN kind = 'audit-export' THEN '' ELSE cursor END, done = CASE WHEN kind = 'audit-export' THEN 0 ELSE done END \
                   WHERE id = $1 AND ended <> 0";
        sqlx::query(sql).bind(id.number()).bind(self.user_number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Whether a job was cancelled, also while its step runs.
    pub(crate) async fn job_is_cancelled(&mut self, id: JobId) -> Result<bool> {
        let sql = "SELECT cancelling FROM jobs WHERE id = $1 AND partner_id = $2";
        let cancelling: i64 = sqlx::query_scalar(sql).bind(id.number()).bind(self.partner.number()).fetch_one(self.connection()).await?;
        Ok(cancelling == 1)
    }

    /// Renews the lease; false if another server has the job, or it is over.
    pub(super) async fn job_hold(&mut self, work: &Work, until: Timestamp) -> Result<bool> {
        let sql = "UPDATE jobs SET lease_until = $1 WHERE id = $2 AND lease_key = $3 AND ended = 0";
        let done = sqlx::query(sql).bind(until.millis()).bind(work.id.number()).bind(&work.lease).execute(self.connection()).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Stores how far a job is.
    pub(super) async fn job_save(&mut self, work: &Work) -> Result<()> {
        let sql = "UPDATE jobs SET cursor = $1, done = $2, total = $3, doing = $4, attempts = 0, deaths = 0 WHERE id = $5";
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        sqlx::query(sql)
            .bind(&work.cursor)
            .bind(number(work.progress.done))
            .bind(number(work.progress.total))
            .bind(&work.progress.doing)
            .bind(work.id.number())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends a job that did all that it was to do.
    pub(super) async fn job_succeed(&mut self, work: &Work, outcome: &str) -> Result<()> {
        let sql =
            "UPDATE jobs SET state = 'succeeded', outcome = $1, ended = $2, done = total, doing = '', lease_key = '', lease_until = 0 WHERE id = $3";
        sqlx::query(sql).bind(outcome).bind(self.now.millis()).bind(work.id.number()).execute(self.connection()).await?;
        Ok(())
    }
}

/// Exceptions: whoever works on jobs does so for all partners.
impl Store {
    /// Whether a job waits for a server. Most of the time none does, and asking must not take the lock for writing.
    pub(super) async fn job_waits(&self, now: Timestamp) -> Result<bool> {
        let sql = "SELECT t.id FROM jobs t WHERE t.ended = 0 AND t.lease_until <= $1 AND t.retry_at <= $1 LIMIT 1";
        let waits: Option<i64> = sqlx::query_scalar(sql).bind(now.millis()).fetch_optional(&mut self.read().await?).await?;
        Ok(waits.is_some())
    }

    /// Takes the job that waits longest; of several servers, one gets it. A lease that ended by itself is that of a server that died. Jobs that wait for others
    /// come last, and among them those that were tried already.
    pub(super) async fn job_take(&self, lease: &str, now: Timestamp, until: Timestamp) -> Result<Option<Work>> {
        let slow: Vec<_> = JobKind::ALL.iter().filter(|kind| kind.waits_for_others()).map(|kind| format!("'{}'", kind.key())).collect();
        let sql = format!(
            "UPDATE jobs SET state = 'running', lease_key = $1, lease_until = $2, \
                   deaths = CASE WHEN lease_key <> '' THEN deaths + 1 ELSE deaths END, started = CASE WHEN started = 0 THEN $3 ELSE started END \
                   WHERE id = (SELECT j.id FROM jobs j WHERE j.ended = 0 AND j.lease_until <= $3 AND j.retry_at <= $3 \
                   ORDER BY CASE WHEN j.kind IN ({}) THEN 1 ELSE 0 END, j.retry_at, j.id LIMIT 1) AND ended = 0 AND lease_until <= $3 \
                   RETURNING id, partner_id, user_id, client_id, kind, input, cursor, done, total, doing, attempts, deaths, lease_key",
            slow.join(", ")
        );
        let statement = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(lease).bind(until.millis()).bind(now.millis());
        let row = self.fetch_alone(statement).await?;
        row.as_ref().map(work).transpose()
    }

    /// Whether somebody cancelled it.
    pub(super) async fn job_is_cancelling(&self, work: &Work) -> Result<bool> {
        let sql = "SELECT cancelling FROM jobs WHERE id = $1";
        let cancelling: Option<i64> = sqlx::query_scalar(sql).bind(work.id.number()).fetch_optional(&mut self.read().await?).await?;
        Ok(cancelling == Some(1))
    }

    /// Renews the lease outside a step.
    pub(super) async fn job_renew(&self, work: &Work, until: Timestamp) -> Result<()> {
        let sql = "UPDATE jobs SET lease_until = $1 WHERE id = $2 AND lease_key = $3";
        self.execute_alone(sqlx::query(sql).bind(until.millis()).bind(work.id.number()).bind(&work.lease)).await.map(drop)
    }

    /// Lets other servers take the job at once.
    pub(super) async fn job_release(&self, work: &Work) -> Result<()> {
        let sql = "UPDATE jobs SET lease_key = '', lease_until = 0 WHERE id = $1 AND lease_key = $2";
        self.execute_alone(sqlx::query(sql).bind(work.id.number()).bind(&work.lease)).await.map(drop)
    }

    /// Lets servers try again later.
    pub(super) async fn job_retry(&self, work: &Work, attempts: i64, at: Timestamp) -> Result<()> {
        let sql = "UPDATE jobs SET attempts = $1, retry_at = $2, lease_key = '', lease_until = 0 WHERE id = $3 AND lease_key = $4";
        let statement = sqlx::query(sql).bind(attempts).bind(at.millis()).bind(work.id.number()).bind(&work.lease);
        self.execute_alone(statement).await.map(drop)
    }

    /// Ends a job before it did all that it was to do; false if another server has it, or it is over.
    pub(super) async fn job_end(&self, work: &Work, state: JobState, outcome: &str, now: Timestamp) -> Result<bool> {
        let sql = "UPDATE jobs SET state = $1, outcome = $2, ended = $3, lease_key = '', lease_until = 0 WHERE id = $4 AND lease_key = $5";
        let statement = sqlx::query(sql).bind(state.key()).bind(outcome).bind(now.millis()).bind(work.id.number()).bind(&work.lease);
        Ok(self.execute_alone(statement).await? == 1)
    }
}

fn work(row: &AnyRow) -> Result<Work> {
    Ok(Work {
        id: JobId::new(row.try_get("id")?),
        partner: PartnerId::new(row.try_get("partner_id")?),
        owner: UserId::new(row.try_get("user_id")?),
        kind: kind(row)?,
        client: client(row)?,
        input: row.try_get("input")?,
        cursor: row.try_get("cursor")?,
        progress: progress(row)?,
        attempts: row.try_get("attempts")?,
        deaths: row.try_get("deaths")?,
        lease: row.try_get("lease_key")?,
    })
}
