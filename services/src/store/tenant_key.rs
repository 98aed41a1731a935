//! Wrapped keys of tenants.

use domain::TenantId;

use super::Tx;
use crate::Result;

impl Tx {
    /// The tenant's wrapped key, if it has one.
    pub(crate) async fn tenant_key_get(&mut self, tenant: TenantId) -> Result<Option<String>> {
        let sql = "SELECT wrapped FROM tenant_keys WHERE tenant = $1";
        Ok(sqlx::query_scalar(sql).bind(tenant.to_string()).fetch_optional(self.connection()).await?)
    }

    /// Keeps a new key and gives the one that is in force: two transactions may make the first one at the same time.
    pub(crate) async fn tenant_key_insert(&mut self, tenant: TenantId, wrapped: &str) -> Result<String> {
        let sql = "INSERT INTO tenant_keys (tenant, wrapped) VALUES ($1, $2) ON CONFLICT (tenant) DO NOTHING";
        sqlx::query(sql).bind(tenant.to_string()).bind(wrapped).execute(self.connection()).await?;
        Ok(self.tenant_key_get(tenant).await?.unwrap_or_else(|| wrapped.to_owned()))
    }
}
