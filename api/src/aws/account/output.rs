//! AWS accounts as they are answered (docs/spec/rest-api.md, "AWS account object").

use domain::{AwsAccount, AwsAccountId, AwsAccountKind, AwsAccountSummary, AwsMembers, AwsRefresh, AwsTrust, Job, RoleArn};
use serde::Serialize;
use utoipa::ToSchema;

use super::input::SignIn;
use crate::{clients::client::reference::ClientShort, date::Date};

/// An AWS account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AwsAccountOutput {
    /// Identifier.
    #[schema(example = "aws_3")]
    id: String,
    /// What AWS calls its id: twelve digits.
    #[schema(example = "234567890123")]
    account_id: String,
    /// What people call it; a member's is AWS's.
    #[schema(example = "Sandbox")]
    name: String,
    /// The address that AWS has for it; empty if that isn't known.
    #[schema(example = "sandbox@leoart.example")]
    email: String,
    /// `management`, `single` or `member`.
    #[schema(example = "member")]
    kind: &'static str,
    /// The management account that lists it; only of a member.
    #[serde(skip_serializing_if = "Option::is_none")]
    management: Option<AwsAccountShort>,
    /// How the server signs in; left out for a member, which is entered from its management account.
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_in: Option<SignIn>,
    /// The client that it belongs to; left out if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<ClientShort>,
    /// Its state at AWS: `active`, `pending`, `suspended`, `pending-closure`, `closed`, or `gone` if it is no longer listed; left out where no list
    /// says it.
    #[schema(example = "active")]
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    /// How far this console is with it: `discovered`, `onboarding`, `onboarded`, `pending` or `failed`.
    #[schema(example = "onboarded")]
    state: &'static str,
    /// Why it failed or is pending, and what to do; else empty.
    problem: String,
    /// The role by which it is entered; left out until that is proved.
    #[schema(example = "arn:aws:iam::234567890123:role/Tenantry")]
    #[serde(skip_serializing_if = "Option::is_none")]
    role_arn: Option<String>,
    /// What the role may do: `read-only` or `administrator`; left out until one is made.
    #[schema(example = "read-only")]
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<&'static str>,
    /// The external ID of its role; left out until one was needed.
    #[schema(example = "6f1e0c6a-3f0b-4c58-9d0e-2b7f5a1c9e34")]
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    /// When it was last checked that it can be entered; left out if never.
    #[schema(value_type = String, example = "2026-11-27T16:18:42+0000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_time: Option<Date>,
    /// The job that works on it now; left out if there is none.
    #[schema(example = "job_1")]
    #[serde(skip_serializing_if = "Option::is_none")]
    job_id: Option<String>,
    /// How many members it has; only of a management account.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<MembersOutput>,
    /// What became of reading its members; only of a management account.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh: Option<RefreshOutput>,
    /// When it was added or first listed.
    #[schema(value_type = String, example = "2026-11-27T16:18:42+0000")]
    created_time: Date,
}

impl From<AwsAccount> for AwsAccountOutput {
    fn from(account: AwsAccount) -> Self {
        let is_management = account.kind == AwsAccountKind::Management;
        Self {
            id: account.id.to_string(),
            account_id: account.number.to_string(),
            name: account.name,
            email: account.email,
            kind: account.kind.key(),
            management: account.management.map(AwsAccountShort::from),
            sign_in: account.sign_in.as_ref().map(SignIn::from),
            client: account.client.map(ClientShort::from),
            status: account.status.map(|status| status.key()),
            state: account.state.key(),
            problem: account.problem,
            role_arn: account.role.as_ref().map(RoleArn::to_string),
            access: account.access.map(|access| access.key()),
            external_id: Some(account.external_id).filter(|id| !id.is_empty()),
            checked_time: account.checked.map(Date::from),
            job_id: account.job.map(|job| job.to_string()),
            members: is_management.then(|| account.members.into()),
            refresh: is_management.then(|| account.refresh.into()),
            created_time: account.created.into(),
        }
    }
}

/// An AWS account in short.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AwsAccountShort {
    #[schema(example = "aws_1")]
    id: String,
    #[schema(example = "123456789012")]
    account_id: String,
    #[schema(example = "LeoArt")]
    name: String,
}

impl From<AwsAccountSummary> for AwsAccountShort {
    fn from(account: AwsAccountSummary) -> Self {
        Self { id: account.id.to_string(), account_id: account.number.to_string(), name: account.name }
    }
}

/// How many members a management account has.
#[derive(Serialize, ToSchema)]
pub(crate) struct MembersOutput {
    /// All that AWS lists, without the management account itself.
    #[schema(example = 45)]
    all: u64,
    /// Those of a client.
    #[schema(example = 12)]
    associated: u64,
    /// Those that are onboarded.
    #[schema(example = 9)]
    onboarded: u64,
}

impl From<AwsMembers> for MembersOutput {
    fn from(AwsMembers { all, associated, onboarded }: AwsMembers) -> Self {
        Self { all, associated, onboarded }
    }
}

/// What became of reading the members of a management account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RefreshOutput {
    /// When the list was last whole; left out if it never was.
    #[schema(value_type = String, example = "2026-11-27T16:18:42+0000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Date>,
    /// Why the last try failed, so that the list is stale; else empty.
    failure: String,
    /// The job that is reading now; left out if there is none.
    #[schema(example = "job_1")]
    #[serde(skip_serializing_if = "Option::is_none")]
    job_id: Option<String>,
}

impl From<AwsRefresh> for RefreshOutput {
    fn from(AwsRefresh { at, failure, job }: AwsRefresh) -> Self {
        Self { time: at.map(Date::from), failure, job_id: job.map(|job| job.to_string()) }
    }
}

/// A job that was asked for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JobOfAccount {
    /// Identifier. `jobs/{jobId}` says how far it is.
    #[schema(example = "job_1")]
    id: String,
    /// `queued`, `running`, `succeeded`, `failed` or `cancelled`.
    #[schema(example = "queued")]
    state: &'static str,
    /// The account that it works on.
    #[schema(example = "aws_3")]
    aws_account_id: String,
}

impl JobOfAccount {
    pub(crate) fn of(account: AwsAccountId, job: &Job) -> Self {
        Self { id: job.id.to_string(), state: job.state.key(), aws_account_id: account.to_string() }
    }
}

/// What is answered for an account that was deleted, or will be by a job.
#[derive(Serialize, ToSchema)]
pub(crate) struct Deletion {
    /// Always true.
    pub(crate) success: bool,
    /// The job that removes the roles of its members and deletes it at its end; left out where it is deleted already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) job: Option<JobOfAccount>,
}

/// What it takes to create the role by hand.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrustOutput {
    /// The external ID: chosen here, and the same for ever for this account.
    #[schema(example = "6f1e0c6a-3f0b-4c58-9d0e-2b7f5a1c9e34")]
    external_id: String,
    /// The role's trust policy, as IAM's JSON; empty if the server's own identity is not known.
    trust_policy: String,
    /// What the role may do, as IAM's JSON.
    policy: String,
    /// The CloudFormation template that makes the role.
    template: String,
    /// A link that opens AWS's page to create a stack of the template; empty if the template is stored nowhere that AWS can read.
    quick_create: String,
}

impl From<AwsTrust> for TrustOutput {
    fn from(trust: AwsTrust) -> Self {
        let AwsTrust { external_id, trust_policy, policy, template, quick_create } = trust;
        Self { external_id, trust_policy, policy, template, quick_create }
    }
}
