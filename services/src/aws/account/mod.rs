//! AWS accounts: add, change, list, and associate with customers.

mod search;

use domain::{
    AwsAccount, AwsAccountDraft, AwsAccountId, AwsAccountKind, AwsAccountQuery, AwsMemberQuery, AwsTrust, Caller, ClientId, ClientSummary, CustomerDraft, JobId,
    ListPage, OnboardingDraft,
};

use crate::{Fault, Result, Services};

fn missing<T>() -> Result<T> {
    Err(Fault::Failed("not written yet".to_owned()))
}

impl Services {
    /// A page of the management accounts, or of the single ones.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view AWS accounts.
    pub async fn aws_account_list(&self, caller: &Caller, kind: AwsAccountKind, query: &AwsAccountQuery) -> Result<ListPage<AwsAccount>> {
        missing()
    }

    /// A page of the members of a management account.
    ///
    /// # Errors
    /// As [`Services::aws_account_get`].
    pub async fn aws_member_list(&self, caller: &Caller, management: AwsAccountId, query: &AwsMemberQuery) -> Result<ListPage<AwsAccount>> {
        missing()
    }

    /// The accounts of a client, by name.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission to view AWS accounts there.
    pub async fn aws_accounts_of_client(&self, caller: &Caller, client: ClientId) -> Result<Vec<AwsAccount>> {
        missing()
    }

    /// An account.
    ///
    /// # Errors
    /// `NotFound` for one that doesn't exist or isn't visible.
    pub async fn aws_account_get(&self, caller: &Caller, id: AwsAccountId) -> Result<AwsAccount> {
        missing()
    }

    /// The external ID of an account that is or will be added, with what somebody needs who makes the role by hand.
    ///
    /// # Errors
    /// `Invalid` for what is no account ID.
    pub async fn aws_trust(&self, caller: &Caller, number: &str, onboarding: OnboardingDraft) -> Result<AwsTrust> {
        missing()
    }

    /// Adds a management or a single account, after asking AWS whether the server can sign in there and what the account is. The members of a management
    /// account are then read by a job.
    ///
    /// # Errors
    /// `Invalid` with every wrong field, also where AWS says something else; `Forbidden`.
    pub async fn aws_account_create(&self, caller: &Caller, kind: AwsAccountKind, draft: AwsAccountDraft) -> Result<AwsAccount> {
        missing()
    }

    /// Changes name and sign-in of an account, after asking AWS again.
    ///
    /// # Errors
    /// As [`Services::aws_account_create`]; `NotFound`; `Conflict` if the version is stale.
    pub async fn aws_account_update(&self, caller: &Caller, id: AwsAccountId, version: i64, draft: AwsAccountDraft) -> Result<AwsAccount> {
        missing()
    }

    /// Makes a single account a management account, if AWS says that it is one.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` with what AWS says.
    pub async fn aws_account_promote(&self, caller: &Caller, id: AwsAccountId) -> Result<AwsAccount> {
        missing()
    }

    /// Deletes a management or single account with its members. While members are onboarded it is refused, unless `delink` says to delink them in the
    /// same job, which then deletes the account.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` while members are onboarded. The job, if there is one.
    pub async fn aws_account_delete(&self, caller: &Caller, id: AwsAccountId, delink: bool) -> Result<Option<JobId>> {
        missing()
    }

    /// Asks for a job that reads the members of a management account.
    ///
    /// # Errors
    /// `NotFound`. A job that does so already is returned instead of a second one.
    pub async fn aws_account_refresh(&self, caller: &Caller, id: AwsAccountId) -> Result<JobId> {
        missing()
    }

    /// Associates accounts with a client; all or none.
    ///
    /// # Errors
    /// `NotFound` for an account or client that the caller doesn't see; `Forbidden`; `Conflict` for a terminated client.
    pub async fn aws_accounts_associate(&self, caller: &Caller, accounts: &[AwsAccountId], client: ClientId) -> Result<Vec<AwsAccount>> {
        missing()
    }

    /// Removes accounts from their clients; all or none.
    ///
    /// # Errors
    /// As [`Services::aws_accounts_associate`].
    pub async fn aws_accounts_disassociate(&self, caller: &Caller, accounts: &[AwsAccountId]) -> Result<Vec<AwsAccount>> {
        missing()
    }

    /// Creates a client with the partner's address, country and time zone, to be completed later.
    ///
    /// # Errors
    /// `Invalid` with every wrong field of the draft; `Forbidden` without the permission to create clients.
    pub async fn customer_create(&self, caller: &Caller, draft: CustomerDraft) -> Result<ClientSummary> {
        missing()
    }

    /// Asks for a job for each account that makes its role and proves it.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with every wrong field; `Conflict` for an account that can't be onboarded: the management account, one that is suspended,
    /// onboarded or being onboarded.
    pub async fn aws_accounts_onboard(&self, caller: &Caller, accounts: &[AwsAccountId], draft: OnboardingDraft) -> Result<Vec<JobId>> {
        missing()
    }

    /// Takes the ARN of a role that somebody made by hand, and asks for a job that proves it.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for what is no ARN of a role in this account.
    pub async fn aws_role_set(&self, caller: &Caller, id: AwsAccountId, arn: &str) -> Result<JobId> {
        missing()
    }

    /// Asks for a job that checks an account now.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` if there is no role to check.
    pub async fn aws_account_check(&self, caller: &Caller, id: AwsAccountId) -> Result<JobId> {
        missing()
    }

    /// Gives a pending account up: it is not checked any more.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` if it isn't pending or failed.
    pub async fn aws_account_give_up(&self, caller: &Caller, id: AwsAccountId) -> Result<AwsAccount> {
        missing()
    }

    /// Asks for a job for each account that deletes our role where it can, and forgets its ARN in any case.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for an account that isn't onboarded.
    pub async fn aws_accounts_delink(&self, caller: &Caller, accounts: &[AwsAccountId]) -> Result<Vec<JobId>> {
        missing()
    }
}
