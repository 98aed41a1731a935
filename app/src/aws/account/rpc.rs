//! The server functions of AWS accounts: each is one use case.
#![expect(missing_docs, reason = "the arguments of a server function are also the fields of a public struct")]

use domain::{
    AwsAccount, AwsAccountDraft, AwsAccountId, AwsAccountKind, AwsTrust, ClientId, ClientSummary, CustomerDraft, JobId, ListPage, OnboardingDraft,
};
#[cfg(feature = "ssr")]
use domain::{AwsAccountQuery, AwsMemberQuery};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};

#[cfg(feature = "ssr")]
use crate::rpc::call;
use crate::{error::UiError, transport::PageClient};

/// One page of the management accounts, or of the single ones; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "aws-accounts/list", input = GetUrl, client = PageClient)]
pub async fn list_aws_accounts(kind: AwsAccountKind, query: String) -> Result<ListPage<AwsAccount>, UiError> {
    call(async |services, caller| services.aws_account_list(&caller, kind, &AwsAccountQuery::from_address(&query)).await).await
}

/// One page of the members of a management account; `query` is the query string of the page's address.
#[server(prefix = "/rpc", endpoint = "aws-accounts/members", input = GetUrl, client = PageClient)]
pub async fn list_aws_members(management: AwsAccountId, query: String) -> Result<ListPage<AwsAccount>, UiError> {
    call(async |services, caller| services.aws_member_list(&caller, management, &AwsMemberQuery::from_address(&query)).await).await
}

/// The accounts of a client.
#[server(prefix = "/rpc", endpoint = "aws-accounts/of-client", input = GetUrl, client = PageClient)]
pub async fn list_client_aws_accounts(client: ClientId) -> Result<Vec<AwsAccount>, UiError> {
    call(async |services, caller| services.aws_accounts_of_client(&caller, client).await).await
}

/// An account.
#[server(prefix = "/rpc", endpoint = "aws-accounts/get", input = GetUrl, client = PageClient)]
pub async fn get_aws_account(id: AwsAccountId) -> Result<AwsAccount, UiError> {
    call(async |services, caller| services.aws_account_get(&caller, id).await).await
}

/// What it takes to create a role by hand. The external ID is chosen at the first request.
#[server(prefix = "/rpc", endpoint = "aws-accounts/trust", input = Json, client = PageClient)]
pub async fn get_aws_trust(number: String, onboarding: OnboardingDraft) -> Result<AwsTrust, UiError> {
    call(async |services, caller| services.aws_trust(&caller, &number, onboarding).await).await
}

/// Adds a management or a single account.
#[server(prefix = "/rpc", endpoint = "aws-accounts/create", input = Json, client = PageClient)]
pub async fn create_aws_account(kind: AwsAccountKind, draft: AwsAccountDraft) -> Result<AwsAccount, UiError> {
    call(async |services, caller| services.aws_account_create(&caller, kind, draft).await).await
}

/// Changes an account, unless somebody else did so since `version` was read.
#[server(prefix = "/rpc", endpoint = "aws-accounts/update", input = Json, client = PageClient)]
pub async fn update_aws_account(id: AwsAccountId, version: i64, draft: AwsAccountDraft) -> Result<AwsAccount, UiError> {
    call(async |services, caller| services.aws_account_update(&caller, id, version, draft).await).await
}

/// Makes a single account a management account.
#[server(prefix = "/rpc", endpoint = "aws-accounts/promote", client = PageClient)]
pub async fn promote_aws_account(id: AwsAccountId) -> Result<AwsAccount, UiError> {
    call(async |services, caller| services.aws_account_promote(&caller, id).await).await
}

/// Deletes an account with its members; the job, if they are delinked first.
#[server(prefix = "/rpc", endpoint = "aws-accounts/delete", input = Json, client = PageClient)]
pub async fn delete_aws_account(id: AwsAccountId, delink: bool) -> Result<Option<JobId>, UiError> {
    call(async |services, caller| services.aws_account_delete(&caller, id, delink).await).await
}

/// Starts the job that reads the members of a management account.
#[server(prefix = "/rpc", endpoint = "aws-accounts/refresh", client = PageClient)]
pub async fn refresh_aws_account(id: AwsAccountId) -> Result<JobId, UiError> {
    call(async |services, caller| services.aws_account_refresh(&caller, id).await).await
}

/// Associates accounts with a client.
#[server(prefix = "/rpc", endpoint = "aws-accounts/associate", input = Json, client = PageClient)]
pub async fn associate_aws_accounts(accounts: Vec<AwsAccountId>, client: ClientId) -> Result<Vec<AwsAccount>, UiError> {
    call(async |services, caller| services.aws_accounts_associate(&caller, &accounts, client).await).await
}

/// Removes accounts from their clients.
#[server(prefix = "/rpc", endpoint = "aws-accounts/disassociate", input = Json, client = PageClient)]
pub async fn disassociate_aws_accounts(accounts: Vec<AwsAccountId>) -> Result<Vec<AwsAccount>, UiError> {
    call(async |services, caller| services.aws_accounts_disassociate(&caller, &accounts).await).await
}

/// Creates a client of little more than its name.
#[server(prefix = "/rpc", endpoint = "aws-accounts/create-customer", input = Json, client = PageClient)]
pub async fn create_customer(draft: CustomerDraft) -> Result<ClientSummary, UiError> {
    call(async |services, caller| services.customer_create(&caller, draft).await).await
}

/// Starts a job for each account that makes its role.
#[server(prefix = "/rpc", endpoint = "aws-accounts/onboard", input = Json, client = PageClient)]
pub async fn onboard_aws_accounts(accounts: Vec<AwsAccountId>, draft: OnboardingDraft) -> Result<Vec<JobId>, UiError> {
    call(async |services, caller| services.aws_accounts_onboard(&caller, &accounts, draft).await).await
}

/// Sets the ARN of a role that was created by hand, and starts the job that proves it.
#[server(prefix = "/rpc", endpoint = "aws-accounts/set-role", client = PageClient)]
pub async fn set_aws_role(id: AwsAccountId, arn: String) -> Result<JobId, UiError> {
    call(async |services, caller| services.aws_role_set(&caller, id, &arn).await).await
}

/// Starts the job that checks an account.
#[server(prefix = "/rpc", endpoint = "aws-accounts/check", client = PageClient)]
pub async fn check_aws_account(id: AwsAccountId) -> Result<JobId, UiError> {
    call(async |services, caller| services.aws_account_check(&caller, id).await).await
}

/// Stops checking a pending account.
#[server(prefix = "/rpc", endpoint = "aws-accounts/give-up", client = PageClient)]
pub async fn give_up_aws_account(id: AwsAccountId) -> Result<AwsAccount, UiError> {
    call(async |services, caller| services.aws_account_give_up(&caller, id).await).await
}

/// Starts a job for each account that deletes its role.
#[server(prefix = "/rpc", endpoint = "aws-accounts/delink", input = Json, client = PageClient)]
pub async fn delink_aws_accounts(accounts: Vec<AwsAccountId>) -> Result<Vec<JobId>, UiError> {
    call(async |services, caller| services.aws_accounts_delink(&caller, &accounts).await).await
}
