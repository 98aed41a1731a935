//! Delinking: our role is deleted where we can, and its ARN is forgotten in any case.

use domain::{AwsAccountId, AwsAccountState, Caller, Change, Error, JobId, JobKind, JobProgress, counted, shortened};
use serde::{Deserialize, Serialize};

use super::{
    job::{Site, TRIES, new_job},
    role, signer,
    store::{Outcome, StoredAccount},
};
use crate::{
    Result, Services,
    aws::calls::AwsFault,
    kernel::Tx,
    leaving::job::{Next, Work},
};

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

/// What became of a role at AWS.
pub(super) enum Removal {
    Deleted,
    /// There was none.
    Gone,
    /// A transient fault: try again.
    Again(String),
    /// It is still there: a sentence with what to do.
    Left(String),
}

impl Removal {
    pub(super) fn words(&self) -> String {
        match self {
            Self::Deleted => "We deleted the role.".to_owned(),
            Self::Gone => "The role is gone.".to_owned(),
            Self::Again(sentence) | Self::Left(sentence) => sentence.clone(),
        }
    }

    /// The outcome of a job that delinks one account.
    fn outcome(&self) -> String {
        format!("The Role ARN was removed. {}", self.words())
    }
}

impl Services {
    /// Asks for a job for each account that deletes our role where it can, and forgets its ARN in any case.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for an account that has no role, or that a job is working on.
    pub async fn aws_accounts_delink(&self, caller: &Caller, accounts: &[AwsAccountId]) -> Result<Vec<JobId>> {
        let (mut tx, accounts) = self.aws_accounts_to_change(caller, accounts).await?;
        self.aws()?;
        let hindered: Vec<_> = accounts.iter().filter(|stored| !is_delinkable(stored)).map(|stored| &stored.account.number).collect();
        if !hindered.is_empty() {
            let numbers = shortened(hindered.into_iter());
            return Err(Error::conflict(format!("Leave out {numbers}: each has no Role ARN, or a job is working on it.")).into());
        }
        let mut jobs = Vec::new();
        for StoredAccount { account, .. } in &accounts {
            let job = self.job_create(&mut tx, &new_job(JobKind::AwsDelinking, account, &Input::Delink { account: account.id })?).await?;
            tx.aws_job_set(account.id, job).await?;
            self.audit(&mut tx, "aws_account.delink", account.id, account.client_id(), &[]).await?;
            jobs.push(job);
        }
        tx.commit().await?;
        Ok(jobs)
    }

    /// Delinks an account, or the next member of a management account that is to be deleted.
    pub(crate) async fn aws_delinking_step(&self, work: &mut Work) -> Result<Next> {
        let mut cursor: Cursor = if work.cursor.is_empty() { Cursor::default() } else { serde_json::from_str(&work.cursor)? };
        let (account, management) = match serde_json::from_str(&work.input)? {
            Input::Delink { account } => (Some(account), None),
            Input::Delete { management } => {
                let mut tx = self.system_read("a job looks for what is left to delink", work.partner).await?;
                (tx.aws_member_with_role(management).await?, Some(management))
            }
        };
        if let Some(account) = account {
            let site = self.aws_site(work, account).await?;
            let removal = self.job_while_held(work, self.aws_role_remove_of(&site)).await?;
            if let (Removal::Again(_), true) = (&removal, cursor.tries < TRIES) {
                cursor.tries += 1;
                let tx = self.job_begin(work).await?;
                "Waiting for AWS".clone_into(&mut work.progress.doing);
                work.cursor = serde_json::to_string(&cursor)?;
                self.job_save(tx, work, &Next::Soon).await?;
                return Ok(Next::Soon);
            }
            let mut tx = self.job_begin(work).await?;
            let left = self.aws_forget(&mut tx, &site.stored, &removal).await?;
            cursor = Cursor { done: cursor.done + 1, tries: 0, left: cursor.left.into_iter().chain(left).collect() };
            let next = if management.is_some() { Next::Continue } else { Next::Ended(removal.outcome()) };
            return self.aws_delinking_save(tx, work, &cursor, next).await;
        }
        let mut tx = self.job_begin(work).await?;
        let Some(management) = management else { return Ok(Next::Continue) };
        // Somebody can have onboarded another one meanwhile.
        if tx.aws_member_with_role(management).await?.is_some() {
            return Ok(Next::Continue);
        }
        tx.aws_account_delete(management).await?;
        let mut outcome = format!("{} delinked, and the MSP account deleted.", counted(cursor.done, "account was", "accounts were"));
        for sentence in &cursor.left {
            outcome += &format!(" {sentence}");
        }
        self.aws_delinking_save(tx, work, &cursor, Next::Ended(outcome)).await
    }

    async fn aws_delinking_save(&self, tx: Tx, work: &mut Work, cursor: &Cursor, next: Next) -> Result<Next> {
        work.progress = JobProgress { done: cursor.done, total: 0, doing: "Delinking accounts".to_owned() };
        work.cursor = serde_json::to_string(cursor)?;
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// Deletes the role that an account has, if it is ours.
    pub(super) async fn aws_role_remove_of(&self, site: &Site) -> Result<Removal> {
        match site.stored.any_role() {
            Some(arn) => self.aws_role_remove(site, arn.name()).await,
            None => Ok(Removal::Gone),
        }
    }

    /// Deletes a role in an account, if it is ours.
    pub(super) async fn aws_role_remove(&self, site: &Site, name: &str) -> Result<Removal> {
        let number = site.number();
        let commands = format!(
            "To delete it, run “aws iam delete-role-policy --role-name {name} --policy-name {}” and “aws iam delete-role --role-name {name}” in that account.",
            role::POLICY
        );
        let left = |fault: &AwsFault| {
            let sentence = format!("The role {name} in account {number} couldn’t be deleted. {} {commands}", fault.sentence(number));
            if fault.is_passing() { Removal::Again(sentence) } else { Removal::Left(sentence) }
        };
        let Some(aws) = &self.aws else {
            return Ok(Removal::Left(format!("The role {name} in account {number} wasn’t deleted: this server isn’t set up to call AWS. {commands}")));
        };
        let partition = match aws.identity(&site.base).await {
            Ok(identity) => identity.partition,
            Err(fault) => return Ok(left(&fault)),
        };
        let by = signer::of_organization(&site.base, partition, number);
        let found = match aws.role_find(&by, name).await {
            Ok(found) => found,
            Err(fault) => return Ok(left(&fault)),
        };
        Ok(match found {
            None => Removal::Gone,
            Some(found) if !role::is_ours(&found, site.external_id()) => {
                Removal::Left(format!("The role {name} in account {number} was left alone: Tenantry didn’t make it. {commands}"))
            }
            Some(_) => match aws.role_delete(&by, name).await {
                Ok(()) | Err(AwsFault::NotFound) => Removal::Deleted,
                Err(fault) => left(&fault),
            },
        })
    }

    /// Forgets the role of an account; returns what is left of it at AWS.
    pub(super) async fn aws_forget(&self, tx: &mut Tx, stored: &StoredAccount, removal: &Removal) -> Result<Option<String>> {
        let left = match removal {
            Removal::Deleted | Removal::Gone => None,
            Removal::Again(sentence) | Removal::Left(sentence) => Some(sentence.clone()),
        };
        let id = stored.account.id;
        let problem = left.clone().unwrap_or_default();
        tx.aws_account_settle(id, &Outcome { state: Some(AwsAccountState::Discovered), problem, ..Outcome::default() }).await?;
        let arn = stored.any_role().map(ToString::to_string).unwrap_or_default();
        let change = Change::of("role_arn", "Role ARN", &arn, "");
        self.audit(tx, "aws_account.delinked", id, stored.account.client_id(), change.as_slice()).await?;
        Ok(left)
    }
}

/// Whether there is a role to remove, other than the one by which the server signs in.
fn is_delinkable(stored: &StoredAccount) -> bool {
    stored.account.sign_in.is_none() && stored.account.job.is_none() && stored.any_role().is_some()
}
