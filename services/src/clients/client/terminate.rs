//! Terminates clients.

use domain::{Caller, Change, Client, ClientId, ClientStatus, Error, Permission, Scope};

use super::read;
use crate::{Result, Services, people::user};

impl Services {
    /// Terminates a client for good: its users become inactive, and their sessions, invitations and API keys end. Only the partner can do it.
    ///
    /// The client's data stays, read-only. Erasing it would be a separate step.
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
