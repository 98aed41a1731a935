//! Delinking: our role is deleted where we can, and its ARN is forgotten in any case.

mod removal;

use domain::{AwsAccount, AwsAccountId, AwsAccountState, AwsAction, Caller, Change, JobId, JobKind, JobProgress, Permission, counted};
use serde::{Deserialize, Serialize};

use super::{
    job::{new_job, still_ours},
    ready_for,
    store::{Outcome, StoredAccount},
};
use crate::{
    Result, Services,
    kernel::{Tx, proof::proved},
    leaving::job::{Next, Work},
};
pub(super) use removal::Removal;

/// What the job has to know.
#[derive(Serialize, Deserialize)]
pub(super) enum Input {
    /// Delink an account.
    Delink {
        /// Which one.
        account: AwsAccountId,
    },
    /// Delink all members of a management account, then delete that.
    Delete {
        /// Which one.
        management: AwsAccountId,
    },
}

/// Where the next step goes on.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    /// How many accounts were delinked.
    done: u64,
    /// How often the present one was tried.
    tries: u32,
    /// What couldn't be deleted, in sentences.
    left: Vec<String>,
}

impl Services {
    /// Starts a job for each account, which deletes our role where it can, and forgets its ARN in any case.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for an account that has no role, or that a job is working on.
    pub async fn aws_accounts_delink(&self, caller: &Caller, accounts: &[AwsAccountId]) -> Result<Vec<JobId>> {
        let (mut tx, accounts) = self.aws_accounts_to_change_by(caller, accounts, proved(Permission::AccountManage)).await?;
        self.aws()?;
        ready_for(AwsAction::Delink, &accounts)?;
        let mut jobs = Vec::new();
        for StoredAccount { account, .. } in &accounts {
            jobs.push(self.aws_delink_begin(&mut tx, account).await?);
            self.audit(&mut tx, "aws_account.delink", account.id, account.client_id(), &[]).await?;
        }
        tx.commit().await?;
        Ok(jobs)
    }

    /// Asks for the job, in the transaction of the use case that wants it.
    pub(super) async fn aws_delink_begin(&self, tx: &mut Tx, account: &AwsAccount) -> Result<JobId> {
        let job = self.job_create(tx, &new_job(JobKind::AwsDelinking, account, &Input::Delink { account: account.id })?).await?;
        tx.aws_job_set(account.id, job).await?;
        Ok(job)
    }

    /// Delinks an account, or the next member of a management account that is to be deleted.
    pub(crate) async fn aws_delinking_step(&self, work: &mut Work) -> Result<Next> {
        match serde_json::from_str(&work.input)? {
            Input::Delink { account } => self.aws_delink_step(work, account).await,
            Input::Delete { management } => self.aws_delete_step(work, management).await,
        }
    }

    async fn aws_delink_step(&self, work: &mut Work, account: AwsAccountId) -> Result<Next> {
        let site = self.aws_site_held(work, account, String::new()).await?;
        let removal = self.job_while_held(work, self.aws_role_remove_of(&site)).await?;
        let (mut tx, cursor) = (self.job_begin(work).await?, Cursor::of(work)?);
        still_ours(work, &super::read(&mut tx, account).await?)?;
        if removal.is_worth_repeating(cursor.tries) {
            return self.aws_delinking_wait(tx, work, cursor).await;
        }
        self.aws_forget(&mut tx, account, &removal).await?;
        let cursor = Cursor { done: 1, ..Cursor::default() };
        self.aws_delinking_save(tx, work, &cursor, Next::Ended(removal.outcome())).await
    }

    async fn aws_delete_step(&self, work: &mut Work, management: AwsAccountId) -> Result<Next> {
        self.aws_site_held(work, management, work.cursor.clone()).await?;
        let mut tx = self.system_read("a job looks for what is left to delink", work.partner).await?;
        let member = tx.aws_member_with_role(management).await?;
        drop(tx);
        let mut cursor = Cursor::of(work)?;
        if let Some(member) = member {
            let site = self.aws_site(work, member).await?;
            if site.stored.account.job.is_some() {
                // It can be making the role just now.
                return Ok(Next::Soon);
            }
            let removal = self.job_while_held(work, self.aws_role_remove_of(&site)).await?;
            let mut tx = self.job_begin(work).await?;
            if super::read(&mut tx, member).await?.account.job.is_some() {
                return Ok(Next::Soon);
            }
            if removal.is_worth_repeating(cursor.tries) {
                return self.aws_delinking_wait(tx, work, cursor).await;
            }
            let left = self.aws_forget(&mut tx, member, &removal).await?;
            cursor = Cursor { done: cursor.done + 1, tries: 0, left: cursor.left.into_iter().chain(left).collect() };
            return self.aws_delinking_save(tx, work, &cursor, Next::Continue).await;
        }
        let mut tx = self.job_begin(work).await?;
        // Somebody can have onboarded another one meanwhile.
        if tx.aws_member_with_role(management).await?.is_some() {
            return Ok(Next::Continue);
        }
        self.aws_account_drop(&mut tx, management).await?;
        let mut outcome = format!("{} delinked, and the MSP account deleted.", counted(cursor.done, "account was", "accounts were"));
        for sentence in &cursor.left {
            outcome += &format!(" {sentence}");
        }
        self.aws_delinking_save(tx, work, &cursor, Next::Ended(outcome)).await
    }

    async fn aws_delinking_wait(&self, tx: Tx, work: &mut Work, mut cursor: Cursor) -> Result<Next> {
        cursor.tries += 1;
        "Waiting for AWS".clone_into(&mut work.progress.doing);
        work.cursor = serde_json::to_string(&cursor)?;
        self.job_save(tx, work, &Next::Soon).await?;
        Ok(Next::Soon)
    }

    async fn aws_delinking_save(&self, tx: Tx, work: &mut Work, cursor: &Cursor, next: Next) -> Result<Next> {
        work.progress = JobProgress { done: cursor.done, total: 0, doing: "Delinking accounts".to_owned() };
        work.cursor = serde_json::to_string(cursor)?;
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// Forgets the role of an account; returns what is left of it at AWS.
    pub(super) async fn aws_forget(&self, tx: &mut Tx, id: AwsAccountId, removal: &Removal) -> Result<Option<String>> {
        let stored = super::read(tx, id).await?;
        let left = removal.left().map(ToOwned::to_owned);
        let problem = left.clone().unwrap_or_default();
        tx.aws_account_settle(id, &Outcome { state: Some(AwsAccountState::Discovered), problem, ..Outcome::default() }).await?;
        tx.aws_made_set(id, None).await?;
        let arn = stored.role_to_remove().map(ToString::to_string).unwrap_or_default();
        let change = Change::of("role_arn", "Role ARN", &arn, "");
        self.audit(tx, "aws_account.delinked", id, stored.account.client_id(), change.as_slice()).await?;
        Ok(left)
    }
}

impl Cursor {
    fn of(work: &Work) -> Result<Self> {
        Ok(if work.cursor.is_empty() { Self::default() } else { serde_json::from_str(&work.cursor)? })
    }
}
