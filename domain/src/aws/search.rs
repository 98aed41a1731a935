//! What a program can ask of the list of AWS accounts.

use super::{AwsAccountId, AwsAccountKind, AwsAccountState, AwsStatus};
use crate::ClientId;

/// Which accounts are listed; everything that is given must match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsAccountFilter {
    /// Accounts whose name has this text.
    pub name: String,
    /// Accounts whose number has this text.
    pub number: String,
    /// Accounts of this kind.
    pub kind: Option<AwsAccountKind>,
    /// Members of this management account.
    pub management: Option<AwsAccountId>,
    /// Accounts of this client.
    pub client: Option<ClientId>,
    /// Those of a client, or those of none.
    pub is_associated: Option<bool>,
    /// Accounts in this state.
    pub state: Option<AwsAccountState>,
    /// Accounts in this state at AWS.
    pub status: Option<AwsStatus>,
}
