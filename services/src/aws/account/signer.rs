//! Who makes a call.

use domain::{AwsAccountId, AwsAccountNumber, AwsPartition, AwsSignIn, RoleArn};

use super::store::StoredAccount;
use crate::{
    Fault, Result,
    aws::calls::{Assumed, Signer},
    kernel::Tx,
};

/// The role that AWS makes in the accounts of an organization, by which its management account enters them.
const ORGANIZATION_ROLE: &str = "OrganizationAccountAccessRole";

/// The server's own identity.
pub(super) const fn server() -> Signer {
    Signer { sign_in: AwsSignIn::Server, external_id: String::new(), role: None }
}

/// Who signs in at a management or a single account.
pub(super) fn own(stored: &StoredAccount) -> Result<Signer> {
    let account = &stored.account;
    let sign_in = stored.sign_in.clone().ok_or_else(|| Fault::Failed(format!("nobody signs in at {}", account.id)))?;
    Ok(Signer { sign_in, external_id: account.external_id.clone(), role: None })
}

/// Who enters a member as its management account.
pub(super) fn of_organization(base: &Signer, partition: AwsPartition, member: &AwsAccountNumber) -> Signer {
    let arn = RoleArn::new(partition, member.clone(), ORGANIZATION_ROLE);
    Signer { role: Some(Assumed { arn, external_id: None }), ..base.clone() }
}

/// Who enters an account by a role of ours.
pub(super) fn of_role(base: &Signer, arn: &RoleArn, external_id: Option<&str>) -> Signer {
    Signer { role: Some(Assumed { arn: arn.clone(), external_id: external_id.map(ToOwned::to_owned) }), ..base.clone() }
}

/// Who signs in first on the way into an account: the signer of its management account, or the server.
pub(super) async fn base(tx: &mut Tx, management: Option<AwsAccountId>) -> Result<Signer> {
    match management {
        Some(management) => own(&super::read(tx, management).await?),
        None => Ok(server()),
    }
}
