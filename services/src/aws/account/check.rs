//! Checking whether accounts can be entered: when somebody asks, and every hour while an account is pending.

use std::collections::BTreeMap;

use domain::{AwsAccountId, AwsAccountState, Change, JobKind, JobProgress, PartnerId, Permission, UserId, counted};
use serde::{Deserialize, Serialize};

use super::{
    job::Site,
    onboarding::Input,
    proof::{self, Proof},
    signer,
    store::{Outcome, StoredAccount},
};
use crate::{
    Fault, Result, Services,
    leaving::job::{NewJob, Next, Work, owner_is_gone},
    people::account,
};

/// How long a pending account waits for its next check.
pub(super) const CHECK_SECONDS: i64 = 60 * 60;

/// The most accounts that a job checks.
const AT_A_TIME: u32 = 500;

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
        for partner in self.store.aws_partners_due(self.clock.now()).await? {
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
                    tx.aws_checks_stop(&accounts, &owner_is_gone().to_string()).await?;
                    tx.commit().await?;
                    continue;
                }
            }
            let subject = counted(accounts.len() as u64, "pending AWS account", "pending AWS accounts");
            let total = accounts.len() as u64;
            let input = serde_json::to_string(&Input::Check { accounts })?;
            self.job_create(&mut tx, &NewJob { kind: JobKind::AwsOnboarding, client: None, subject, input, total }).await?;
            tx.commit().await?;
        }
        Ok(jobs)
    }

    /// Checks one account.
    pub(super) async fn aws_check_step(&self, work: &mut Work, accounts: &[AwsAccountId]) -> Result<Next> {
        let mut cursor: Cursor = if work.cursor.is_empty() { Cursor::default() } else { serde_json::from_str(&work.cursor)? };
        let Some(id) = accounts.get(cursor.done).copied() else { return self.aws_check_end(work, cursor, accounts.len()).await };
        let site = match self.aws_site(work, id).await {
            Ok(site) => Some(site),
            // Of many, one that was deleted or is out of reach now leaves the others alone.
            Err(Fault::Refused(error)) => {
                cursor.last = error.sentences();
                None
            }
            Err(fault) => return Err(fault),
        };
        let found = match &site {
            Some(site) => Some((site, self.job_while_held(work, self.aws_check_try(site)).await?)),
            None => None,
        };
        let mut tx = self.job_begin(work).await?;
        match found {
            Some((site, proof)) => {
                let stored = super::read(&mut tx, id).await?;
                self.permit(&mut tx, Permission::AccountManage, stored.account.client_id()).await?;
                let is_free = stored.account.job.is_none_or(|job| job == work.id);
                if is_free && stored.any_role() == site.stored.any_role() {
                    let (outcome, sentence) = outcome(&stored, proof, tx.now.plus_seconds(CHECK_SECONDS));
                    let is_new = outcome.state == Some(AwsAccountState::Onboarded) && stored.account.state != AwsAccountState::Onboarded;
                    tx.aws_account_settle(id, &outcome).await?;
                    if is_new {
                        let arn = outcome.role.as_ref().map(ToString::to_string).unwrap_or_default();
                        let change = Change::of("role_arn", "Role ARN", "", &arn);
                        self.audit(&mut tx, "aws_account.onboarded", id, stored.account.client_id(), change.as_slice()).await?;
                    }
                    cursor.onboarded += usize::from(outcome.state == Some(AwsAccountState::Onboarded));
                    cursor.last = sentence;
                }
            }
            None => tx.aws_checks_stop(&[id], &cursor.last).await?,
        }
        cursor.done += 1;
        work.progress = JobProgress { done: cursor.done as u64, total: accounts.len() as u64, doing: "Checking accounts".to_owned() };
        let next = if cursor.done < accounts.len() { Next::Continue } else { Next::Ended(summary(&cursor, accounts.len())) };
        work.cursor = serde_json::to_string(&cursor)?;
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    async fn aws_check_end(&self, work: &Work, cursor: Cursor, accounts: usize) -> Result<Next> {
        let tx = self.job_begin(work).await?;
        let next = Next::Ended(summary(&cursor, accounts));
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }

    /// Tries once to enter an account.
    async fn aws_check_try(&self, site: &Site) -> Result<Proof> {
        let aws = self.aws()?;
        let is_member = site.stored.management.is_some();
        if let Some(arn) = site.stored.any_role() {
            // At other accounts, the role is that of the sign-in.
            let base = if is_member { site.base.clone() } else { signer::server() };
            return Ok(proof::prove(aws, &base, arn, site.external_id(), &self.ids.uuid()).await);
        }
        Ok(match aws.identity(&site.base).await {
            Ok(identity) if identity.account == *site.number() => Proof::Proved,
            Ok(identity) => Proof::Wrong(proof::elsewhere(&identity.account, site.number())),
            Err(fault) => Proof::NotYet(fault),
        })
    }
}

/// What a check makes of an account, and a sentence for the job.
fn outcome(stored: &StoredAccount, proof: Proof, next: domain::Timestamp) -> (Outcome, String) {
    let (account, is_member) = (&stored.account, stored.management.is_some());
    match proof {
        Proof::Proved => {
            let outcome = Outcome { state: Some(AwsAccountState::Onboarded), role: stored.any_role().cloned(), is_checked: true, ..Outcome::default() };
            (outcome, format!("Account {} can be entered.", account.number))
        }
        Proof::Wrong(problem) => {
            let outcome = Outcome { state: Some(AwsAccountState::Failed), problem: problem.clone(), is_checked: true, ..Outcome::default() };
            (outcome, problem)
        }
        Proof::NotYet(fault) => {
            let problem = fault.sentence(&account.number);
            // Where the server signs in itself, somebody has to do something first.
            let (state, check_at) = if is_member { (AwsAccountState::Pending, Some(next)) } else { (AwsAccountState::Failed, None) };
            let (role, candidate) = (account.role.clone(), stored.candidate.clone());
            (Outcome { state: Some(state), problem: problem.clone(), role, candidate, check_at, is_checked: true, job: None }, problem)
        }
    }
}

fn summary(cursor: &Cursor, accounts: usize) -> String {
    if accounts == 1 {
        return cursor.last.clone();
    }
    let checked = counted(accounts as u64, "account was", "accounts were");
    format!("{checked} checked: {} can be entered.", cursor.onboarded)
}
