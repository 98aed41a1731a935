//! The accounts that a body names, and how a refusal names its fields.

use domain::{AwsAccountId, ClientId, Error, Violation, Violations};
use serde::{Deserialize, Serialize};
use services::Fault;
use utoipa::ToSchema;

use super::handlers::ACCOUNT;
use crate::{
    clients::client::reference::unknown as unknown_client,
    refusal::{Named, Refusal},
    tenant::Tenant,
};

/// An account by its id.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct AwsAccountById {
    /// Identifier.
    #[schema(example = "aws_3")]
    id: String,
}

/// The accounts of a body, at least one. A violation names each invalid id by its place.
pub(crate) fn account_ids(accounts: &[AwsAccountById]) -> Result<Vec<AwsAccountId>, Violations> {
    let mut violations = Violations::new();
    violations.add_if(accounts.is_empty(), "accounts", "Name at least one account.");
    let read = |(at, account): (usize, &AwsAccountById)| violations.accept(&place(at), account.id.parse().map_err(|_| unknown(&account.id)));
    let ids = accounts.iter().enumerate().filter_map(read).collect();
    violations.checked(ids)
}

/// The field of an account of a body.
fn place(at: usize) -> String {
    format!("accounts[{at}].id")
}

fn unknown(id: impl std::fmt::Display) -> String {
    format!("There is no AWS account {id} here.")
}

/// Finds out what of a body wasn't found, so that the refusal names its field. A use case answers alike for every account and for the client.
pub(crate) async fn not_found(tenant: &Tenant, fault: Fault, accounts: &[AwsAccountId], client: Option<ClientId>) -> Refusal {
    let error = Error::from(fault);
    if !matches!(error, Error::NotFound) {
        return as_sent(error);
    }
    if let Some(client) = client
        && tenant.services.client_get(&tenant.caller, client).await.is_err()
    {
        return unknown_client(client).into();
    }
    for (at, id) in accounts.iter().enumerate() {
        if tenant.services.aws_account_get(&tenant.caller, *id).await.is_err() {
            return Refusal::Body(Violations::of_field(place(at), unknown(id)));
        }
    }
    error.into()
}

/// A refusal of an account's fields, by the names under which they are sent.
pub(crate) fn as_sent(error: impl Into<Error>) -> Refusal {
    named_by(error, wire_name)
}

/// A refusal whose fields get other names.
pub(crate) fn named_by(error: impl Into<Error>, name: impl Fn(&str) -> &str) -> Refusal {
    match error.into() {
        Error::Invalid { violations } => {
            let named = |violation: Violation| Violation { field: name(&violation.field).to_owned(), ..violation };
            Refusal::Body(violations.into_iter().map(named).collect())
        }
        other => other.into(),
    }
}

/// The field of an account as it is sent.
fn wire_name(field: &str) -> &str {
    match field {
        "number" => "accountId",
        "sign_in" => "signIn.by",
        "profile" => "signIn.profile",
        "role_arn" => "signIn.roleArn",
        "role_name" => "role.name",
        "access" => "role.access",
        "region" => "role.region",
        other => other,
    }
}

/// Names the account of the path where there is none.
pub(crate) fn of_account<T>(outcome: Result<T, Fault>, id: AwsAccountId) -> Result<T, Refusal> {
    outcome.map_err(as_sent).named(ACCOUNT, id)
}
