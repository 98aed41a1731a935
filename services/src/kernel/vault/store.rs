//! Wrapped keys of tenants.

use domain::TenantId;

use sqlx::{Row, any::AnyRow};

use crate::{Fault, Result, kernel::Tx};

impl Tx {
    /// The tenant's wrapped key, if it has one.
    pub(super) async fn tenant_key_get(&mut self, tenant: TenantId) -> Result<Option<String>> {
        let sql = "SELECT wrapped FROM tenant_keys WHERE tenant = $1";
        Ok(sqlx::query_scalar(sql).bind(tenant.to_string()).fetch_optional(self.connection()).await?)
    }

    /// Deletes the tenant's wrapped key.
    pub(super) async fn tenant_key_delete(&mut self, tenant: TenantId) -> Result<()> {
        sqlx::query("DELETE FROM tenant_keys WHERE tenant = $1").bind(tenant.to_string()).execute(self.connection()).await?;
        Ok(())
    }

    /// The next wrapped keys after a tenant's, in order.
    pub(super) async fn tenant_keys_after(&mut self, tenant: &str, limit: i64) -> Result<Vec<(TenantId, String)>> {
        let sql = "SELECT tenant, wrapped FROM tenant_keys WHERE tenant > $1 ORDER BY tenant LIMIT $2";
        let rows = sqlx::query(sql).bind(tenant).bind(limit).fetch_all(self.connection()).await?;
        let read = |row: &AnyRow| {
            let tenant: &str = row.try_get("tenant")?;
            let tenant = tenant.parse().map_err(|_| Fault::Failed(format!("unknown tenant {tenant}")))?;
            Ok((tenant, row.try_get("wrapped")?))
        };
        rows.iter().map(read).collect()
    }

    /// Replaces a tenant's wrapped key.
    pub(super) async fn tenant_key_update(&mut self, tenant: TenantId, wrapped: &str) -> Result<()> {
        let sql = "UPDATE tenant_keys SET wrapped = $1 WHERE tenant = $2";
        sqlx::query(sql).bind(wrapped).bind(tenant.to_string()).execute(self.connection()).await?;
        Ok(())
    }

    /// Stores a tenant's first key and returns the current one, because two transactions can create it concurrently.
    pub(super) async fn tenant_key_insert(&mut self, tenant: TenantId, wrapped: &str) -> Result<String> {
        let sql = "INSERT INTO tenant_keys (tenant, wrapped) VALUES ($1, $2) ON CONFLICT (tenant) DO NOTHING";
        sqlx::query(sql).bind(tenant.to_string()).bind(wrapped).execute(self.connection()).await?;
        Ok(self.tenant_key_get(tenant).await?.unwrap_or_else(|| wrapped.to_owned()))
    }
}
