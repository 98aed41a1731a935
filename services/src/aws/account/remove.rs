//! Deleting accounts.

use std::slice;

use domain::{AwsAccountId, AwsAction, Caller, Error, JobId, JobKind, Permission};

use super::{associate, delink, job::new_job, ready_for};
use crate::{
    Result, Services,
    kernel::{Tx, proof::proved_if},
};

impl Services {
    /// Deletes a management account with its members, or a single account. While a member has a role, `delink` must be set: a job then delinks all members and
    /// deletes the account. The job, if there is one.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for a member, while a job works on the account, and while members have roles unless `delink` is set.
    pub async fn aws_account_delete(&self, caller: &Caller, id: AwsAccountId, delink: bool) -> Result<Option<JobId>> {
        let (mut tx, stored) = self.aws_account_of_partner(caller, id, proved_if(delink, Permission::AccountManage)).await?;
        ready_for(AwsAction::Delete, slice::from_ref(&stored))?;
        let account = &stored.account;
        self.audit(&mut tx, "aws_account.delete", id, account.client_id(), &[]).await?;
        if tx.aws_member_with_role(id).await?.is_none() {
            self.aws_account_drop(&mut tx, id).await?;
            tx.commit().await?;
            return Ok(None);
        }
        if !delink {
            return Err(
                Error::conflict("Members of this account are onboarded. Remove their Role ARNs first, or delete it and delink all of them.").into()
            );
        }
        let job = self.job_create(&mut tx, &new_job(JobKind::AwsDelinking, account, &delink::Input::Delete { management: id })?).await?;
        tx.aws_job_set(id, job).await?;
        tx.commit().await?;
        Ok(Some(job))
    }

    /// Deletes an account with its members, which the records of their clients say.
    pub(super) async fn aws_account_drop(&self, tx: &mut Tx, id: AwsAccountId) -> Result<()> {
        let members = tx.aws_members_of_clients(id).await?;
        for (client, numbers) in associate::by_client(&members) {
            self.audit(tx, "aws_account.disassociate", client, Some(client), &[associate::left(&numbers)]).await?;
        }
        tx.aws_account_delete(id).await
    }
}
