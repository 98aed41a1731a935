//! Writing accounts.

use domain::{AwsAccess, AwsAccountDetails, AwsAccountId, AwsAccountKind, AwsAccountState, ClientId, JobId, RoleArn, Timestamp};

use super::{list::numbers, search_key};
use crate::{
    Result,
    kernel::{Binds, Tx, fold::fold},
};

/// What becomes of an account by a job or by a person.
#[derive(Default)]
pub(in super::super) struct Outcome {
    /// None leaves it as it is.
    pub(crate) state: Option<AwsAccountState>,
    /// A sentence; empty if there is nothing to say.
    pub(crate) problem: String,
    /// The role that was proved.
    pub(crate) role: Option<RoleArn>,
    /// A role that is still to be proved.
    pub(crate) candidate: Option<RoleArn>,
    /// When that is tried next.
    pub(crate) check_at: Option<Timestamp>,
    /// Whether it was tried now.
    pub(crate) is_checked: bool,
    /// The job that goes on with it.
    pub(crate) job: Option<JobId>,
}

fn text(arn: Option<&RoleArn>) -> String {
    arn.map(ToString::to_string).unwrap_or_default()
}

impl Tx {
    /// Inserts an account that the server signs in at. A role that it signs in by was proved.
    pub(in super::super) async fn aws_account_insert(&mut self, kind: AwsAccountKind, details: &AwsAccountDetails) -> Result<AwsAccountId> {
        let id = AwsAccountId::new(self.next_number("aws_account").await?);
        let sql = "INSERT INTO aws_accounts (id, partner_id, client_id, kind, management_id, number, name, name_key, email, search_key, sign_in, status, state, \
                   problem, role_arn, candidate, access, region, checked, check_at, asked_by, job_id, refreshed, refresh_failure, created, version) \
                   VALUES ($1, $2, 0, $3, 0, $4, $5, $6, '', $7, $8, '', 'onboarded', '', $9, '', '', '', $10, 0, $11, 0, 0, '', $10, 1)";
        sqlx::query(sql)
            .bind(id.number())
            .bind(self.partner.number())
            .bind(kind.key())
            .bind(details.number.as_str())
            .bind(&details.name)
            .bind(fold(&details.name))
            .bind(search_key(&details.name, details.number.as_str(), ""))
            .bind(serde_json::to_string(&details.sign_in)?)
            .bind(text(details.sign_in.role()))
            .bind(self.now.millis())
            .bind(self.user_number())
            .execute(self.connection())
            .await?;
        Ok(id)
    }

    /// Changes name and sign-in of an account, which was checked.
    pub(in super::super) async fn aws_account_update(&mut self, id: AwsAccountId, details: &AwsAccountDetails) -> Result<()> {
        let sql = "UPDATE aws_accounts SET name = $1, name_key = $2, search_key = $3, sign_in = $4, role_arn = $5, checked = $6, problem = '', \
                   state = 'onboarded', version = version + 1 WHERE id = $7 AND partner_id = $8";
        sqlx::query(sql)
            .bind(&details.name)
            .bind(fold(&details.name))
            .bind(search_key(&details.name, details.number.as_str(), ""))
            .bind(serde_json::to_string(&details.sign_in)?)
            .bind(text(details.sign_in.role()))
            .bind(self.now.millis())
            .bind(id.number())
            .bind(self.partner.number())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Lets the roles of all members be proved anew, because the server signs in otherwise from now on.
    pub(in super::super) async fn aws_members_check(&mut self, management: AwsAccountId) -> Result<()> {
        let sql = "UPDATE aws_accounts SET state = 'pending', check_at = $1, asked_by = $2 WHERE management_id = $3 AND partner_id = $4 AND state = 'onboarded'";
        let query = sqlx::query(sql).bind(self.now.millis()).bind(self.user_number()).bind(management.number()).bind(self.partner.number());
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Makes a single account a management account.
    pub(in super::super) async fn aws_account_promote(&mut self, id: AwsAccountId) -> Result<()> {
        let sql =
            "UPDATE aws_accounts SET kind = 'management', checked = $1, version = version + 1 WHERE id = $2 AND partner_id = $3 AND kind = 'single'";
        sqlx::query(sql).bind(self.now.millis()).bind(id.number()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes an account with its members. Their external ids stay.
    pub(in super::super) async fn aws_account_delete(&mut self, id: AwsAccountId) -> Result<()> {
        let partner = self.partner.number();
        sqlx::query("DELETE FROM aws_listed WHERE management_id = $1").bind(id.number()).execute(self.connection()).await?;
        for sql in
            ["DELETE FROM aws_accounts WHERE management_id = $1 AND partner_id = $2", "DELETE FROM aws_accounts WHERE id = $1 AND partner_id = $2"]
        {
            sqlx::query(sql).bind(id.number()).bind(partner).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Associates accounts with a client, or with none. From then on they are checked in the caller's name, and no earlier job takes them back.
    pub(in super::super) async fn aws_accounts_associate(&mut self, ids: &[AwsAccountId], client: Option<ClientId>) -> Result<()> {
        let mut binds = Binds::default();
        let (client, partner) = (binds.number(client.map_or(0, ClientId::number)), binds.number(self.partner.number()));
        let (user, ids) = (binds.number(self.user_number()), numbers(ids));
        let sql = format!(
            "UPDATE aws_accounts SET client_id = {client}, asked_by = {user}, job_id = 0, version = version + 1 WHERE id IN ({ids}) AND partner_id = {partner}"
        );
        binds.execute(self, sql).await
    }

    /// Lets a job begin to onboard an account, for which it makes a role of such access; the quick-create link is for the region.
    pub(in super::super) async fn aws_onboarding_begin(
        &mut self,
        id: AwsAccountId,
        access: Option<AwsAccess>,
        region: &str,
        job: JobId,
    ) -> Result<()> {
        let sql = "UPDATE aws_accounts SET state = 'onboarding', problem = '', access = $1, region = $2, job_id = $3, asked_by = $4, check_at = 0 \
                   WHERE id = $5 AND partner_id = $6";
        sqlx::query(sql)
            .bind(access.map_or("", AwsAccess::key))
            .bind(region)
            .bind(job.number())
            .bind(self.user_number())
            .bind(id.number())
            .bind(self.partner.number())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Gives an account to a job.
    pub(in super::super) async fn aws_job_set(&mut self, id: AwsAccountId, job: JobId) -> Result<()> {
        let sql = "UPDATE aws_accounts SET job_id = $1, asked_by = $2 WHERE id = $3 AND partner_id = $4";
        let query = sqlx::query(sql).bind(job.number()).bind(self.user_number()).bind(id.number()).bind(self.partner.number());
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Stores what became of an account.
    pub(in super::super) async fn aws_account_settle(&mut self, id: AwsAccountId, outcome: &Outcome) -> Result<()> {
        let sql = "UPDATE aws_accounts SET state = CASE WHEN $1 = '' THEN state ELSE $1 END, problem = $2, role_arn = $3, candidate = $4, check_at = $5, \
                   checked = CASE WHEN $6 = 0 THEN checked ELSE $6 END, job_id = $7 WHERE id = $8 AND partner_id = $9";
        sqlx::query(sql)
            .bind(outcome.state.map_or("", AwsAccountState::key))
            .bind(&outcome.problem)
            .bind(text(outcome.role.as_ref()))
            .bind(text(outcome.candidate.as_ref()))
            .bind(outcome.check_at.map_or(0, Timestamp::millis))
            .bind(if outcome.is_checked { self.now.millis() } else { 0 })
            .bind(outcome.job.map_or(0, JobId::number))
            .bind(id.number())
            .bind(self.partner.number())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Notes why the members of a management account couldn't be read.
    pub(in super::super) async fn aws_refresh_fail(&mut self, id: AwsAccountId, failure: &str) -> Result<()> {
        let sql = "UPDATE aws_accounts SET refresh_failure = $1, job_id = 0 WHERE id = $2 AND partner_id = $3";
        sqlx::query(sql).bind(failure).bind(id.number()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }
}
