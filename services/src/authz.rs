//! The single choke point: a permission is checked, and what one gets for it is a transaction.

use domain::{Caller, Change, ClientId, Origin, PartnerId, Permission, Scope};

use crate::{
    Result, Services,
    store::{Account, Tx},
};

/// For what happens apart from any partner: before there is one, or to accounts that don't exist.
pub(crate) const NO_PARTNER: PartnerId = PartnerId::new(0);

impl Services {
    /// Decides whether the caller has the permission in the scope, and opens the transaction to use it: one that only reads for a
    /// permission to view, one that writes for any other.
    ///
    /// # Errors
    /// `NotFound` where the caller may not even see the scope, `Forbidden` where it lacks the permission.
    pub(crate) async fn authorize(&self, caller: &Caller, permission: Permission, scope: Scope) -> Result<Tx> {
        caller.can(permission, scope)?;
        self.store.begin(!permission.is_read(), caller.partner, caller.client, Some(caller.clone()), self.clock.now()).await
    }

    /// A writing transaction in which callers act on what is theirs alone, whatever their roles: session, password.
    pub(crate) async fn authorize_self(&self, caller: &Caller) -> Result<Tx> {
        self.store.begin(true, caller.partner, caller.client, Some(caller.clone()), self.clock.now()).await
    }

    /// The exception for what has no caller: sign-in, set-up, seeding and jobs. The reason is for the reader of the call.
    pub(crate) async fn system(&self, _reason: &'static str, partner: PartnerId) -> Result<Tx> {
        self.store.begin(true, partner, None, None, self.clock.now()).await
    }

    /// As [`Services::system`], only to read.
    pub(crate) async fn system_read(&self, _reason: &'static str, partner: PartnerId) -> Result<Tx> {
        self.store.begin(false, partner, None, None, self.clock.now()).await
    }

    /// Writes the audit record of what the transaction did; see [`Tx::audit`].
    pub(crate) async fn audit(&self, tx: &mut Tx, action: &str, object: impl ToString, client: Option<ClientId>, changes: &[Change]) -> Result<()> {
        tx.audit(self.ids.uuid(), action, &object.to_string(), client, changes).await
    }

    /// As [`Services::audit`], of somebody who isn't signed in; see [`Tx::audit_stranger`].
    pub(crate) async fn audit_stranger(&self, tx: &mut Tx, action: &str, account: Option<&Account>, origin: &Origin) -> Result<()> {
        tx.audit_stranger(self.ids.uuid(), action, account, origin).await
    }
}
