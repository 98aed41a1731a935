//! Device groups with a query. Their members are updated in the transaction that changes a device or the query, so lists, counts and roles treat
//! them like members added by hand.

use domain::{ClientId, DeviceAttribute, DeviceComparison, DeviceGroupId, DeviceQuery, Permission};
use sqlx::Row;

use super::{Engine, Tx, client_search::like, statement::Binds};
use crate::{Fault, Result};

/// Devices per statement.
const ROWS: usize = 200;

/// A group with a query.
struct Fitting {
    number: i64,
    /// 0 for the partner's own, which may hold devices of any client.
    client: i64,
    query: DeviceQuery,
}

impl Tx {
    /// Adds devices, by number, to the groups whose queries they match, and removes them from the others that have a query.
    pub(super) async fn devices_refit(&mut self, devices: &[i64]) -> Result<()> {
        for group in self.fitting("").await? {
            for some in devices.chunks(ROWS) {
                self.refit(&group, some).await?;
            }
        }
        Ok(())
    }

    /// Sets a group's members to the devices that match its query; a group without a query stays unchanged.
    pub(crate) async fn device_group_refit(&mut self, id: &DeviceGroupId) -> Result<()> {
        for group in self.fitting(id.as_str()).await? {
            self.refit(&group, &[]).await?;
        }
        Ok(())
    }

    /// Whether the caller has a permission for every present and future device of a client, or of all clients for `None`.
    pub(crate) async fn sees_every_device(&mut self, permission: Permission, client: Option<ClientId>) -> Result<bool> {
        let Some(caller) = self.caller.clone() else { return Ok(true) };
        let whole: Vec<_> = caller.granting(permission).filter(|grant| grant.all_devices).collect();
        if whole.iter().any(|grant| grant.all_clients || caller.client.is_some()) {
            return Ok(true);
        }
        let Some(client) = client.filter(|_| !whole.is_empty()) else { return Ok(false) };
        let standing = self.client_standing(&caller, client).await?;
        Ok(whole.iter().any(|grant| standing.listed_by.contains(&grant.number)))
    }

    /// The partner's groups with a query; only the one with `id`, unless it is empty.
    async fn fitting(&mut self, id: &str) -> Result<Vec<Fitting>> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let one = if id.is_empty() { String::new() } else { format!(" AND unique_id = {}", binds.text(id)) };
        let sql = format!("SELECT id, client_id, search_query FROM device_groups WHERE partner_id = {partner} AND search_query <> ''{one}");
        let group = |row: &sqlx::any::AnyRow| {
            let query = DeviceQuery::parse(row.try_get("search_query")?).map_err(|error| Fault::Failed(format!("a group's query: {error}")))?;
            Ok(Fitting { number: row.try_get("id")?, client: row.try_get("client_id")?, query })
        };
        binds.fetch(self, sql).await?.iter().map(group).collect()
    }

    /// Updates a group's membership of some devices; of all if `devices` is empty.
    async fn refit(&mut self, group: &Fitting, devices: &[i64]) -> Result<()> {
        let mut binds = Binds::default();
        let (number, partner) = (binds.number(group.number), binds.number(self.partner.number()));
        let fits = condition(self.engine, &group.query, &mut binds);
        let of_client = if group.client == 0 { String::new() } else { format!(" AND t.client_id = {}", group.client) };
        let named = |column: &str| match devices {
            [] => String::new(),
            devices => format!(" AND {column} IN ({})", devices.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")),
        };
        let rows = format!("devices t WHERE t.partner_id = {partner}{of_client}{} AND {fits}", named("t.id"));
        let go = format!(
            "DELETE FROM device_group_devices WHERE device_group_id = {number}{} AND device_id NOT IN (SELECT t.id FROM {rows})",
            named("device_id")
        );
        let come = format!("INSERT INTO device_group_devices (device_group_id, device_id) SELECT {number}, t.id FROM {rows} ON CONFLICT DO NOTHING");
        binds.clone().execute(self, go).await?;
        binds.execute(self, come).await
    }
}

/// The condition that a device `t` matches a query.
fn condition(engine: Engine, query: &DeviceQuery, binds: &mut Binds) -> String {
    let mut joined = |parts: &[DeviceQuery], by: &str| {
        let parts: Vec<_> = parts.iter().map(|part| condition(engine, part, binds)).collect();
        format!("({})", parts.join(by))
    };
    match query {
        DeviceQuery::All(parts) => joined(parts, " AND "),
        DeviceQuery::Any(parts) => joined(parts, " OR "),
        DeviceQuery::One(attribute, comparison, value) => {
            let column = attribute_of(engine, *attribute);
            match comparison {
                DeviceComparison::Is => format!("{column} = LOWER({})", binds.text(value.as_str())),
                DeviceComparison::IsNot => format!("{column} <> LOWER({})", binds.text(value.as_str())),
                DeviceComparison::Contains => format!("{column} LIKE LOWER({}) ESCAPE '\\'", binds.text(like("%", value))),
                DeviceComparison::StartsWith => format!("{column} LIKE LOWER({}) ESCAPE '\\'", binds.text(like("", value))),
            }
        }
    }
}

/// An attribute of a device `t` in lower case; empty if it has none.
pub(super) fn attribute_of(engine: Engine, attribute: DeviceAttribute) -> String {
    use DeviceAttribute as A;
    let field = |name: &str| engine.json_field("t.details", name);
    let text = match attribute {
        A::Id => "t.unique_id".to_owned(),
        A::Name => "t.name".to_owned(),
        A::HostName => "t.host_name".to_owned(),
        A::IpAddress => "t.ip_address".to_owned(),
        A::ResourceType => "t.resource_type".to_owned(),
        A::State => "t.state".to_owned(),
        A::ResourceName => field("resource_name"),
        A::AliasName => field("alias_name"),
        A::DnsName => field("dns_name"),
        A::RecordType => field("record_type"),
        A::DeviceType => field("device_type"),
        A::Make => field("make"),
        A::Model => field("model"),
        A::OsName => field("os_name"),
        A::SerialNumber => field("serial_number"),
        A::AgentInstalled => return format!("COALESCE({}, 'false')", field("agent_installed")),
    };
    format!("LOWER(COALESCE({text}, ''))")
}
