//! AWS accounts, one at a time, and their lists.

pub(crate) mod many;
pub(crate) mod role;

use axum::{Json, http::StatusCode};
use domain::{AwsAccountFilter, AwsAccountId, AwsAccountKind, Draft, Error, JobId, Violations};

use super::{
    input::AwsAccountInput,
    listed::{Accounts, Members, filter},
    output::{AwsAccountOutput, Deletion, JobOfAccount},
    reference::{as_sent, of_account},
};
use crate::{
    answer::Answer,
    body::{Body, Nothing},
    openapi::paging::Paging,
    paging::Page,
    params::Params,
    refusal::{FaultOfOne, Named, Refusal},
    tenant::Tenant,
};

/// The noun of an account in "not found" answers.
pub(crate) const ACCOUNT: &str = "AWS account";

/// Adds a management or a single account, after asking AWS. The members of a management account are then read by a job. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1")),
    request_body = AwsAccountInput,
    responses((status = 201, body = AwsAccountOutput), (status = 409, body = FaultOfOne)),
)]
pub(crate) async fn create(tenant: Tenant, Body(input): Body<AwsAccountInput>) -> Result<(StatusCode, Json<AwsAccountOutput>), Refusal> {
    tenant.partner()?;
    let (kind, draft) = input.new_account();
    let Some(kind) = kind else {
        let violations = Violations::of_field("kind", "Say what it is: management or single.");
        return Err(as_sent(violations.join(draft.check(None)).err().unwrap_or_default()));
    };
    let account = tenant.services.aws_account_create(&tenant.caller, kind, draft).await.map_err(as_sent)?;
    Ok((StatusCode::CREATED, Json(account.into())))
}

/// Lists AWS accounts of every kind; of a client's path those of the client. Needs *AWS Accounts: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/awsAccounts", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), Paging::<Accounts>),
    responses((status = 200, body = Page<AwsAccountOutput>)),
)]
pub(crate) async fn list(tenant: Tenant, params: Params) -> Answer<Page<AwsAccountOutput>> {
    params
        .find::<Accounts, _>(&tenant, |tenant, params, mut pairs| {
            Box::pin(async move {
                let filter = filter(&mut pairs);
                let asked = pairs.page(params.page::<Accounts>())?;
                let found = tenant.services.aws_account_search(&tenant.caller, &filter, asked.slice()).await?;
                Ok(Page::of(found, asked, AwsAccountOutput::from))
            })
        })
        .await
}

/// An AWS account. Needs *AWS Accounts: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_1")),
    responses((status = 200, body = AwsAccountOutput)),
)]
pub(crate) async fn get(tenant: Tenant) -> Answer<AwsAccountOutput> {
    let id = account_id(&tenant)?;
    Ok(Json(of_account(tenant.services.aws_account_get(&tenant.caller, id).await, id)?.into()))
}

/// Lists the members of a management account, as AWS listed them last. Needs *AWS Accounts: View*.
#[utoipa::path(
    get, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/members", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_1"), Paging::<Members>),
    responses((status = 200, body = Page<AwsAccountOutput>)),
)]
pub(crate) async fn members(tenant: Tenant, params: Params) -> Answer<Page<AwsAccountOutput>> {
    let id = account_id(&tenant)?;
    let account = of_account(tenant.services.aws_account_get(&tenant.caller, id).await, id)?;
    if account.kind != AwsAccountKind::Management {
        return Err(Error::NotFound).named("management account", id);
    }
    params
        .find::<Members, _>(&tenant, move |tenant, params, mut pairs| {
            Box::pin(async move {
                let filter = AwsAccountFilter { management: Some(id), ..filter(&mut pairs) };
                let asked = pairs.page(params.page::<Members>())?;
                let found = tenant.services.aws_account_search(&tenant.caller, &filter, asked.slice()).await?;
                Ok(Page::of(found, asked, AwsAccountOutput::from))
            })
        })
        .await
}

/// Changes name and sign-in of an account, after asking AWS again. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_1")),
    request_body = AwsAccountInput,
    responses((status = 200, body = AwsAccountOutput)),
)]
pub(crate) async fn update(tenant: Tenant, Body(input): Body<AwsAccountInput>) -> Answer<AwsAccountOutput> {
    let id = partners_account(&tenant)?;
    let before = of_account(tenant.services.aws_account_get(&tenant.caller, id).await, id)?;
    let draft = input.change(&before).map_err(Refusal::Body)?;
    let account = tenant.services.aws_account_update(&tenant.caller, id, before.version, draft).await;
    Ok(Json(of_account(account, id)?.into()))
}

/// Makes a single account a management account, if AWS says that it is one. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/promote", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_8")),
    responses((status = 200, body = AwsAccountOutput)),
)]
pub(crate) async fn promote(tenant: Tenant, _: Body<Nothing>) -> Answer<AwsAccountOutput> {
    let id = partners_account(&tenant)?;
    Ok(Json(of_account(tenant.services.aws_account_promote(&tenant.caller, id).await, id)?.into()))
}

/// Asks for a job that reads the members of a management account; if one does so already, it is answered. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    post, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/refresh", tag = "AWS accounts",
    params(("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_1")),
    responses((status = 200, body = JobOfAccount)),
)]
pub(crate) async fn refresh(tenant: Tenant, _: Body<Nothing>) -> Answer<JobOfAccount> {
    let id = partners_account(&tenant)?;
    let job = of_account(tenant.services.aws_account_refresh(&tenant.caller, id).await, id)?;
    Ok(Json(job_of(&tenant, id, job).await?))
}

/// Deletes a management or single account with its members here; nothing at AWS changes. Needs *AWS Accounts: Manage*.
#[utoipa::path(
    delete, path = "/api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}", tag = "AWS accounts",
    params(
        ("tenantId" = String, Path, example = "msp_1"), ("awsAccountId" = String, Path, example = "aws_9"),
        ("delink" = Option<bool>, Query, description = "Whether the roles of its members are removed first, by a job that deletes it at its end. Without it, an account whose members are onboarded isn't deleted.", example = false),
    ),
    responses((status = 200, body = Deletion)),
)]
pub(crate) async fn delete(tenant: Tenant, params: Params) -> Answer<Deletion> {
    let id = partners_account(&tenant)?;
    let delink = params.only_flag("delink").map_err(Refusal::Query)?;
    let job = of_account(tenant.services.aws_account_delete(&tenant.caller, id, delink).await, id)?;
    let job = match job {
        Some(job) => Some(job_of(&tenant, id, job).await?),
        None => None,
    };
    Ok(Json(Deletion { success: true, job }))
}

/// The account of the path.
fn account_id(tenant: &Tenant) -> Result<AwsAccountId, Refusal> {
    tenant.id("awsAccountId", ACCOUNT)
}

/// The account of the path, below the partner: a client changes nothing of its own.
fn partners_account(tenant: &Tenant) -> Result<AwsAccountId, Refusal> {
    let id = account_id(tenant)?;
    tenant.partner().map(|_| id)
}

/// A job that works on an account.
async fn job_of(tenant: &Tenant, account: AwsAccountId, job: JobId) -> Result<JobOfAccount, Refusal> {
    let job = tenant.services.job_get(&tenant.caller, job).await.named("job", job)?;
    Ok(JobOfAccount::of(account, &job))
}
