//! Organizations: the management account and the list of all accounts.

use serde_json::{Value, json};

use crate::{
    answer::Refusal,
    world::{Account, Identity, World},
};

/// Accounts on a page, as many as AWS gives at most.
const PAGE: usize = 20;

/// Answers an action.
pub(crate) fn answer(world: &World, by: &Identity, action: &str, sent: &Value) -> Result<Value, Refusal> {
    let is_listed = world.accounts.get(&by.account).is_some_and(|account| account.is_member);
    let management = world.management.as_ref().filter(|management| **management == by.account || is_listed);
    let Some(management) = management else {
        return Err(Refusal::new(400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."));
    };
    match action {
        "DescribeOrganization" => Ok(json!({"Organization": {"Id": "o-fake000000", "MasterAccountId": management, "FeatureSet": "ALL"}})),
        "ListAccounts" if *management != by.account => {
            Err(Refusal::new(400, "AccessDeniedException", "You don't have permissions to access this resource."))
        }
        "ListAccounts" => accounts(world, management, sent),
        _ => Err(Refusal::new(400, "UnknownOperationException", &format!("The fake doesn't know organizations:{action}."))),
    }
}

/// A page. Its token is the page's number and the last account before it, so that accounts can come and go between pages.
fn accounts(world: &World, management: &str, sent: &Value) -> Result<Value, Refusal> {
    let token = sent["NextToken"].as_str().unwrap_or("1:");
    let invalid = || Refusal::new(400, "InvalidInputException", "You provided an invalid value for NextToken.");
    let (page, after) = token.split_once(':').ok_or_else(invalid)?;
    let page: usize = page.parse().map_err(|_| invalid())?;
    if world.switches.denied_page == Some(page) {
        return Err(Refusal::new(400, "AccessDeniedException", "You don't have permissions to access this resource."));
    }
    if world.switches.expired_page == Some(page) {
        return Err(Refusal::new(400, "ExpiredTokenException", "The security token included in the request is expired"));
    }
    if world.switches.empty_page == Some(page) {
        return Ok(json!({"Accounts": [], "NextToken": format!("{}:{after}", page + 1)}));
    }
    let listed = |(number, account): &(&String, &Account)| account.is_member || *number == management;
    let mut rest = world.accounts.range::<str, _>((std::ops::Bound::Excluded(after), std::ops::Bound::Unbounded)).filter(listed);
    let accounts: Vec<_> = rest.by_ref().take(PAGE).collect();
    let last = accounts.last().map(|(number, _)| (*number).clone()).unwrap_or_default();
    let next = rest.next().map(|_| format!("{}:{last}", page + 1));
    let accounts: Vec<_> = accounts.into_iter().map(|(number, account)| account_json(number, account, management)).collect();
    Ok(json!({"Accounts": accounts, "NextToken": next}))
}

fn account_json(number: &str, account: &Account, management: &str) -> Value {
    json!({
        "Id": number,
        "Arn": format!("arn:aws:organizations::{management}:account/o-fake000000/{number}"),
        "Name": account.name,
        "Email": account.email,
        "State": account.state,
        "JoinedMethod": "CREATED",
        "JoinedTimestamp": 1_767_225_600,
    })
}
