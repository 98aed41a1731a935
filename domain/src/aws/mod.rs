//! AWS accounts: which customer each belongs to, and how it is entered (docs/spec/aws.md).

mod account;
mod action;
mod arn;
mod customer;
mod draft;
mod member;
mod number;
mod onboarding;
mod search;

pub use account::{AwsAccount, AwsAccountKind, AwsAccountQuery, AwsAccountState, AwsAccountSummary, AwsMembers, AwsRefresh, AwsStatus};
pub use action::AwsAction;
pub use arn::{AwsPartition, RoleArn};
pub use customer::CustomerDraft;
pub use draft::{AwsAccountDetails, AwsAccountDraft, AwsSignIn, AwsSignInKind};
pub use member::{AwsMemberFilter, AwsMemberQuery, AwsMemberView};
pub use number::AwsAccountNumber;
pub use onboarding::{AwsAccess, AwsTrust, Onboarding, OnboardingDraft};
pub use search::AwsAccountFilter;

pub use crate::id::AwsAccountId;
