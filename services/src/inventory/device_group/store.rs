//! Device groups.

use domain::{
    ClientId, Device, DeviceGroup, DeviceGroupDetails, DeviceGroupId, DeviceGroupQuery, DeviceGroupSummary, DeviceRow, InventoryUsage, ListPage,
    NameQuery, OfClient, Permission, Slice, Sliced, Timestamp, Total,
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Fault, Result,
    kernel::{
        Binds, Tx,
        authz::Owned,
        fold::fold,
        list::Listing,
        row::{owner, usage},
    },
};

const JOINS: &str = "LEFT JOIN clients c ON c.id = t.client_id";

/// The most devices of a group that lists count.
const COUNTED: u64 = 1000;

/// Rows per statement.
const ROWS: usize = 200;

impl Owned for DeviceGroup {
    fn owner(&self) -> Option<ClientId> {
        self.client.as_ref().map(|client| client.id)
    }
}

/// A device group to be written.
pub(crate) struct NewDeviceGroup {
    pub(crate) number: i64,
    pub(crate) id: DeviceGroupId,
    /// None for the partner's own.
    pub(crate) client: Option<ClientId>,
    pub(crate) details: DeviceGroupDetails,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
}

impl Tx {
    /// `… AND …` that a device group is one that the caller sees.
    fn device_group_condition(&self, binds: &mut Binds) -> String {
        let partner = binds.number(self.partner.number());
        format!("t.partner_id = {partner}{}", self.seen_owner(Permission::DeviceView, "t.client_id"))
    }

    /// The columns of a group, with a count of the devices that the caller sees.
    fn device_group_columns(&self, counted: Option<u64>) -> String {
        let limit = counted.map(|counted| format!(" LIMIT {}", counted + 1)).unwrap_or_default();
        let seen = self.seen_device(Permission::DeviceView, "d");
        // If all devices are visible, members are counted without reading the devices.
        let devices = if seen.is_empty() { "" } else { " JOIN devices d ON d.id = m.device_id" };
        format!(
            "t.unique_id, t.client_id, c.name AS client_name, t.name, t.description, t.parent, t.criteria_id, t.search_query, t.created, t.updated, t.version, \
             (SELECT COUNT(*) FROM (SELECT m.device_id FROM device_group_devices m{devices} WHERE m.device_group_id = t.id{seen}{limit}) AS members) \
             AS devices"
        )
    }

    /// A page of the device groups that the caller sees.
    pub(super) async fn device_group_list(&mut self, query: &DeviceGroupQuery) -> Result<ListPage<DeviceGroup>> {
        let columns = self.device_group_columns(Some(COUNTED));
        self.device_groups_listed(&columns, query).page(self, query, group).await
    }

    /// How many device groups of a client the caller sees. For the client's page.
    pub(crate) async fn device_group_total(&mut self, client: ClientId) -> Result<Total> {
        let query = DeviceGroupQuery::filtered(OfClient::of(client));
        self.device_groups_listed("", &query).total(self).await
    }

    /// The device groups of a view.
    fn device_groups_listed<'a>(&self, columns: &'a str, query: &DeviceGroupQuery) -> Listing<'a> {
        let mut binds = Binds::default();
        let condition = self.device_group_condition(&mut binds);
        let listing = Listing::of(columns, "device_groups", JOINS, condition, binds).of_client(query.filter.client);
        listing.search_names(self, &query.search, query.filter.client)
    }

    /// The device groups that the caller sees and whose names have a text.
    pub(super) async fn device_group_search(&mut self, name: &str, slice: Slice) -> Result<Sliced<DeviceGroup>> {
        let (columns, mut binds) = (self.device_group_columns(Some(COUNTED)), Binds::default());
        let condition = self.device_group_condition(&mut binds);
        Listing::of(&columns, "device_groups", JOINS, condition, binds).search("t.name_key", name).slice(self, slice, group).await
    }

    /// Id and name of every device group that the caller sees.
    pub(super) async fn device_group_names(&mut self) -> Result<Vec<DeviceGroupSummary>> {
        let mut binds = Binds::default();
        let condition = self.device_group_condition(&mut binds);
        let listing = Listing::of("t.unique_id, t.name", "device_groups", "", condition, binds);
        listing.all(self, |row| Ok(DeviceGroupSummary { id: group_id(row)?, name: row.try_get("name")? })).await
    }

    /// A device group that the caller sees.
    pub(super) async fn device_group_get(&mut self, id: &DeviceGroupId) -> Result<Option<DeviceGroup>> {
        let (columns, mut binds) = (self.device_group_columns(None), Binds::default());
        let id = binds.text(id.as_str());
        let condition = self.device_group_condition(&mut binds);
        let rows = binds.fetch(self, format!("SELECT {columns} FROM device_groups t {JOINS} WHERE t.unique_id = {id} AND {condition}")).await?;
        // A single group is counted completely.
        rows.first().map(|row| Ok(DeviceGroup { devices: Total::Exactly(devices(row)?), ..group(row)? })).transpose()
    }

    async fn device_group_number(&mut self, id: &DeviceGroupId) -> Result<i64> {
        let sql = "SELECT id FROM device_groups WHERE unique_id = $1 AND partner_id = $2";
        Ok(sqlx::query_scalar(sql).bind(id.as_str()).bind(self.partner.number()).fetch_one(self.connection()).await?)
    }

    /// A page of a group's devices that the caller sees.
    pub(super) async fn device_group_devices(&mut self, id: &DeviceGroupId, query: &NameQuery) -> Result<ListPage<DeviceRow>> {
        let group = self.device_group_number(id).await?;
        self.device_member_list(group, query).await
    }

    /// As [`Tx::device_group_devices`], by position.
    pub(super) async fn device_group_devices_search(&mut self, id: &DeviceGroupId, slice: Slice) -> Result<Sliced<Device>> {
        let group = self.device_group_number(id).await?;
        self.device_member_search(group, slice).await
    }

    /// Inserts a device group. The seeds use it too.
    pub(crate) async fn device_group_insert(&mut self, group: &NewDeviceGroup) -> Result<()> {
        let sql = "INSERT INTO device_groups (id, unique_id, partner_id, client_id, name, name_key, description, created, created_by, updated, \
                   updated_by, version, parent, criteria_id, search_query) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, 1, $11, $12, $13)";
        sqlx::query(sql)
            .bind(group.number)
            .bind(group.id.as_str())
            .bind(self.partner.number())
            .bind(group.client.map_or(0, ClientId::number))
            .bind(&group.details.name)
            .bind(fold(&group.details.name))
            .bind(&group.details.description)
            .bind(group.created.millis())
            .bind(self.caller.as_ref().map(|caller| caller.user.id.number()))
            .bind(group.updated.millis())
            .bind(&group.details.parent)
            .bind(group.details.criteria_id)
            .bind(&group.details.search_query)
            .execute(self.connection())
            .await?;
        self.device_group_members_update(&group.id).await
    }

    /// Updates a group; false if the version is stale. A change of its members raises the version too.
    pub(crate) async fn device_group_update(&mut self, id: &DeviceGroupId, version: i64, details: &DeviceGroupDetails) -> Result<bool> {
        let sql = "UPDATE device_groups SET name = $1, name_key = $2, description = $3, updated = $4, updated_by = $5, parent = $6, criteria_id = $7, \
                   search_query = $8, version = version + 1 WHERE unique_id = $9 AND partner_id = $10 AND version = $11";
        let done = sqlx::query(sql)
            .bind(&details.name)
            .bind(fold(&details.name))
            .bind(&details.description)
            .bind(self.now.millis())
            .bind(self.caller.as_ref().map(|caller| caller.user.id.number()))
            .bind(&details.parent)
            .bind(details.criteria_id)
            .bind(&details.search_query)
            .bind(id.as_str())
            .bind(self.partner.number())
            .bind(version)
            .execute(self.connection())
            .await?;
        self.device_group_members_update(id).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Adds devices, by number, to a group; members stay. The seeds use it too.
    pub(crate) async fn device_group_devices_insert(&mut self, id: &DeviceGroupId, devices: &[i64]) -> Result<()> {
        let group = self.device_group_number(id).await?;
        for some in devices.chunks(ROWS) {
            let mut binds = Binds::default();
            let group = binds.number(group);
            let rows: Vec<_> = some.iter().map(|device| format!("({group}, {})", binds.number(*device))).collect();
            let sql = "INSERT INTO device_group_devices (device_group_id, device_id) VALUES ";
            binds.execute(self, format!("{sql}{} ON CONFLICT DO NOTHING", rows.join(", "))).await?;
        }
        Ok(())
    }

    /// Removes devices, by number, from a group.
    pub(super) async fn device_group_devices_delete(&mut self, id: &DeviceGroupId, devices: &[i64]) -> Result<()> {
        let group = self.device_group_number(id).await?;
        for some in devices.chunks(ROWS) {
            let mut binds = Binds::default();
            let group = binds.number(group);
            let places: Vec<_> = some.iter().map(|device| binds.number(*device)).collect();
            let sql = format!("DELETE FROM device_group_devices WHERE device_group_id = {group} AND device_id IN ({})", places.join(", "));
            binds.execute(self, sql).await?;
        }
        Ok(())
    }

    /// Whether a group has a device that the caller can't change.
    pub(super) async fn device_group_has_unchangeable(&mut self, id: &DeviceGroupId) -> Result<bool> {
        let (mut binds, changed) = (Binds::default(), self.seen_device(Permission::DeviceManage, "d"));
        if changed.is_empty() {
            return Ok(false);
        }
        let group = binds.number(self.device_group_number(id).await?);
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM device_group_devices gd JOIN devices d ON d.id = gd.device_id \
             WHERE gd.device_group_id = {group} AND NOT (1 = 1{changed}) LIMIT 1) AS unchangeable"
        );
        Ok(binds.fetch_number(self, sql).await? > 0)
    }

    /// The numbers of the roles that list a group, whether or not the caller sees them.
    pub(super) async fn device_group_roles(&mut self, id: &DeviceGroupId) -> Result<Vec<i64>> {
        let group = self.device_group_number(id).await?;
        let sql = "SELECT role_id FROM role_device_groups WHERE device_group_id = $1 ORDER BY role_id";
        Ok(sqlx::query_scalar(sql).bind(group).fetch_all(self.connection()).await?)
    }

    /// Deletes a group and removes it from every role. Its devices stay.
    pub(super) async fn device_group_delete(&mut self, id: &DeviceGroupId) -> Result<()> {
        for sql in [
            "DELETE FROM role_device_groups WHERE device_group_id = (SELECT g.id FROM device_groups g WHERE g.unique_id = $1 AND g.partner_id = $2)",
            "DELETE FROM device_group_devices WHERE device_group_id = (SELECT g.id FROM device_groups g WHERE g.unique_id = $1 AND g.partner_id = $2)",
            "DELETE FROM device_groups WHERE unique_id = $1 AND partner_id = $2",
        ] {
            sqlx::query(sql).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// A group's members and where it is used, as far as the caller sees them.
    pub(super) async fn device_group_usage(&mut self, id: &DeviceGroupId) -> Result<InventoryUsage> {
        let (role, device) = (self.seen_role("r"), self.seen_device(Permission::DeviceView, "d"));
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM role_device_groups rg JOIN roles r ON r.id = rg.role_id WHERE rg.device_group_id = t.id{role}) AS roles, \
             0 AS device_groups, (SELECT COUNT(*) FROM device_group_devices gd JOIN devices d ON d.id = gd.device_id \
             WHERE gd.device_group_id = t.id{device}) AS devices FROM device_groups t WHERE t.unique_id = $1 AND t.partner_id = $2"
        );
        usage(&sqlx::query(AssertSqlSafe(sql)).bind(id.as_str()).bind(self.partner.number()).fetch_one(self.connection()).await?)
    }
}

fn devices(row: &AnyRow) -> Result<u64> {
    Ok(u64::try_from(row.try_get::<i64, _>("devices")?).unwrap_or_default())
}

fn group_id(row: &AnyRow) -> Result<DeviceGroupId> {
    row.try_get::<String, _>("unique_id")?.parse().map_err(|_| Fault::Failed("a device group's id is wrong".to_owned()))
}

fn group(row: &AnyRow) -> Result<DeviceGroup> {
    let devices = devices(row)?;
    Ok(DeviceGroup {
        id: group_id(row)?,
        client: owner(row)?,
        details: DeviceGroupDetails {
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            parent: row.try_get("parent")?,
            criteria_id: row.try_get("criteria_id")?,
            search_query: row.try_get("search_query")?,
        },
        devices: if devices > COUNTED { Total::MoreThan(COUNTED) } else { Total::Exactly(devices) },
        created: Timestamp::from_millis(row.try_get("created")?),
        updated: Timestamp::from_millis(row.try_get("updated")?),
        version: row.try_get("version")?,
    })
}
