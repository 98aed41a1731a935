//! What becomes of a client's accounts when it is terminated: they are delinked, and stay the partner's.

use domain::ClientId;

use super::{delink::Removal, job::Site};
use crate::{Result, Services, kernel::Tx, leaving::job::Work};

/// An account whose role was deleted at AWS, as far as that was possible.
pub(crate) struct Delinked {
    site: Site,
    removal: Removal,
}

impl Delinked {
    /// A transient fault was in the way.
    pub(crate) const fn is_worth_repeating(&self) -> bool {
        matches!(self.removal, Removal::Again(_))
    }
}

impl Services {
    /// Deletes the role of one of a client's accounts at AWS, outside any transaction; none if no account has a role.
    pub(crate) async fn aws_termination_delink(&self, work: &Work, client: ClientId) -> Result<Option<Delinked>> {
        let mut tx = self.system_read("a termination looks for roles that are left", work.partner).await?;
        let Some(stored) = tx.aws_account_of_with_role(client).await? else { return Ok(None) };
        drop(tx);
        let site = self.aws_site(work, stored.account.id).await?;
        let removal = self.job_while_held(work, self.aws_role_remove_of(&site)).await?;
        Ok(Some(Delinked { site, removal }))
    }

    /// Forgets that role, in the step's transaction; returns what is left of it at AWS.
    pub(crate) async fn aws_termination_forget(&self, tx: &mut Tx, delinked: &Delinked) -> Result<Option<String>> {
        self.aws_forget(tx, &delinked.site.stored, &delinked.removal).await
    }
}
