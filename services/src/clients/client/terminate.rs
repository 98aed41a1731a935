//! Ending a client for good.

use domain::{Caller, Change, Client, ClientId, ClientStatus, Error, Permission, Scope};

use super::read;
use crate::{Result, Services, people::user};

impl Services {
    /// Ends a client for good: its users become inactive, and their sessions, invitations and API keys end with it. Only the partner does that.
    ///
    /// It takes the client out of service and leaves what it has in place. Erasing that (every row and file, with counts before, a backup
    /// offered and a receipt kept) is a matter of its own, for which this is the first step: nobody writes to a terminated client any more.
    ///
    /// # Errors
    /// `NotFound`, or `Forbidden` without the permission to manage the client.
    pub async fn client_terminate(&self, caller: &Caller, id: ClientId) -> Result<Client> {
        let mut tx = self.authorize(caller, Permission::ClientManage, Scope::Client(id)).await?;
        if caller.client.is_some() {
            return Err(Error::forbidden("Only your provider can terminate you.").into());
        }
        let before = read(&mut tx, id).await?.client;
        if before.status == ClientStatus::Terminated {
            return Ok(before);
        }
        if !tx.client_status_update(id, before.status, ClientStatus::Terminated).await? {
            return Err(Error::stale("client").into());
        }
        user::end_of_client(&mut tx, id).await?;
        let change = Change::of("status", "Status", before.status.label(), ClientStatus::Terminated.label());
        self.audit(&mut tx, "client.terminate", id, Some(id), change.as_slice()).await?;
        let after = read(&mut tx, id).await?.client;
        tx.commit().await?;
        Ok(after)
    }
}
