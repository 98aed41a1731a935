//! The role by which an account is entered.

use axum::Json;

use super::{ACCOUNT, job_of, partners_account};
use crate::{
    answer::Answer,
    aws::account::{
        input::{RoleArnInput, TrustInput},
        output::{AwsAccountOutput, JobOfAccount, TrustOutput},
        reference::{as_sent, named_by, of_account},
    },
    body::{Body, Nothing},
    refusal::Named,
    tenant::Tenant,
};

/// What it takes to create the role by hand: external ID, policies and template. The account need not have been added yet. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/trust", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = TrustInput,
    responses((status = 200, body = TrustOutput)),
)]
pub(crate) async fn trust(tenant: Tenant, Body(input): Body<TrustInput>) -> Answer<TrustOutput> {
    tenant.partner()?;
    let trust = tenant.services.aws_trust(&tenant.caller, &input.account_id, input.role.into()).await;
    Ok(Json(trust.map_err(as_sent)?.into()))
}

/// Sets the ARN of a role that was created by hand, and starts the job that proves it. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/roleArn", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_6")),
    request_body = RoleArnInput,
    responses((status = 200, body = JobOfAccount)),
)]
pub(crate) async fn role_arn(tenant: Tenant, Body(input): Body<RoleArnInput>) -> Answer<JobOfAccount> {
    let id = partners_account(&tenant)?;
    let job = tenant.services.aws_role_set(&tenant.caller, id, &input.role_arn).await;
    let job = job.map_err(|fault| named_by(fault, |_| "roleArn")).named(ACCOUNT, id)?;
    Ok(Json(job_of(&tenant, id, job).await?))
}

/// Asks for a job that checks now that an account can be entered. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/check", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_4")),
    responses((status = 200, body = JobOfAccount)),
)]
pub(crate) async fn check(tenant: Tenant, _: Body<Nothing>) -> Answer<JobOfAccount> {
    let id = partners_account(&tenant)?;
    let job = of_account(tenant.services.aws_account_check(&tenant.caller, id).await, id)?;
    Ok(Json(job_of(&tenant, id, job).await?))
}

/// Gives a pending account up: it is not checked any more. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/giveUp", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_5")),
    responses((status = 200, body = AwsAccountOutput)),
)]
pub(crate) async fn give_up(tenant: Tenant, _: Body<Nothing>) -> Answer<AwsAccountOutput> {
    let id = partners_account(&tenant)?;
    Ok(Json(of_account(tenant.services.aws_account_give_up(&tenant.caller, id).await, id)?.into()))
}
