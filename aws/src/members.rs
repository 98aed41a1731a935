//! The accounts of an organization.

use aws_config::SdkConfig;
use aws_sdk_organizations::{
    Client,
    types::{Account, AccountState},
};
use domain::{AwsAccountNumber, AwsStatus};
use services::aws::calls::{AwsFault, Member, MembersPage};

use crate::fault::{fault, unexpected};

/// The most that AWS gives at once.
const PAGE: i32 = 20;

pub(crate) async fn management_account(config: SdkConfig) -> Result<AwsAccountNumber, AwsFault> {
    let answer = Client::new(&config).describe_organization().send().await.map_err(|error| fault("organizations:DescribeOrganization", &error))?;
    let number = answer.organization.and_then(|organization| organization.master_account_id).unwrap_or_default();
    number.parse().map_err(|_| unexpected("DescribeOrganization", &number))
}

pub(crate) async fn page(config: SdkConfig, from: Option<&str>) -> Result<MembersPage, AwsFault> {
    let call = Client::new(&config).list_accounts().max_results(PAGE).set_next_token(from.map(str::to_owned));
    let answer = call.send().await.map_err(|error| fault("organizations:ListAccounts", &error))?;
    let members = answer.accounts.unwrap_or_default().into_iter().map(member).collect::<Result<_, _>>()?;
    Ok(MembersPage { members, next: answer.next_token.filter(|token| !token.is_empty()) })
}

fn member(account: Account) -> Result<Member, AwsFault> {
    let number = account.id.unwrap_or_default();
    Ok(Member {
        number: number.parse().map_err(|_| unexpected("ListAccounts", &number))?,
        name: account.name.unwrap_or_default(),
        email: account.email.unwrap_or_default(),
        status: account.state.as_ref().and_then(status),
    })
}

fn status(state: &AccountState) -> Option<AwsStatus> {
    match state {
        AccountState::Active => Some(AwsStatus::Active),
        AccountState::PendingActivation => Some(AwsStatus::Pending),
        AccountState::Suspended => Some(AwsStatus::Suspended),
        AccountState::PendingClosure => Some(AwsStatus::PendingClosure),
        AccountState::Closed => Some(AwsStatus::Closed),
        _ => None,
    }
}
