//! Members of device groups with a query. They are stored in the transaction that changes a device or the query, so lists, counts and roles treat
//! them like members added by hand.

use domain::{ClientId, DeviceAttribute, DeviceComparison, DeviceCriteria, DeviceGroupId, PartnerId, Permission};
use sqlx::{Row, any::AnyRow};

use crate::{
    Fault, Result,
    kernel::{Binds, Engine, Tx, connection::Connection, fold::fold, list::like},
};

/// Devices per statement.
const ROWS: usize = 200;

/// A group with a query.
struct GroupWithQuery {
    number: i64,
    partner: PartnerId,
    /// 0 for the partner's own, which may hold devices of any client.
    client: i64,
    query: DeviceCriteria,
}

impl Tx {
    /// Adds devices, by number, to the groups whose queries they match, and removes them from the others that have a query.
    pub(crate) async fn device_memberships_update(&mut self, devices: &[i64]) -> Result<()> {
        let (engine, partner) = (self.engine, self.partner);
        for some in devices.chunks(ROWS) {
            // Another client's groups can't hold these devices, and their number must not slow these writes.
            let of_clients = format!(" AND client_id IN (SELECT 0 UNION SELECT t.client_id FROM devices t WHERE t.id IN ({}))", numbers(some));
            for group in groups_with_query(self.connection(), partner, |_| of_clients).await? {
                group.update_members(self.connection(), engine, some).await?;
            }
        }
        Ok(())
    }

    /// Sets a group's members to the devices that match its query; a group without a query stays unchanged.
    pub(crate) async fn device_group_members_update(&mut self, id: &DeviceGroupId) -> Result<()> {
        let (engine, partner) = (self.engine, self.partner);
        let one = |binds: &mut Binds| format!(" AND unique_id = {}", binds.text(id.as_str()));
        for group in groups_with_query(self.connection(), partner, one).await? {
            group.update_members(self.connection(), engine, &[]).await?;
        }
        Ok(())
    }

    /// Whether the caller sees and manages every device that the query of a group of a client, or of the partner, can match. Roles that list such a
    /// group need it too.
    pub(crate) async fn manages_every_device(&mut self, client: Option<ClientId>) -> Result<bool> {
        Ok(self.sees_every_device(Permission::DeviceView, client).await? && self.sees_every_device(Permission::DeviceManage, client).await?)
    }

    /// How many groups with a query a client has, or the partner itself for `None`.
    pub(super) async fn device_group_queries(&mut self, client: Option<ClientId>) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM device_groups WHERE partner_id = $1 AND client_id = $2 AND search_query <> ''";
        let (partner, client) = (self.partner.number(), client.map_or(0, ClientId::number));
        Ok(sqlx::query_scalar(sql).bind(partner).bind(client).fetch_one(self.connection()).await?)
    }

    /// Whether the caller has a permission for every present and future device of a client, or of all clients for `None`.
    async fn sees_every_device(&mut self, permission: Permission, client: Option<ClientId>) -> Result<bool> {
        let Some(caller) = self.caller.clone() else { return Ok(true) };
        let whole: Vec<_> = caller.granting(permission).filter(|grant| grant.all_devices).collect();
        if whole.iter().any(|grant| grant.all_clients || caller.client.is_some()) {
            return Ok(true);
        }
        let Some(client) = client.filter(|_| !whole.is_empty()) else { return Ok(false) };
        let standing = self.client_standing(&caller, client).await?;
        Ok(whole.iter().any(|grant| standing.listed_by.contains(&grant.number)))
    }
}

/// Recomputes which devices are in each device group of a partner that has a query.
pub(crate) async fn update_device_group_members(connection: &mut Connection, engine: Engine, partner: PartnerId) -> Result<()> {
    for group in groups_with_query(connection, partner, |_| String::new()).await? {
        group.update_members(connection, engine, &[]).await?;
    }
    Ok(())
}

/// A partner's groups with a query, as far as a condition keeps them.
async fn groups_with_query(
    connection: &mut Connection,
    partner: PartnerId,
    condition: impl FnOnce(&mut Binds) -> String,
) -> Result<Vec<GroupWithQuery>> {
    let mut binds = Binds::default();
    let of_partner = binds.number(partner.number());
    let condition = condition(&mut binds);
    let sql = format!("SELECT id, client_id, search_query FROM device_groups WHERE partner_id = {of_partner} AND search_query <> ''{condition}");
    let group = |row: &AnyRow| {
        let query = DeviceCriteria::parse(row.try_get("search_query")?).map_err(|error| Fault::Failed(format!("a group's query: {error}")))?;
        Ok(GroupWithQuery { number: row.try_get("id")?, partner, client: row.try_get("client_id")?, query })
    };
    binds.query(sql).fetch_all(connection).await?.iter().map(group).collect()
}

impl GroupWithQuery {
    /// Updates the group's membership of some devices; of all if `devices` is empty.
    async fn update_members(&self, connection: &mut Connection, engine: Engine, devices: &[i64]) -> Result<()> {
        let mut binds = Binds::default();
        let (number, partner) = (binds.number(self.number), binds.number(self.partner.number()));
        let matches = condition(engine, &self.query, &mut binds);
        let of_client = if self.client == 0 { String::new() } else { format!(" AND t.client_id = {}", self.client) };
        let named = |column: &str| match devices {
            [] => String::new(),
            devices => format!(" AND {column} IN ({})", numbers(devices)),
        };
        let rows = format!("devices t WHERE t.partner_id = {partner}{of_client}{} AND {matches}", named("t.id"));
        let delete = format!(
            "DELETE FROM device_group_devices WHERE device_group_id = {number}{} AND device_id NOT IN (SELECT t.id FROM {rows})",
            named("device_id")
        );
        let insert =
            format!("INSERT INTO device_group_devices (device_group_id, device_id) SELECT {number}, t.id FROM {rows} ON CONFLICT DO NOTHING");
        binds.clone().query(delete).execute(&mut *connection).await?;
        binds.query(insert).execute(connection).await?;
        Ok(())
    }
}

fn numbers(devices: &[i64]) -> String {
    devices.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// The condition that a device `t` matches a query.
fn condition(engine: Engine, query: &DeviceCriteria, binds: &mut Binds) -> String {
    let mut joined = |parts: &[DeviceCriteria], by: &str| {
        let parts: Vec<_> = parts.iter().map(|part| condition(engine, part, binds)).collect();
        format!("({})", parts.join(by))
    };
    match query {
        DeviceCriteria::All(parts) => joined(parts, " AND "),
        DeviceCriteria::Any(parts) => joined(parts, " OR "),
        DeviceCriteria::One(attribute, comparison, value) => {
            let compared = Compared::of(engine, *attribute);
            let Compared { column, .. } = &compared;
            let value = compared.value(value);
            match comparison {
                DeviceComparison::Is => format!("{column} = {}", binds.text(value)),
                DeviceComparison::IsNot => format!("{column} <> {}", binds.text(value)),
                DeviceComparison::Contains => format!("{column} LIKE {} ESCAPE '\\'", binds.text(like("%", &value))),
                DeviceComparison::StartsWith => format!("{column} LIKE {} ESCAPE '\\'", binds.text(like("", &value))),
            }
        }
    }
}

/// A device attribute as SQL compares it; empty if the device has none. Stored folded keys are compared where they exist. Other attributes ignore
/// case in ASCII only, because lower-casing other letters depends on the engine and its locale.
pub(crate) struct Compared {
    pub(crate) column: String,
    is_key: bool,
}

impl Compared {
    pub(crate) fn of(engine: Engine, attribute: DeviceAttribute) -> Self {
        use DeviceAttribute as A;
        let key = |column: &str| Self { column: column.to_owned(), is_key: true };
        let lower = |text: String| Self { column: engine.ascii_lower(&format!("COALESCE({text}, '')")), is_key: false };
        let field = |name: &str| lower(engine.json_field("t.details", name));
        match attribute {
            A::Name => key("t.name_key"),
            A::HostName => key("t.host_key"),
            A::ResourceType => key("t.type_key"),
            A::Id => lower("t.unique_id".to_owned()),
            A::IpAddress => lower("t.ip_address".to_owned()),
            A::State => lower("t.state".to_owned()),
            A::ResourceName => field("resource_name"),
            A::AliasName => field("alias_name"),
            A::DnsName => field("dns_name"),
            A::RecordType => field("record_type"),
            A::DeviceType => field("device_type"),
            A::Make => field("make"),
            A::Model => field("model"),
            A::OsName => field("os_name"),
            A::SerialNumber => field("serial_number"),
            A::AgentInstalled => Self { column: format!("COALESCE({}, 'false')", engine.json_field("t.details", "agent_installed")), is_key: false },
        }
    }

    /// Converts a value to the column's form.
    pub(crate) fn value(&self, text: &str) -> String {
        if self.is_key { fold(text) } else { text.to_ascii_lowercase() }
    }
}
