//! Permissions that are restricted at a client.

use domain::{ClientId, Permission, PermissionBits};

use crate::{
    Result,
    kernel::{Binds, Tx},
};

impl Tx {
    /// The permissions restricted at a client.
    pub(super) async fn client_restrictions(&mut self, client: ClientId) -> Result<PermissionBits> {
        let sql = "SELECT permission FROM client_restrictions WHERE client_id = $1";
        let keys: Vec<String> = sqlx::query_scalar(sql).bind(client.number()).fetch_all(self.connection()).await?;
        Ok(keys.iter().filter_map(|key| Permission::from_key(key)).collect())
    }

    /// Replaces a client's restrictions and updates the partner's flag that any exist.
    pub(super) async fn client_restrictions_set(&mut self, client: ClientId, permissions: PermissionBits) -> Result<()> {
        sqlx::query("DELETE FROM client_restrictions WHERE client_id = $1").bind(client.number()).execute(self.connection()).await?;
        if !permissions.is_empty() {
            let mut binds = Binds::default();
            let client = binds.number(client.number());
            let values: Vec<_> = permissions.iter().map(|permission| format!("({client}, {})", binds.text(permission.key()))).collect();
            binds.execute(self, format!("INSERT INTO client_restrictions (client_id, permission) VALUES {}", values.join(", "))).await?;
        }
        let sql = "UPDATE partners SET restricts = CASE WHEN EXISTS (SELECT 1 FROM client_restrictions cr JOIN clients c ON c.id = cr.client_id \
                   WHERE c.partner_id = $1) THEN 1 ELSE 0 END WHERE id = $1";
        sqlx::query(sql).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }
}
