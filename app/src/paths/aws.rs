//! The addresses of AWS accounts.

use domain::{AwsAccountId, AwsAccountKind, AwsAccountQuery, AwsMemberQuery};

use super::listed;

/// Below which all cloud accounts are, whatever their provider. No page by itself.
pub(crate) const ACCOUNTS: &str = "/accounts";

/// The list of a kind: management accounts, or single ones.
#[must_use]
pub fn aws_accounts(kind: AwsAccountKind, query: &AwsAccountQuery) -> String {
    listed(list(kind), query)
}

/// Add an account of a kind.
#[must_use]
pub fn aws_account_new(kind: AwsAccountKind) -> String {
    format!("{}/new", list(kind))
}

/// An account.
#[must_use]
pub fn aws_account(id: AwsAccountId) -> String {
    format!("{ACCOUNTS}/aws/{id}")
}

/// An account, to change.
#[must_use]
pub fn aws_account_edit(id: AwsAccountId) -> String {
    format!("{ACCOUNTS}/aws/{id}/edit")
}

/// The members of a management account, as a query wants them.
#[must_use]
pub fn aws_members(id: AwsAccountId, query: &AwsMemberQuery) -> String {
    listed(&format!("{}/{id}/members", list(AwsAccountKind::Management)), query)
}

const fn list(kind: AwsAccountKind) -> &'static str {
    match kind {
        AwsAccountKind::Single => "/accounts/aws/non-msp",
        AwsAccountKind::Management | AwsAccountKind::Member => "/accounts/aws/msp",
    }
}
