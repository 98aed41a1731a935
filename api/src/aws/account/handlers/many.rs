//! Several accounts at once.

use std::collections::BTreeSet;

use axum::Json;
use domain::{AwsAccountId, JobId};

use super::job_of;
use crate::{
    answer::Answer,
    aws::account::{
        input::{AccountsInput, AssociationInput, OnboardingInput},
        output::{AwsAccountOutput, JobOfAccount},
        reference::{account_ids, not_found},
    },
    body::Body,
    refusal::Refusal,
    tenant::Tenant,
};

/// Associates accounts with a client, all or none; who has another client is taken from it. Needs *AWS Accounts: Manage* at both clients.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/associate", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = AssociationInput,
    responses((status = 200, body = Vec<AwsAccountOutput>)),
)]
pub(crate) async fn associate(tenant: Tenant, Body(input): Body<AssociationInput>) -> Answer<Vec<AwsAccountOutput>> {
    tenant.partner()?;
    let (accounts, client) = input.read()?;
    match tenant.services.aws_accounts_associate(&tenant.caller, &accounts, client).await {
        Ok(accounts) => Ok(Json(accounts.into_iter().map(AwsAccountOutput::from).collect())),
        Err(fault) => Err(not_found(&tenant, fault, &accounts, Some(client)).await),
    }
}

/// Removes accounts from their clients, all or none. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/disassociate", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = AccountsInput,
    responses((status = 200, body = Vec<AwsAccountOutput>)),
)]
pub(crate) async fn disassociate(tenant: Tenant, Body(input): Body<AccountsInput>) -> Answer<Vec<AwsAccountOutput>> {
    tenant.partner()?;
    let accounts = account_ids(&input.accounts).map_err(Refusal::Body)?;
    match tenant.services.aws_accounts_disassociate(&tenant.caller, &accounts).await {
        Ok(accounts) => Ok(Json(accounts.into_iter().map(AwsAccountOutput::from).collect())),
        Err(fault) => Err(not_found(&tenant, fault, &accounts, None).await),
    }
}

/// Asks for a job for each account that makes its role and proves it. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/onboard", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = OnboardingInput,
    responses((status = 200, body = Vec<JobOfAccount>)),
)]
pub(crate) async fn onboard(tenant: Tenant, Body(input): Body<OnboardingInput>) -> Answer<Vec<JobOfAccount>> {
    tenant.partner()?;
    let accounts = account_ids(&input.accounts).map_err(Refusal::Body)?;
    match tenant.services.aws_accounts_onboard(&tenant.caller, &accounts, input.role.into()).await {
        Ok(jobs) => jobs_of(&tenant, &accounts, jobs).await,
        Err(fault) => Err(not_found(&tenant, fault, &accounts, None).await),
    }
}

/// Asks for a job for each account that deletes its role where it can, and forgets it in any case. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/delink", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = AccountsInput,
    responses((status = 200, body = Vec<JobOfAccount>)),
)]
pub(crate) async fn delink(tenant: Tenant, Body(input): Body<AccountsInput>) -> Answer<Vec<JobOfAccount>> {
    tenant.partner()?;
    let accounts = account_ids(&input.accounts).map_err(Refusal::Body)?;
    match tenant.services.aws_accounts_delink(&tenant.caller, &accounts).await {
        Ok(jobs) => jobs_of(&tenant, &accounts, jobs).await,
        Err(fault) => Err(not_found(&tenant, fault, &accounts, None).await),
    }
}

/// The jobs that were started: one for each account, in the order of the accounts' ids.
async fn jobs_of(tenant: &Tenant, accounts: &[AwsAccountId], jobs: Vec<JobId>) -> Answer<Vec<JobOfAccount>> {
    let mut shown = Vec::new();
    for (account, job) in accounts.iter().collect::<BTreeSet<_>>().into_iter().zip(jobs) {
        shown.push(job_of(tenant, *account, job).await?);
    }
    Ok(Json(shown))
}
