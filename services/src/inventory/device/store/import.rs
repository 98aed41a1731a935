//! Reads what an import compares a file with.

use domain::{ClientId, Permission};
use sqlx::Row;

use super::{StoredDevice, Tx, device_id};
use crate::{Result, kernel::Binds};

impl Tx {
    /// All devices of some clients that the caller sees, the oldest first.
    pub(in crate::inventory::device) async fn devices_of_clients(&mut self, clients: &[ClientId]) -> Result<Vec<StoredDevice>> {
        let mut found = Vec::new();
        for some in clients.chunks(200) {
            let mut binds = Binds::default();
            let places: Vec<_> = some.iter().map(|client| binds.number(client.number())).collect();
            let condition = self.device_condition(true, &mut binds);
            let sql = format!(
                "SELECT t.unique_id, t.client_id, t.details, t.version FROM devices t WHERE t.client_id IN ({}) AND {condition} ORDER BY t.id",
                places.join(", ")
            );
            for row in binds.fetch(self, sql).await? {
                let (client, details) = (ClientId::new(row.try_get("client_id")?), serde_json::from_str(row.try_get("details")?)?);
                found.push(StoredDevice { id: device_id(&row)?, client, details, version: row.try_get("version")? });
            }
        }
        Ok(found)
    }

    /// The given clients that aren't terminated and at which the caller has a permission.
    pub(in crate::inventory::device) async fn clients_by_number(&mut self, permission: Permission, clients: &[ClientId]) -> Result<Vec<ClientId>> {
        let mut found = Vec::new();
        for some in clients.chunks(200) {
            let mut binds = Binds::default();
            let places: Vec<_> = some.iter().map(|client| binds.number(client.number())).collect();
            let rows = self.living_clients(permission, &format!("t.id IN ({})", places.join(", ")), binds).await?;
            found.extend(rows.into_iter().map(|(_, client)| client));
        }
        Ok(found)
    }

    /// As [`Tx::clients_by_number`], by folded names, which several clients can share.
    pub(in crate::inventory::device) async fn clients_by_name(
        &mut self,
        permission: Permission,
        names: &[String],
    ) -> Result<Vec<(String, ClientId)>> {
        let mut found = Vec::new();
        for some in names.chunks(200) {
            let mut binds = Binds::default();
            let places: Vec<_> = some.iter().map(|name| binds.text(&**name)).collect();
            found.extend(self.living_clients(permission, &format!("t.name_key IN ({})", places.join(", ")), binds).await?);
        }
        Ok(found)
    }

    async fn living_clients(&mut self, permission: Permission, condition: &str, mut binds: Binds) -> Result<Vec<(String, ClientId)>> {
        let (partner, seen) = (binds.number(self.partner.number()), self.seen_client(permission, "t.id") + &self.unstaged_client("t.id"));
        let sql = format!(
            "SELECT t.name_key, t.id FROM clients t WHERE t.partner_id = {partner} AND t.status IN ('active', 'suspended') AND {condition}{seen}"
        );
        binds.fetch(self, sql).await?.iter().map(|row| Ok((row.try_get("name_key")?, ClientId::new(row.try_get("id")?)))).collect()
    }
}
