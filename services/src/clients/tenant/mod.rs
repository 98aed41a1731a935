//! Working within a tenant, as a path of the API names one.

use domain::{Caller, ClientStatus, Error, Permission, Scope, TenantId};

use crate::{Result, Services};

/// A tenant that a request works within.
pub struct Entered {
    /// The caller, who sees nothing else from now on.
    pub caller: Caller,
    /// The state of the tenant; a partner is always active.
    pub status: ClientStatus,
}

impl Services {
    /// Narrows a caller to a tenant: of the own partner everything that it sees, of a client that client alone.
    ///
    /// # Errors
    /// `NotFound` for a tenant that doesn't exist or that the caller may not see.
    pub async fn tenant_enter(&self, caller: &Caller, tenant: TenantId) -> Result<Entered> {
        match tenant {
            TenantId::Partner(partner) if partner == caller.partner && caller.client.is_none() => {
                Ok(Entered { caller: caller.clone(), status: ClientStatus::Active })
            }
            TenantId::Partner(_) => Err(Error::NotFound.into()),
            TenantId::Client(client) => {
                let mut tx = self.authorize(caller, Permission::ClientView, Scope::Client(client)).await?;
                let status = tx.client_status(client).await?.ok_or(Error::NotFound)?;
                Ok(Entered { caller: Caller { within: Some(client), ..caller.clone() }, status })
            }
        }
    }
}
