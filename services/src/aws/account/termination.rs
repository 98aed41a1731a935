//! What becomes of a client's accounts when it is terminated: they are delinked, and stay the partner's.

use domain::{AwsAccountId, ClientId};

use super::delink::Removal;
use crate::{Result, Services, kernel::Tx, leaving::job::Work};

/// An account whose role was deleted at AWS, as far as that was possible.
pub(crate) struct Delinked {
    account: AwsAccountId,
    removal: Removal,
}

impl Delinked {
    /// Whether a transient fault was in the way, and not too often.
    pub(crate) const fn is_worth_repeating(&self, tries: u32) -> bool {
        self.removal.is_worth_repeating(tries)
    }
}

impl Services {
    /// Whether a job works on an account of the client. It can be making a role just now, and ends soon, because nothing of the client changes any more.
    pub(crate) async fn aws_termination_waits(&self, work: &Work, client: ClientId) -> Result<bool> {
        self.system_read("a termination waits for jobs on AWS accounts", work.partner).await?.aws_job_of_client(client).await
    }

    /// Deletes the role of one of a client's accounts at AWS, outside any transaction; none if no account has a role.
    pub(crate) async fn aws_termination_delink(&self, work: &Work, client: ClientId) -> Result<Option<Delinked>> {
        let mut tx = self.system_read("a termination looks for roles that are left", work.partner).await?;
        let Some(stored) = tx.aws_account_of_with_role(client).await? else { return Ok(None) };
        drop(tx);
        let account = stored.account.id;
        let site = self.aws_site(work, account).await?;
        let removal = self.job_while_held(work, self.aws_role_remove_of(&site)).await?;
        Ok(Some(Delinked { account, removal }))
    }

    /// Forgets that role, in the step's transaction; returns what is left of it at AWS.
    pub(crate) async fn aws_termination_forget(&self, tx: &mut Tx, delinked: &Delinked) -> Result<Option<String>> {
        self.aws_forget(tx, delinked.account, &delinked.removal).await
    }
}
