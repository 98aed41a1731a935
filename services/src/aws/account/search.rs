//! AWS accounts by position, for programs that take all of them.

use domain::{AwsAccount, AwsAccountFilter, Caller, Permission, Scope, Slice, Sliced};

use crate::{Result, Services};

impl Services {
    /// The accounts that the caller sees and that match a filter, of every kind, by name.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view AWS accounts.
    pub async fn aws_account_search(&self, caller: &Caller, filter: &AwsAccountFilter, slice: Slice) -> Result<Sliced<AwsAccount>> {
        let mut tx = self.authorize(caller, Permission::AccountView, Scope::Visible).await?;
        // Who doesn't see a management account doesn't learn which accounts are its members.
        if let Some(management) = filter.management
            && tx.aws_account_get(management).await?.is_none()
        {
            return Ok(Sliced { rows: Vec::new(), total: 0 });
        }
        tx.aws_account_search(filter, slice).await
    }
}
