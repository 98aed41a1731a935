//! AWS accounts: the lists of management and of single accounts, one account, the members of a management account, and the windows in which accounts are
//! associated with customers and onboarded.

mod client;
mod detail;
mod edit;
mod facts;
mod form;
mod frame;
mod list;
mod live;
mod members;
mod new;
mod pending;
mod rows;
pub mod rpc;
mod trust;
mod windows;
mod words;

pub(crate) use client::client_section;
pub use detail::AwsAccountPage;
pub use edit::AwsAccountEditPage;
pub use list::{ManagementAccountsPage, SingleAccountsPage};
pub use members::MembersPage;
pub use new::{NewManagementAccountPage, NewSingleAccountPage};

use domain::{AwsAccount, AwsAction, Permission, Scope};

use crate::{
    caller::{refusal, use_caller},
    thing::refusal_at,
};

/// Why the caller can't add accounts, or do what else takes a role for all clients.
fn refused_to_add() -> Option<String> {
    refusal(Permission::AccountManage, Scope::Partner(use_caller().partner))
}

/// Why the caller can't change an account.
fn refused_to_change(account: &AwsAccount) -> Option<String> {
    refusal_at(Permission::AccountManage, account.client_id())
}

/// Why the caller can't do something with an account: for want of a right, or because of its state.
fn refused(action: AwsAction, account: &AwsAccount) -> Option<String> {
    let right = if action.is_partners() { refused_to_add() } else { refused_to_change(account) };
    right.or_else(|| account.refusal(action))
}

#[cfg(test)]
mod tests {
    use domain::{AwsAccount, AwsAccountId, AwsAccountKind, AwsAccountState, AwsMembers, AwsRefresh, Timestamp};

    /// An account of a name, with nothing else to it.
    pub(super) fn account(name: &str) -> AwsAccount {
        AwsAccount {
            id: AwsAccountId::new(1),
            number: "012345678901".parse().unwrap(),
            name: name.to_owned(),
            email: String::new(),
            kind: AwsAccountKind::Member,
            management: None,
            sign_in: None,
            client: None,
            status: None,
            state: AwsAccountState::Discovered,
            problem: String::new(),
            role: None,
            awaited: None,
            access: None,
            region: String::new(),
            external_id: String::new(),
            checked: None,
            job: None,
            members: AwsMembers::default(),
            refresh: AwsRefresh { at: None, failure: String::new(), job: None },
            created: Timestamp::default(),
            version: 1,
        }
    }
}
