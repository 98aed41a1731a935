//! Checking whether accounts can be entered: when somebody asks, and every hour while an account is pending.

mod outcome;

use std::collections::BTreeMap;

use domain::{AwsAccountId, AwsAccountState, Change, JobKind, JobProgress, PartnerId, RoleArn, UserId, counted};
use serde::{Deserialize, Serialize};

use super::{
    job::Site,
    proof::{self, Proof},
    signer,
    store::StoredAccount,
};
use crate::{
    Fault, Result, Services,
    kernel::Tx,
    leaving::job::{NewJob, Next, Work, owner_is_gone},
    people::account,
};
use outcome::outcome;

/// How long a pending account waits for its next check.
pub(super) const CHECK_SECONDS: i64 = 60 * 60;

/// The most accounts that a job checks.
const AT_A_TIME: u32 = 500;

/// What the job has to know.
#[derive(Serialize, Deserialize)]
pub(super) struct Input {
    /// Which accounts are tried, once each.
    pub(super) accounts: Vec<AwsAccountId>,
}

/// Where the next step goes on.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    done: usize,
    onboarded: usize,
    /// What the last account's check came to.
    last: String,
}

impl Services {
    /// Creates jobs for the pending accounts whose check is due, and releases accounts of jobs that are over; returns how many jobs. Of several servers, only the
    /// first finds an account due.
    ///
    /// # Errors
    /// Only failures.
    pub async fn aws_checks_due(&self) -> Result<usize> {
        let mut jobs = 0;
        let due = self.aws.as_ref().map(|_| self.clock.now());
        for partner in self.store.aws_partners_due(due).await? {
            jobs += self.aws_checks_of(partner).await?;
        }
        Ok(jobs)
    }

    async fn aws_checks_of(&self, partner: PartnerId) -> Result<usize> {
        let mut tx = self.system("AWS accounts that are due are checked", partner).await?;
        tx.aws_jobs_settle().await?;
        let due = match &self.aws {
            Some(_) => tx.aws_checks_take(AT_A_TIME, tx.now.plus_seconds(CHECK_SECONDS)).await?,
            None => Vec::new(),
        };
        tx.commit().await?;
        let mut of_user: BTreeMap<UserId, Vec<AwsAccountId>> = BTreeMap::new();
        for (user, account) in due {
            of_user.entry(user).or_default().push(account);
        }
        let jobs = of_user.len();
        for (user, accounts) in of_user {
            let mut tx = self.system("AWS accounts that are due are checked", partner).await?;
            match account::acting(&mut tx, user).await? {
                Some(owner) => self.act_as_owner(&mut tx, owner),
                None => {
                    tx.aws_checks_stop(&accounts, user, None, &owner_is_gone().to_string()).await?;
                    tx.commit().await?;
                    continue;
                }
            }
            let subject = counted(accounts.len() as u64, "pending AWS account", "pending AWS accounts");
            let total = accounts.len() as u64;
            let input = serde_json::to_string(&Input { accounts })?;
            self.job_create(&mut tx, &NewJob { kind: JobKind::AwsCheck, client: None, subject, input, total }).await?;
            tx.commit().await?;
        }
        Ok(jobs)
    }

    /// Checks one account.
    pub(crate) async fn aws_check_step(&self, work: &mut Work) -> Result<Next> {
        let Input { accounts } = serde_json::from_str(&work.input)?;
        self.aws()?;
        let mut cursor: Cursor = if work.cursor.is_empty() { Cursor::default() } else { serde_json::from_str(&work.cursor)? };
        if let Some(id) = accounts.get(cursor.done).copied() {
            let checked = self.aws_check_one(work, id).await;
            let mut tx = self.job_begin(work).await?;
            let written = match checked {
                Ok(Some((site, checked))) => self.aws_check_write(&mut tx, work, &site, checked).await,
                Ok(None) => Ok(None),
                Err(fault) => Err(fault),
            };
            match written {
                Ok(Some((sentence, is_entered))) => {
                    cursor.onboarded += usize::from(is_entered);
                    cursor.last = sentence;
                }
                Ok(None) => "Something else was done with the account meanwhile.".clone_into(&mut cursor.last),
                // Of many, one that was deleted or is out of reach now leaves the others alone.
                Err(Fault::Refused(error)) => {
                    cursor.last = error.sentences();
                    tx.aws_checks_stop(&[id], work.owner, Some(work.id), &cursor.last).await?;
                }
                Err(fault) => return Err(fault),
            }
            cursor.done += 1;
            return self.aws_check_save(tx, work, cursor, accounts.len()).await;
        }
        let tx = self.job_begin(work).await?;
        self.aws_check_save(tx, work, cursor, accounts.len()).await
    }

    async fn aws_check_save(&self, tx: Tx, work: &mut Work, cursor: Cursor, accounts: usize) -> Result<Next> {
        work.progress = JobProgress { done: cursor.done as u64, total: accounts as u64, doing: "Checking accounts".to_owned() };
        let next = if cursor.done < accounts { Next::Continue } else { Next::Ended(summary(&cursor, accounts)) };
        work.cursor = serde_json::to_string(&cursor)?;
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// Tries once to enter an account; none for one that another job has.
    async fn aws_check_one(&self, work: &Work, id: AwsAccountId) -> Result<Option<(Site, Checked)>> {
        let site = self.aws_site(work, id).await?;
        if !is_free(work, &site.stored) {
            return Ok(None);
        }
        let checked = self.job_while_held(work, self.aws_check_try(&site)).await?;
        Ok(Some((site, checked)))
    }

    async fn aws_check_try(&self, site: &Site) -> Result<Checked> {
        let (aws, stored) = (self.aws()?, &site.stored);
        // At other accounts than members, the role is that of the sign-in, and the server assumes it itself.
        let (arn, base) = match &stored.sign_in {
            None => (stored.any_role(), site.base.clone()),
            Some(sign_in) => (sign_in.role(), signer::server()),
        };
        let proof = match arn {
            Some(arn) => proof::prove(aws, &base, arn, site.external_id(), &self.ids.uuid()).await,
            None => match aws.identity(&site.base).await {
                Ok(identity) if identity.account == *site.number() => Proof::Proved,
                Ok(identity) => Proof::Wrong(proof::elsewhere(&identity.account, site.number())),
                Err(fault) => Proof::NotYet(fault),
            },
        };
        Ok(match (proof, arn) {
            // A member's role is forgotten then, so it must not stay if it is ours.
            (Proof::Wrong(problem), Some(arn)) if stored.sign_in.is_none() => {
                let (problem, may_be_there) = self.aws_role_close(site, arn, problem).await?;
                Checked { proof: Proof::Wrong(problem), is_gone: !may_be_there }
            }
            (proof, _) => Checked { proof, is_gone: false },
        })
    }

    /// Writes what the check came to, unless the account changed meanwhile. A sentence for the job, and whether the account can be entered.
    async fn aws_check_write(&self, tx: &mut Tx, work: &Work, site: &Site, checked: Checked) -> Result<Option<(String, bool)>> {
        let id = site.stored.account.id;
        let stored = self.aws_account_of_step(tx, id).await?;
        let (before, client) = (stored.account.state, stored.account.client_id());
        if !is_free(work, &stored) || stored.any_role() != site.stored.any_role() {
            return Ok(None);
        }
        let (outcome, sentence) = outcome(&stored, checked.proof, tx.now.plus_seconds(CHECK_SECONDS));
        tx.aws_account_settle(id, &outcome).await?;
        if checked.is_gone {
            tx.aws_made_set(id, None).await?;
        }
        let action = match outcome.state {
            Some(AwsAccountState::Onboarded) => "aws_account.onboarded",
            Some(AwsAccountState::Pending) => "aws_account.pending",
            _ => "aws_account.check_failed",
        };
        if outcome.state.is_some_and(|after| after != before) {
            let role = |arn: Option<&RoleArn>| arn.map(ToString::to_string).unwrap_or_default();
            let change = Change::of("role_arn", "Role ARN", &role(stored.account.role.as_ref()), &role(outcome.role.as_ref()));
            self.audit(tx, action, id, client, change.as_slice()).await?;
        }
        Ok(Some((sentence, outcome.state == Some(AwsAccountState::Onboarded))))
    }
}

/// What a check came to.
struct Checked {
    proof: Proof,
    /// Whether a role of ours that was wrong is gone.
    is_gone: bool,
}

/// Whether no other job works on an account.
fn is_free(work: &Work, stored: &StoredAccount) -> bool {
    stored.account.job.is_none_or(|job| job == work.id)
}

fn summary(cursor: &Cursor, accounts: usize) -> String {
    if accounts == 1 {
        return cursor.last.clone();
    }
    let checked = counted(accounts as u64, "account was", "accounts were");
    format!("{checked} checked: {} can be entered.", cursor.onboarded)
}
