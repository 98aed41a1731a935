//! A client with how much there is of it.

use domain::{Caller, ClientCounts, ClientHub, ClientId, DeviceFilter, Error, ListFilter, Permission, Scope, Total, UserFilter};

use super::{bare_if_terminated, read};
use crate::{Fault, Result, Services, kernel::Tx};

impl Services {
    /// One client as [`Services::client_get`] tells it, and how much of everything it has that the caller sees there.
    ///
    /// # Errors
    /// `NotFound` for a client that doesn't exist or isn't visible.
    pub async fn client_hub(&self, caller: &Caller, id: ClientId) -> Result<ClientHub> {
        // The lists that the numbers lead to are asked for in the same scope, so numbers and lists agree.
        let mut tx = self.authorize(caller, Permission::ClientView, Scope::Visible).await?;
        self.decide(&mut tx, Permission::ClientView, Scope::Client(id)).await?;
        let client = bare_if_terminated(read(&mut tx, id).await?.client);
        if client.status.is_terminated() {
            return Ok(ClientHub { client, counts: ClientCounts::default() });
        }
        let counts = ClientCounts {
            devices: self.seen(&mut tx, id, Permission::DeviceView, async |tx| tx.device_total(&DeviceFilter::ALL.of_client(Some(id))).await).await?,
            device_groups: self.seen(&mut tx, id, Permission::DeviceView, async |tx| tx.device_group_total(id).await).await?,
            users: self.seen(&mut tx, id, Permission::UserView, async |tx| tx.user_total(&UserFilter::CURRENT.of_client(Some(id))).await).await?,
            user_groups: self.seen(&mut tx, id, Permission::UserGroupView, async |tx| tx.user_group_total(id).await).await?,
            roles: self.seen(&mut tx, id, Permission::RoleView, async |tx| tx.role_total(id).await).await?,
            credential_sets: self.seen(&mut tx, id, Permission::CredentialSetView, async |tx| tx.credential_set_total(id).await).await?,
            aws_accounts: self.seen(&mut tx, id, Permission::AccountView, async |tx| tx.aws_account_total(id).await).await?,
            open_jobs: tx.open_jobs(id).await?,
        };
        Ok(ClientHub { client, counts })
    }

    /// A number, if the caller has the permission at the client.
    async fn seen(
        &self,
        tx: &mut Tx,
        client: ClientId,
        permission: Permission,
        total: impl AsyncFnOnce(&mut Tx) -> Result<Total>,
    ) -> Result<Option<Total>> {
        match self.decide(tx, permission, Scope::Client(client)).await {
            Ok(()) => total(tx).await.map(Some),
            Err(Fault::Refused(Error::Forbidden { .. } | Error::NotFound)) => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}
