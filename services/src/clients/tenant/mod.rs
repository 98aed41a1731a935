//! Working within a tenant, which the API's paths name.

use domain::{Caller, ClientStatus, Error, Permission, Scope, TenantId};

use crate::{Result, Services};

/// A tenant that a request works within.
pub struct Entered {
    /// The caller, limited to the tenant.
    pub caller: Caller,
    /// The state of the tenant; a partner is always active.
    pub status: ClientStatus,
}

impl Services {
    /// Limits a caller to a tenant: for their own partner to what they see, for a client to that client.
    ///
    /// # Errors
    /// `NotFound` for a tenant that doesn't exist or isn't visible.
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
