//! The calls to AWS, behind a trait: the crate `aws` makes them, so that nothing else compiles against AWS's libraries.

use std::collections::BTreeMap;

use domain::{AwsAccountNumber, AwsPartition, AwsSignIn, AwsStatus, RoleArn};
use futures::future::BoxFuture;

/// What a call answers.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, AwsFault>>;

/// Who makes a call. Credentials are the server's own, or those of a role for 15 minutes; none are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// How the server signs in first.
    pub sign_in: AwsSignIn,
    /// The external ID of [`AwsSignIn::Role`]; else unused.
    pub external_id: String,
    /// The role that is assumed from there, if any.
    pub role: Option<Assumed>,
}

/// A role to assume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// Which one.
    pub arn: RoleArn,
    /// Sent with the call; none to send none.
    pub external_id: Option<String>,
}

/// Who a signer is to AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// In which account.
    pub account: AwsAccountNumber,
    /// The whole ARN: of a user, of an assumed role, of an account's root.
    pub arn: String,
    /// Of the ARN.
    pub partition: AwsPartition,
}

/// A part of the list of an organization's accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembersPage {
    /// Can be empty in the middle of a list.
    pub members: Vec<Member>,
    /// Where the next part begins; none after the last.
    pub next: Option<String>,
}

/// An account of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its number.
    pub number: AwsAccountNumber,
    /// Its name at AWS.
    pub name: String,
    /// Its e-mail address.
    pub email: String,
    /// Its state at AWS; none for one that this build doesn't know.
    pub status: Option<AwsStatus>,
}

/// A role to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRole {
    /// Its name, without a path.
    pub name: String,
    /// Who can assume it, as IAM's JSON.
    pub trust_policy: String,
    /// What it is for.
    pub description: String,
    /// By which it is recognized as ours.
    pub tags: BTreeMap<String, String>,
}

/// A role that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRole {
    /// Its name.
    pub arn: RoleArn,
    /// Who can assume it, as IAM's JSON, decoded.
    pub trust_policy: String,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// The names of the policies inside it.
    pub inline_policies: Vec<String>,
    /// The ARNs of the policies attached to it.
    pub attached_policies: Vec<String>,
}

/// The calls. Those that AWS throttles are repeated by AWS's own library before they fail as [`AwsFault::Throttled`].
pub trait AwsCalls: Send + Sync {
    /// `sts:GetCallerIdentity`, after assuming the signer's roles. Fails with [`AwsFault::Denied`] if one can't be assumed.
    fn identity<'a>(&'a self, by: &'a Signer) -> Answer<'a, Identity>;

    /// `organizations:DescribeOrganization`: the number of its management account.
    fn management_account<'a>(&'a self, by: &'a Signer) -> Answer<'a, AwsAccountNumber>;

    /// `organizations:ListAccounts`: one part of the list.
    fn members<'a>(&'a self, by: &'a Signer, from: Option<&'a str>) -> Answer<'a, MembersPage>;

    /// `iam:GetRole` with its tags and policies; none if there is no role of the name.
    fn role_find<'a>(&'a self, by: &'a Signer, name: &'a str) -> Answer<'a, Option<FoundRole>>;

    /// `iam:CreateRole`. Fails with [`AwsFault::Exists`] if the name is taken.
    fn role_create<'a>(&'a self, by: &'a Signer, role: &'a NewRole) -> Answer<'a, RoleArn>;

    /// `iam:UpdateAssumeRolePolicy`.
    fn role_trust_set<'a>(&'a self, by: &'a Signer, name: &'a str, trust_policy: &'a str) -> Answer<'a, ()>;

    /// `iam:PutRolePolicy`.
    fn role_policy_put<'a>(&'a self, by: &'a Signer, role: &'a str, policy: &'a str, document: &'a str) -> Answer<'a, ()>;

    /// Deletes a role: its inline policies, what is attached, then itself. One that is gone already is done.
    fn role_delete<'a>(&'a self, by: &'a Signer, name: &'a str) -> Answer<'a, ()>;
}

/// Why AWS didn't do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AwsFault {
    /// The server has no credentials of that kind: no environment, no such profile, no role of its machine.
    #[error("no credentials: {0}")]
    NoCredentials(String),
    /// Its credentials have expired or are wrong.
    #[error("credentials refused: {0}")]
    CredentialsRefused(String),
    /// The signer isn't allowed to do it. With the action, as AWS names it, such as `organizations:ListAccounts`.
    #[error("access denied: {action}")]
    Denied {
        /// Which action.
        action: String,
    },
    /// Too many calls, even after AWS's library retried.
    #[error("throttled")]
    Throttled,
    /// The account is not in an organization.
    #[error("no organization")]
    NoOrganization,
    /// Something of that name is there already.
    #[error("exists already")]
    Exists,
    /// What should be changed is not there.
    #[error("not found")]
    NotFound,
    /// The trust policy names an identity that IAM doesn't know, perhaps because it is new.
    #[error("invalid principal")]
    InvalidPrincipal,
    /// What should be deleted is still in use.
    #[error("delete conflict: {0}")]
    DeleteConflict(String),
    /// A quota of the account is used up.
    #[error("limit exceeded: {0}")]
    LimitExceeded(String),
    /// Somebody else changes the same thing.
    #[error("changed by another at the same time")]
    Concurrent,
    /// AWS could not be reached, or did not answer in time.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// Anything else, in AWS's words.
    #[error("{code}: {message}")]
    Other {
        /// AWS's code.
        code: String,
        /// AWS's message.
        message: String,
    },
}

impl AwsFault {
    /// A transient fault: the same call is worth a retry.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Throttled | Self::Concurrent | Self::Unreachable(_))
    }
}
