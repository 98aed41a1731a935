//! Reading the members of a management account.

use domain::{AwsAccountId, AwsAccountKind, Caller, Error, JobId, JobKind, JobProgress, counted};
use serde::{Deserialize, Serialize};

use super::{
    job::{Site, TRIES, new_job},
    store::{Merged, StoredAccount},
};
use crate::{
    Result, Services,
    aws::calls::AwsFault,
    kernel::Tx,
    leaving::job::{Next, Work},
};

/// What the job has to know.
#[derive(Serialize, Deserialize)]
struct Input {
    management: AwsAccountId,
}

/// Where the next step goes on.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    /// How many accounts were read.
    read: u64,
    /// AWS's mark of the next part.
    from: Option<String>,
    /// Whether the list is whole.
    is_whole: bool,
    /// How often the present part was tried.
    tries: u32,
}

impl Services {
    /// Starts a job that reads the members of a management account.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for an account that isn't a management account, and while another job works on it. While its members are being read, that job is
    /// returned instead of a second.
    pub async fn aws_account_refresh(&self, caller: &Caller, id: AwsAccountId) -> Result<JobId> {
        let (mut tx, stored) = self.aws_account_to_change(caller, id).await?;
        if stored.account.kind != AwsAccountKind::Management {
            return Err(Error::conflict("Only an MSP account has members to read.").into());
        }
        self.aws()?;
        match (stored.account.refresh.job, stored.account.job) {
            (Some(job), _) => return Ok(job),
            (None, Some(_)) => return Err(Error::conflict(format!("A job is running for {}. Wait until it finishes.", stored.account.name)).into()),
            (None, None) => {}
        }
        let job = self.aws_refresh_begin(&mut tx, &stored).await?;
        self.audit(&mut tx, "aws_account.refresh", id, None, &[]).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// Asks for the job, in the transaction of the use case that wants it.
    pub(super) async fn aws_refresh_begin(&self, tx: &mut Tx, stored: &StoredAccount) -> Result<JobId> {
        let id = stored.account.id;
        let job = self.job_create(tx, &new_job(JobKind::AwsRefresh, &stored.account, &Input { management: id })?).await?;
        tx.aws_job_set(id, job).await?;
        Ok(job)
    }

    /// Reads a part of the list, or, once it is whole, replaces the one that is shown.
    pub(crate) async fn aws_refresh_step(&self, work: &mut Work) -> Result<Next> {
        let Input { management } = serde_json::from_str(&work.input)?;
        let site = self.aws_site(work, management).await?;
        // A job that lost the account begins anew: AWS's marks don't last, and another job can have cleared what it had read.
        let has_it = site.stored.job == work.id.number();
        let mut cursor: Cursor = if has_it && !work.cursor.is_empty() { serde_json::from_str(&work.cursor)? } else { Cursor::default() };
        if cursor.is_whole {
            return self.aws_refresh_end(work, management).await;
        }
        let (is_first, aws) = (cursor.from.is_none(), self.aws()?);
        let (tx, next) = match self.job_while_held(work, aws.members(&site.base, cursor.from.as_deref())).await {
            Ok(page) => {
                cursor = Cursor { read: cursor.read + page.members.len() as u64, is_whole: page.next.is_none(), from: page.next, tries: 0 };
                let mut tx = self.aws_refresh_hold(work, management).await?;
                if is_first {
                    tx.aws_listed_clear(management).await?;
                }
                tx.aws_listed_add(management, &page.members).await?;
                work.progress = JobProgress { done: cursor.read, total: 0, doing: "Reading accounts".to_owned() };
                (tx, Next::Continue)
            }
            Err(fault) if fault.is_passing() && cursor.tries < TRIES => {
                cursor.tries += 1;
                let tx = self.aws_refresh_hold(work, management).await?;
                "Waiting for AWS".clone_into(&mut work.progress.doing);
                (tx, Next::Soon)
            }
            Err(fault) => return self.aws_refresh_failed(work, &site, &fault).await,
        };
        work.cursor = serde_json::to_string(&cursor)?;
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// A writing transaction of a step. A job that runs again takes the account, unless another job has it.
    async fn aws_refresh_hold(&self, work: &Work, management: AwsAccountId) -> Result<Tx> {
        let mut tx = self.job_begin(work).await?;
        let stored = self.aws_account_of_step(&mut tx, management).await?;
        match stored.account.job {
            Some(job) if job == work.id => {}
            None => tx.aws_job_set(management, work.id).await?,
            Some(_) => return Err(Error::conflict(format!("Another job is running for {}.", stored.account.name)).into()),
        }
        Ok(tx)
    }

    async fn aws_refresh_end(&self, work: &mut Work, management: AwsAccountId) -> Result<Next> {
        let mut tx = self.aws_refresh_hold(work, management).await?;
        let Merged { all, new, gone } = tx.aws_listed_merge(management).await?;
        work.progress = JobProgress { done: all, total: all, doing: String::new() };
        let mut outcome = format!("{}: {new} new", counted(all, "account", "accounts"));
        if gone > 0 {
            outcome += &format!(", {gone} gone at AWS");
        }
        let next = Next::Ended(outcome + ".");
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// The list that is shown stays. What was read is thrown away: AWS's marks don't last, so another try begins anew.
    async fn aws_refresh_failed(&self, work: &mut Work, site: &Site, fault: &AwsFault) -> Result<Next> {
        let id = site.stored.account.id;
        let sentence = fault.sentence(site.number());
        let mut tx = self.aws_refresh_hold(work, id).await?;
        tx.aws_listed_clear(id).await?;
        tx.aws_refresh_fail(id, &sentence).await?;
        work.cursor.clear();
        self.job_save(tx, work, &Next::Continue).await?;
        Err(Error::conflict(sentence).into())
    }
}
