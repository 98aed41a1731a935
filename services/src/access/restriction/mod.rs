//! Restrictions: permissions that the partner blocks at a client for everybody (docs/spec/tenancy.md, "Restrictions").

mod store;

use domain::{AccessThing, Caller, Change, ClientId, Error, Permission, PermissionBits, Scope};

use crate::{
    Result, Services,
    kernel::{
        Tx,
        proof::{Demand, proved},
    },
};

/// Restricts permissions at a client that has no restrictions yet, as far as they can be restricted.
pub(crate) async fn restrict(tx: &mut Tx, client: ClientId, permissions: PermissionBits) -> Result<()> {
    tx.client_restrictions_set(client, permissions.iter().filter(|permission| permission.is_restrictable()).collect()).await
}

/// Lifts all restrictions at a client, and returns how many there were.
pub(crate) async fn lift(tx: &mut Tx, client: ClientId) -> Result<u64> {
    let restricted = tx.client_restrictions(client).await?;
    tx.client_restrictions_set(client, PermissionBits::default()).await?;
    Ok(restricted.iter().count() as u64)
}

impl Services {
    /// The permissions that the partner restricts at a client.
    ///
    /// # Errors
    /// `NotFound` for a client that the caller doesn't see, and for a client's user; `Forbidden` without the permission to manage roles in a role for all
    /// clients.
    pub async fn client_restrictions_get(&self, caller: &Caller, client: ClientId) -> Result<PermissionBits> {
        self.restricting(caller, client, Permission::RoleManage).await?.client_restrictions(client).await
    }

    /// Replaces the restricted permissions of a client. If `before` is given, it must match the current restrictions.
    ///
    /// # Errors
    /// As [`Services::client_restrictions_get`]; `Unproved`; `Invalid` for what can't be restricted at a client, and for what the caller doesn't hold; `Conflict`
    /// if `before` is stale.
    pub async fn client_restrictions_set(
        &self,
        caller: &Caller,
        client: ClientId,
        before: Option<PermissionBits>,
        permissions: PermissionBits,
    ) -> Result<()> {
        let mut tx = self.restricting(caller, client, proved(Permission::RoleManage)).await?;
        if permissions.contains(Permission::ClientView) {
            let sentence = "“Clients: View” can't be restricted: nobody could see the client. Suspend it instead.";
            return Err(Error::invalid("permissions", sentence).into());
        }
        if let Some(other) = permissions.iter().find(|permission| !permission.is_restrictable()) {
            let sentence = format!("“{}” can't be restricted at a client: it is about the partner.", other.name());
            return Err(Error::invalid("permissions", sentence).into());
        }
        let names = |bits: PermissionBits| bits.iter().map(Permission::name).collect::<Vec<_>>().join(", ");
        let current = tx.client_restrictions(client).await?;
        if before.is_some_and(|before| before != current) {
            return Err(Error::conflict("Somebody else restricted permissions here meanwhile.").into());
        }
        let changed = permissions.without(current).union(current.without(permissions));
        if let Some(other) = changed.without(tx.caller()?.permissions_everywhere()).iter().next() {
            let sentence = format!("You don't hold the permission “{}” for all clients yourself: leave it as it is.", other.name());
            return Err(Error::invalid("permissions", sentence).into());
        }
        let Some(change) = Change::of("permissions", "Restricted permissions", &names(current), &names(permissions)) else { return Ok(()) };
        tx.client_restrictions_set(client, permissions).await?;
        self.audit(&mut tx, "client.restrict", client, Some(client), &[change]).await?;
        tx.commit().await
    }

    /// Opens a transaction to read or change a client's restrictions. They affect everybody who works there, so the caller needs the permission to
    /// manage roles in a role for all clients, and must see the client.
    async fn restricting(&self, caller: &Caller, client: ClientId, demand: impl Into<Demand>) -> Result<Tx> {
        let mut tx = self.authorize(caller, demand, Scope::Partner(caller.partner)).await?;
        tx.target(&AccessThing::Client(client)).await?.ok_or(Error::NotFound)?;
        Ok(tx)
    }
}
