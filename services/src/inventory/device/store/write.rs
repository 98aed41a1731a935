//! Writing devices.

use domain::{ClientId, DeviceDetails, DeviceId, DeviceKind, Timestamp};
use sqlx::Row;

use super::search_key;
use crate::{
    Result,
    kernel::{Binds, Tx, fold::fold, row_count::Counted},
};

/// Rows per statement. SQLite looks placeholders up one by one, so more would be slower.
const ROWS: usize = 40;

/// A device to be written.
pub(crate) struct NewDevice {
    pub(crate) number: i64,
    pub(crate) id: DeviceId,
    pub(crate) client: ClientId,
    pub(crate) details: DeviceDetails,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
}

impl Tx {
    /// Inserts devices. The seeds use it too.
    pub(crate) async fn devices_insert(&mut self, devices: &[NewDevice]) -> Result<()> {
        let by = self.caller.as_ref().map_or_else(|| "NULL".to_owned(), |caller| caller.user.id.number().to_string());
        for some in devices.chunks(ROWS) {
            let (mut rows, mut binds) = (Vec::new(), Binds::default());
            let partner = binds.number(self.partner.number());
            for NewDevice { number, id, client, details, created, updated } in some {
                let row = [
                    binds.number(*number),
                    binds.text(id.as_str()),
                    partner.clone(),
                    binds.number(client.number()),
                    binds.text(details.title()),
                    binds.text(fold(details.title())),
                    binds.text(search_key(details)),
                    binds.text(DeviceKind::of(&details.resource_type).key()),
                    binds.text(&*details.resource_type),
                    binds.text(fold(&details.resource_type)),
                    binds.text(details.state.key()),
                    binds.text(&*details.host_name),
                    binds.text(fold(&details.host_name)),
                    binds.text(&*details.ip_address),
                    binds.text(serde_json::to_string(details)?),
                    binds.number(created.millis()),
                    by.clone(),
                    binds.number(updated.millis()),
                    by.clone(),
                ];
                rows.push(format!("({}, 1)", row.join(", ")));
            }
            let sql = "INSERT INTO devices (id, unique_id, partner_id, client_id, name, name_key, search_key, kind, resource_type, type_key, state, host_name, \
                       host_key, ip_address, details, created, created_by, updated, updated_by, version) VALUES ";
            binds.execute(self, format!("{sql}{}", rows.join(", "))).await?;
        }
        for kind in DeviceKind::ALL {
            let count = devices.iter().filter(|device| DeviceKind::of(&device.details.resource_type) == *kind).count();
            self.row_count_add(Counted::Devices(*kind), i64::try_from(count).unwrap_or_default()).await?;
        }
        let numbers: Vec<_> = devices.iter().map(|device| device.number).collect();
        self.device_memberships_update(&numbers).await
    }

    /// How many of some devices are of each kind. For who deletes them, too.
    pub(crate) async fn devices_counted(&mut self, ids: &[i64]) -> Result<Vec<(DeviceKind, i64)>> {
        let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT d.kind, COUNT(*) AS number FROM devices d WHERE d.id IN ({ids}) GROUP BY d.kind");
        let rows = Binds::default().fetch(self, sql).await?;
        rows.iter().map(|row| Ok((super::kind(row)?, row.try_get("number")?))).collect()
    }

    /// Updates a device; false if the version is stale.
    pub(in crate::inventory::device) async fn device_update(
        &mut self,
        id: &DeviceId,
        version: i64,
        changed: (&DeviceDetails, &DeviceDetails),
    ) -> Result<bool> {
        let Some(number) = self.device_write(id, version, changed).await? else { return Ok(false) };
        self.device_memberships_update(&[number]).await?;
        Ok(true)
    }

    /// As [`Tx::device_update`], from the details before to those after, but without updating groups with a query: the caller must pass the returned number to
    /// [`Tx::device_memberships_update`].
    pub(in crate::inventory::device) async fn device_write(
        &mut self,
        id: &DeviceId,
        version: i64,
        (before, details): (&DeviceDetails, &DeviceDetails),
    ) -> Result<Option<i64>> {
        let sql = "UPDATE devices SET name = $1, name_key = $2, search_key = $3, kind = $4, resource_type = $5, type_key = $6, state = $7, \
                   host_name = $8, host_key = $9, ip_address = $10, details = $11, updated = $12, updated_by = $13, version = version + 1 \
                   WHERE unique_id = $14 AND partner_id = $15 AND version = $16 RETURNING id";
        let number = sqlx::query_scalar(sql)
            .bind(details.title())
            .bind(fold(details.title()))
            .bind(search_key(details))
            .bind(DeviceKind::of(&details.resource_type).key())
            .bind(&details.resource_type)
            .bind(fold(&details.resource_type))
            .bind(details.state.key())
            .bind(&details.host_name)
            .bind(fold(&details.host_name))
            .bind(&details.ip_address)
            .bind(serde_json::to_string(details)?)
            .bind(self.now.millis())
            .bind(self.caller.as_ref().map(|caller| caller.user.id.number()))
            .bind(id.as_str())
            .bind(self.partner.number())
            .bind(version)
            .fetch_optional(self.connection())
            .await?;
        let (was, is) = (DeviceKind::of(&before.resource_type), DeviceKind::of(&details.resource_type));
        if number.is_some() && was != is {
            self.row_count_add(Counted::Devices(was), -1).await?;
            self.row_count_add(Counted::Devices(is), 1).await?;
        }
        Ok(number)
    }

    /// Deletes a device and removes it from every role and group.
    pub(in crate::inventory::device) async fn device_delete(&mut self, id: &DeviceId, kind: DeviceKind) -> Result<()> {
        let mut deleted = 0;
        for sql in [
            "DELETE FROM role_devices WHERE device_id = (SELECT d.id FROM devices d WHERE d.unique_id = $1 AND d.partner_id = $2)",
            "DELETE FROM device_group_devices WHERE device_id = (SELECT d.id FROM devices d WHERE d.unique_id = $1 AND d.partner_id = $2)",
            "DELETE FROM devices WHERE unique_id = $1 AND partner_id = $2",
        ] {
            deleted = sqlx::query(sql).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?.rows_affected();
        }
        // The last statement deleted the device itself.
        self.row_count_add(Counted::Devices(kind), -i64::try_from(deleted).unwrap_or_default()).await
    }
}
