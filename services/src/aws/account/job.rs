//! What the steps of all jobs need: the account, who enters it, and whether the job's owner may still do that.

use domain::{AwsAccount, AwsAccountId, AwsAccountNumber, Error, JobKind, Permission, Scope};
use serde::Serialize;

use super::{signer, store::StoredAccount};
use crate::{
    Fault, Result, Services,
    aws::calls::Signer,
    kernel::Tx,
    leaving::job::{NewJob, Next, Work, owner_is_gone},
    people::account,
};

/// How often a call is retried after a transient fault.
pub(super) const TRIES: u32 = 6;

/// An account, and who enters it.
pub(super) struct Site {
    pub(super) stored: StoredAccount,
    /// Who signs in first: at the management account of a member, else at the account itself.
    pub(super) base: Signer,
    /// The account where that is.
    pub(super) begins_in: AwsAccountNumber,
}

impl Site {
    pub(super) const fn number(&self) -> &AwsAccountNumber {
        &self.stored.account.number
    }

    pub(super) fn external_id(&self) -> &str {
        &self.stored.account.external_id
    }
}

/// A job about an account.
pub(super) fn new_job(kind: JobKind, account: &AwsAccount, input: &impl Serialize) -> Result<NewJob> {
    let subject = format!("{} ({})", account.name, account.number);
    Ok(NewJob { kind, client: account.client_id(), subject, input: serde_json::to_string(input)?, total: 0 })
}

/// Says about an account, for all who read that, why its job may not go on.
fn stopped(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Error::Forbidden { .. } | Error::NotFound) => {
            Error::forbidden("The person or API key that started this can no longer manage the account. Start it again yourself.").into()
        }
        Fault::Refused(Error::Conflict { .. }) => Error::conflict("The account’s customer was terminated meanwhile. Start it again.").into(),
        fault => fault,
    }
}

/// A job has its account until it is over. Let run again, it can take the account back, unless something else was done with it meanwhile.
///
/// # Errors
/// `Conflict` if so.
pub(super) fn still_ours(work: &Work, stored: &StoredAccount) -> Result<()> {
    if stored.job.abs() == work.id.number() {
        return Ok(());
    }
    Err(Error::conflict("Something else was done with this account meanwhile. If it is still needed, ask for it again.").into())
}

impl Services {
    /// As [`Services::aws_site`], for a job that has the account. One that was let run again takes the account back first, and begins with
    /// another cursor.
    ///
    /// # Errors
    /// As there, and as [`still_ours`].
    pub(super) async fn aws_site_held(&self, work: &mut Work, id: AwsAccountId, again: String) -> Result<Site> {
        let site = self.aws_site(work, id).await?;
        still_ours(work, &site.stored)?;
        if site.stored.job < 0 {
            let mut tx = self.job_begin(work).await?;
            still_ours(work, &super::read(&mut tx, id).await?)?;
            tx.aws_job_set(id, work.id).await?;
            work.cursor = again;
            self.job_save(tx, work, &Next::Continue).await?;
        }
        Ok(site)
    }

    /// The account that a job works on.
    ///
    /// # Errors
    /// `Conflict` if it was deleted; `Forbidden` if the job's owner may not change it any more.
    pub(super) async fn aws_site(&self, work: &Work, id: AwsAccountId) -> Result<Site> {
        let mut tx = self.system_read("a job reads the account that it works on", work.partner).await?;
        let stored = tx.aws_account_get(id).await?.ok_or_else(|| Error::conflict("The account was deleted."))?;
        let (base, begins_in) = match stored.management {
            Some(management) => {
                let management = super::read(&mut tx, management).await?;
                (signer::own(&management)?, management.account.number)
            }
            None => (signer::own(&stored)?, stored.account.number.clone()),
        };
        if !work.kind.outlives_owner() {
            let owner = account::acting(&mut tx, work.owner).await?.ok_or_else(owner_is_gone)?;
            drop(tx);
            let scope = stored.account.client_id().map_or(Scope::Partner(work.partner), Scope::Client);
            self.authorize_read(&owner, Permission::AccountManage, scope).await.map_err(stopped)?;
        }
        Ok(Site { stored, base, begins_in })
    }

    /// The account of a job, in the transaction of a step.
    ///
    /// # Errors
    /// `Forbidden` if the job's owner may not change it any more; `Conflict` if its client was terminated.
    pub(super) async fn aws_account_of_step(&self, tx: &mut Tx, id: AwsAccountId) -> Result<StoredAccount> {
        let stored = super::read(tx, id).await.map_err(stopped)?;
        self.permit(tx, Permission::AccountManage, stored.account.client_id()).await.map_err(stopped)?;
        Ok(stored)
    }

    /// Releases the accounts of a job that is over.
    pub(crate) async fn aws_clear(&self, work: &Work) -> Result<()> {
        let mut tx = self.system("a job that is over releases its accounts", work.partner).await?;
        tx.aws_jobs_settle().await?;
        tx.commit().await
    }
}
