//! Starting the jobs that onboard accounts, prove a role that was created by hand, and check; and stopping the hourly checks.

use std::slice;

use domain::{
    AwsAccount, AwsAccountId, AwsAccountState, AwsAction, Caller, Change, Draft, Error, JobId, JobKind, OnboardingDraft, Permission, RoleArn,
};

use super::{
    check,
    job::new_job,
    onboarding::Input,
    ready_for,
    store::{Outcome, StoredAccount},
};
use crate::{Result, Services, kernel::proof::proved};

impl Services {
    /// Starts a job for each account, which makes its role and proves it.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with every wrong field; `Conflict` for an account that can't be onboarded: the management account, one that is suspended,
    /// onboarded or being onboarded.
    pub async fn aws_accounts_onboard(&self, caller: &Caller, accounts: &[AwsAccountId], draft: OnboardingDraft) -> Result<Vec<JobId>> {
        let onboarding = draft.check(())?;
        let (mut tx, accounts) = self.aws_accounts_to_change(caller, accounts).await?;
        self.aws()?;
        ready_for(AwsAction::Onboard, &accounts)?;
        self.aws_external_ids(&mut tx, accounts.iter().map(|stored| &stored.account.number)).await?;
        let mut jobs = Vec::new();
        for StoredAccount { account, .. } in &accounts {
            let input = Input::Onboard { account: account.id, onboarding: onboarding.clone() };
            let job = self.job_create(&mut tx, &new_job(JobKind::AwsOnboarding, account, &input)?).await?;
            tx.aws_onboarding_begin(account.id, Some(onboarding.access), &onboarding.region, job).await?;
            let changes = [
                Change::of("role_name", "Role name", "", &onboarding.role_name),
                Change::of("access", "The role may", "", onboarding.access.label()),
            ];
            self.audit(&mut tx, "aws_account.onboard", account.id, account.client_id(), &changes.into_iter().flatten().collect::<Vec<_>>()).await?;
            jobs.push(job);
        }
        tx.commit().await?;
        Ok(jobs)
    }

    /// Sets the ARN of a role that was created by hand, and starts the job that proves it.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for what is no ARN of a role in this account.
    pub async fn aws_role_set(&self, caller: &Caller, id: AwsAccountId, arn: &str) -> Result<JobId> {
        let arn = RoleArn::typed(arn).map_err(|sentence| Error::invalid("role_arn", sentence))?;
        let (mut tx, stored) = self.aws_account_to_change(caller, id).await?;
        self.aws()?;
        let account = &stored.account;
        ready_for(AwsAction::Onboard, slice::from_ref(&stored))?;
        if *arn.account() != account.number {
            return Err(Error::invalid("role_arn", format!("The role is in account {}, not in this one.", arn.account())).into());
        }
        self.aws_external_id(&mut tx, &account.number).await?;
        let job = self.job_create(&mut tx, &new_job(JobKind::AwsOnboarding, account, &Input::Prove { account: id, arn: arn.clone() })?).await?;
        tx.aws_account_settle(id, &Outcome { candidate: Some(arn.clone()), ..Outcome::default() }).await?;
        tx.aws_onboarding_begin(id, account.access, &account.region, job).await?;
        let change = Change::of("role_arn", "Role ARN to prove", "", &arn.to_string());
        self.audit(&mut tx, "aws_account.set_role", id, account.client_id(), change.as_slice()).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// Starts a job that checks an account now.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` if there is no role to check.
    pub async fn aws_account_check(&self, caller: &Caller, id: AwsAccountId) -> Result<JobId> {
        let (mut tx, stored) = self.aws_account_to_change(caller, id).await?;
        self.aws()?;
        let account = &stored.account;
        if let Some(job) = account.job {
            return Ok(job);
        }
        if stored.any_role().is_none() && stored.sign_in.is_none() {
            return Err(Error::conflict("There is no role to check. Onboard the account, or enter the ARN of a role.").into());
        }
        let job = self.job_create(&mut tx, &new_job(JobKind::AwsCheck, account, &check::Input { accounts: vec![id] })?).await?;
        tx.aws_job_set(id, job).await?;
        self.audit(&mut tx, "aws_account.check", id, account.client_id(), &[]).await?;
        tx.commit().await?;
        Ok(job)
    }

    /// Stops the hourly checks of a pending or failed account. If there can be a role that we made, a job deletes it.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` if it isn't pending or failed.
    pub async fn aws_account_give_up(&self, caller: &Caller, id: AwsAccountId) -> Result<AwsAccount> {
        let (mut tx, stored) = self.aws_account_to_change_by(caller, id, proved(Permission::AccountManage)).await?;
        let account = &stored.account;
        ready_for(AwsAction::StopChecking, slice::from_ref(&stored))?;
        tx.aws_account_settle(id, &Outcome { state: Some(AwsAccountState::Discovered), ..Outcome::default() }).await?;
        if stored.made.is_some() {
            self.aws_delink_begin(&mut tx, account).await?;
        }
        self.audit(&mut tx, "aws_account.give_up", id, account.client_id(), &[]).await?;
        let after = super::read(&mut tx, id).await?.account;
        tx.commit().await?;
        Ok(after)
    }
}
