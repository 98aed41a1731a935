//! What jobs need of accounts.

use domain::{AwsAccountId, AwsAccountState, ClientId, JobId, JobKind, PartnerId, RoleArn, Timestamp, UserId};
use sqlx::Row;

use super::{StoredAccount, list::numbers};
use crate::{
    Result,
    kernel::{Store, Tx},
};

/// The outcome of a job that is no longer stored.
const STOPPED: &str = "The work was stopped. Start it again.";

impl Tx {
    /// The pending accounts whose check is due, by whose name they are checked in; the next check of each is then at a later time.
    pub(in super::super) async fn aws_checks_take(&mut self, most: u32, next: Timestamp) -> Result<Vec<(UserId, AwsAccountId)>> {
        let sql = format!(
            "SELECT t.id, t.asked_by FROM aws_accounts t WHERE t.check_at <> 0 AND t.check_at <= $1 AND t.partner_id = $2 ORDER BY t.check_at, t.id LIMIT {most}"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(self.now.millis()).bind(self.partner.number());
        let rows = query.fetch_all(self.connection()).await?;
        let due = rows.iter().map(|row| Ok((UserId::new(row.try_get("asked_by")?), AwsAccountId::new(row.try_get("id")?))));
        let due = due.collect::<Result<Vec<_>>>()?;
        let ids: Vec<_> = due.iter().map(|(_, id)| *id).collect();
        let sql = format!("UPDATE aws_accounts SET check_at = $1 WHERE id IN ({})", numbers(&ids));
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(next.millis()).execute(self.connection()).await?;
        Ok(due)
    }

    /// Stops checking accounts in the name of somebody who can't check them any more. Those that somebody else or another job took on stay as they are.
    pub(in super::super) async fn aws_checks_stop(&mut self, ids: &[AwsAccountId], user: UserId, job: Option<JobId>, problem: &str) -> Result<()> {
        let sql = format!(
            "UPDATE aws_accounts SET check_at = 0, problem = $1 WHERE id IN ({}) AND partner_id = $2 AND asked_by = $3 AND (job_id <= 0 OR job_id = $4)",
            numbers(ids)
        );
        let query =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(problem).bind(self.partner.number()).bind(user.number()).bind(job.map_or(0, JobId::number));
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Notes a role that we are about to make, or that it is gone.
    pub(in super::super) async fn aws_made_set(&mut self, id: AwsAccountId, made: Option<&RoleArn>) -> Result<()> {
        let sql = "UPDATE aws_accounts SET made = $1 WHERE id = $2 AND partner_id = $3";
        let query = sqlx::query(sql).bind(made.map(ToString::to_string).unwrap_or_default()).bind(id.number()).bind(self.partner.number());
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Releases accounts of jobs that ended without releasing them: they failed, were cancelled, or are no longer stored. Which job it was stays noted, so that
    /// it can take the account again if nothing else was done meanwhile.
    pub(in super::super) async fn aws_jobs_settle(&mut self) -> Result<()> {
        let sql = "SELECT t.id, t.kind, t.state, j.kind AS job_kind, j.outcome FROM aws_accounts t LEFT JOIN jobs j ON j.id = t.job_id \
                   WHERE t.job_id > 0 AND t.partner_id = $1 AND (j.id IS NULL OR j.ended <> 0)";
        for row in sqlx::query(sql).bind(self.partner.number()).fetch_all(self.connection()).await? {
            let id = AwsAccountId::new(row.try_get("id")?);
            let outcome: Option<String> = row.try_get("outcome")?;
            let outcome = outcome.as_deref().unwrap_or(STOPPED);
            if row.try_get::<Option<&str>, _>("job_kind")? == Some(JobKind::AwsRefresh.key()) {
                self.aws_refresh_fail(id, outcome).await?;
                continue;
            }
            let is_onboarding = row.try_get::<&str, _>("state")? == AwsAccountState::Onboarding.key();
            let sql = if is_onboarding {
                "UPDATE aws_accounts SET job_id = -job_id, state = 'failed', candidate = '', problem = $1 WHERE id = $2"
            } else {
                "UPDATE aws_accounts SET job_id = -job_id, problem = CASE WHEN problem = '' THEN $1 ELSE problem END WHERE id = $2"
            };
            sqlx::query(sql).bind(outcome).bind(id.number()).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// A member of a management account that has a role, or that a job is giving one; none if there is no more.
    pub(in super::super) async fn aws_member_with_role(&mut self, management: AwsAccountId) -> Result<Option<AwsAccountId>> {
        let sql = "SELECT t.id FROM aws_accounts t WHERE t.management_id = $1 AND t.partner_id = $2 AND t.kind = 'member' \
                   AND (t.role_arn <> '' OR t.candidate <> '' OR t.made <> '' OR t.state = 'onboarding') LIMIT 1";
        let id: Option<i64> = sqlx::query_scalar(sql).bind(management.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        Ok(id.map(AwsAccountId::new))
    }

    /// An account of a client that is terminated which has a role, or that a job is giving one.
    pub(in super::super) async fn aws_account_of_with_role(&mut self, client: ClientId) -> Result<Option<StoredAccount>> {
        let sql = "SELECT t.id FROM aws_accounts t WHERE t.client_id = $1 AND t.partner_id = $2 AND t.kind <> 'single' \
                   AND (t.role_arn <> '' OR t.candidate <> '' OR t.made <> '' OR t.state = 'onboarding') LIMIT 1";
        let id: Option<i64> = sqlx::query_scalar(sql).bind(client.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        match id {
            Some(id) => self.aws_account_get(AwsAccountId::new(id)).await,
            None => Ok(None),
        }
    }

    /// Whether a job works on an account of a client.
    pub(in super::super) async fn aws_job_of_client(&mut self, client: ClientId) -> Result<bool> {
        let sql =
            "SELECT t.id FROM aws_accounts t JOIN jobs j ON j.id = t.job_id AND j.ended = 0 WHERE t.client_id = $1 AND t.partner_id = $2 LIMIT 1";
        let id: Option<i64> = sqlx::query_scalar(sql).bind(client.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        Ok(id.is_some())
    }

    /// Takes all accounts from a client that is terminated, and returns how many there were.
    pub(crate) async fn aws_accounts_release(&mut self, client: ClientId) -> Result<u64> {
        let sql = "UPDATE aws_accounts SET client_id = 0, version = version + 1 WHERE client_id = $1 AND partner_id = $2";
        Ok(sqlx::query(sql).bind(client.number()).bind(self.partner.number()).execute(self.connection()).await?.rows_affected())
    }
}

/// An exception: checks are due whoever the partner is.
impl Store {
    /// The partners of accounts whose check is due, if any can be, or whose job ended without releasing them.
    pub(in super::super) async fn aws_partners_due(&self, due: Option<Timestamp>) -> Result<Vec<PartnerId>> {
        let sql = "SELECT t.partner_id FROM aws_accounts t WHERE t.check_at <> 0 AND t.check_at <= $1 \
                   UNION SELECT t.partner_id FROM aws_accounts t WHERE t.job_id > 0 AND NOT EXISTS \
                   (SELECT 1 FROM jobs j WHERE j.id = t.job_id AND j.ended = 0)";
        let partners: Vec<i64> = sqlx::query_scalar(sql).bind(due.map_or(0, Timestamp::millis)).fetch_all(&mut self.read().await?).await?;
        Ok(partners.into_iter().map(PartnerId::new).collect())
    }
}
