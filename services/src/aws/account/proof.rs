//! Proving a role: it lets us in with our external id, it is in the account that we mean, and it lets nobody in with another external id or none.

use domain::{AwsAccountNumber, RoleArn};

use super::signer;
use crate::aws::calls::{AwsCalls, AwsFault, Signer};

/// Whether a role lets us in.
pub(super) enum Entered {
    Yes,
    /// Perhaps not yet.
    No(AwsFault),
    /// Into another account.
    Elsewhere(AwsAccountNumber),
}

/// Whether a role keeps out who doesn't know the external id.
pub(super) enum Refuses {
    Yes,
    /// It lets in whoever asks.
    No,
    /// That isn't known.
    Unknown(AwsFault),
}

/// What a role's check came to.
pub(super) enum Proof {
    Proved,
    NotYet(AwsFault),
    /// A sentence why the role can't be used.
    Wrong(String),
}

/// Enters an account by its role.
pub(super) async fn enter(aws: &dyn AwsCalls, base: &Signer, arn: &RoleArn, external_id: &str) -> Entered {
    match aws.identity(&signer::of_role(base, arn, Some(external_id))).await {
        Ok(identity) if identity.account == *arn.account() => Entered::Yes,
        Ok(identity) => Entered::Elsewhere(identity.account),
        Err(fault) => Entered::No(fault),
    }
}

/// Tries a wrong external id, and none. Only asked once the right one works: before, AWS refuses everybody because it doesn't know the role yet.
pub(super) async fn refuses(aws: &dyn AwsCalls, base: &Signer, arn: &RoleArn, wrong: &str) -> Refuses {
    for external_id in [Some(wrong), None] {
        match aws.identity(&signer::of_role(base, arn, external_id)).await {
            Ok(_) => return Refuses::No,
            Err(AwsFault::Denied { .. }) => {}
            Err(fault) => return Refuses::Unknown(fault),
        }
    }
    Refuses::Yes
}

/// Both at once, without waiting.
pub(super) async fn prove(aws: &dyn AwsCalls, base: &Signer, arn: &RoleArn, external_id: &str, wrong: &str) -> Proof {
    match enter(aws, base, arn, external_id).await {
        Entered::No(fault) => Proof::NotYet(fault),
        Entered::Elsewhere(account) => Proof::Wrong(elsewhere(&account, arn.account())),
        Entered::Yes => match refuses(aws, base, arn, wrong).await {
            Refuses::Yes => Proof::Proved,
            Refuses::No => Proof::Wrong(open_to_all(arn.account())),
            Refuses::Unknown(fault) => Proof::NotYet(fault),
        },
    }
}

/// A sentence about a role that leads into another account.
pub(super) fn elsewhere(found: &AwsAccountNumber, meant: &AwsAccountNumber) -> String {
    format!("The role belongs to account {found}, not {meant}, so it isn’t used. Check the role in AWS.")
}

/// A sentence about a role that doesn't ask for the external id.
pub(super) fn open_to_all(account: &AwsAccountNumber) -> String {
    format!(
        "The role in account {account} can be assumed with a wrong external ID or none, so others could use it too. It isn’t used. \
         Require the external ID in its trust policy, then try again."
    )
}
