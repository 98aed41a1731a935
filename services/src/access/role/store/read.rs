//! Reads the lists of a role: all entries, a page, or counts.

use domain::{
    ClientId, ClientReference, ClientStatus, CredentialSetDetails, CredentialSetId, CredentialSetReference, DeviceGroupId, DeviceGroupReference,
    DeviceId, DeviceReference, ListPage, NameQuery, PermissionSetId, PermissionSetReference, Role, RoleCounts, RoleId, RoleList, RoleMember,
    Timestamp, UserGroupId, UserGroupSummary, UserId, UserReference,
};
use serde::de::DeserializeOwned;
use sqlx::{Row, any::AnyRow};

use super::{
    COLUMNS,
    list::{Table, name_of, table},
    summary,
};
use crate::{
    Result,
    inventory::device::search_devices,
    kernel::{Binds, Engine, Tx, list::Listing},
    people::user::search_users,
};

impl Tx {
    /// A visible role with the visible entries of its lists, read as one row.
    pub(in crate::access::role) async fn role_read(&mut self, id: &RoleId) -> Result<Option<Role>> {
        let mut binds = Binds::default();
        let (id, partner) = (binds.text(id.as_str()), binds.number(self.partner.number()));
        let lists = RoleList::ALL.iter().map(|list| format!("({}) AS {}", self.role_gathered(*list, "r.id"), list.key()));
        let (lists, seen) = (lists.collect::<Vec<_>>().join(", "), self.seen_role("r"));
        let sql = format!("SELECT id, {COLUMNS}, {lists} FROM roles r WHERE r.unique_id = {id} AND r.partner_id = {partner}{seen}");
        let rows = binds.fetch(self, sql).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(Some(Role {
            summary: summary(row)?,
            permission_sets: gathered(row, RoleList::PermissionSets, permission_set)?,
            users: gathered(row, RoleList::Users, user)?,
            user_groups: gathered(row, RoleList::UserGroups, user_group)?,
            clients: gathered(row, RoleList::Clients, client)?,
            devices: gathered(row, RoleList::Devices, device)?,
            device_groups: gathered(row, RoleList::DeviceGroups, device_group)?,
            credential_sets: gathered(row, RoleList::CredentialSets, credential_set)?,
        }))
    }

    /// The permission sets of a role, in their order.
    pub(in crate::access::role) async fn role_permission_sets(&mut self, role: i64) -> Result<Vec<PermissionSetReference>> {
        let mut binds = Binds::default();
        let (number, list) = (binds.number(role), RoleList::PermissionSets);
        let sql = format!("SELECT ({}) AS {}", self.role_gathered(list, &number), list.key());
        binds.fetch(self, sql).await?.first().map_or_else(|| Ok(Vec::new()), |row| gathered(row, list, permission_set))
    }

    /// Aggregates the visible entries of a list for [`gathered`]. `role` is a placeholder or column.
    fn role_gathered(&self, list: RoleList, role: &str) -> String {
        let rows = self.engine.json_rows(&columns(self.engine, list));
        // The plus keeps SQLite from using the partner's index, which has far more rows than the role lists.
        format!("SELECT {rows} FROM {} AND +t.partner_id = {}{}", members(list, role), self.partner.number(), self.seen_in(list, "t"))
    }

    /// A page of what a role lists, by name.
    pub(in crate::access::role) async fn role_members(&mut self, role: i64, list: RoleList, query: &NameQuery) -> Result<ListPage<RoleMember>> {
        let mut binds = Binds::default();
        let number = binds.number(role);
        let Table { things, .. } = table(list);
        let condition = format!("t.id IN ({}){}", listed(list, &number), self.seen_in(list, "t"));
        let key = match list {
            RoleList::Users | RoleList::Clients => "''",
            _ => "t.unique_id",
        };
        let detail = match list {
            RoleList::Users => "t.login",
            RoleList::Clients => "t.external_id",
            RoleList::Devices => "t.ip_address",
            _ => "t.description",
        };
        let columns = format!("{key} AS unique_id, {} AS name, {detail} AS detail", name_of(list));
        let listing = Listing::of(&columns, things, "", condition, binds);
        let member = |row: &AnyRow| {
            let number: i64 = row.try_get("id")?;
            let id = match list {
                RoleList::Users => UserId::new(number).to_string(),
                RoleList::Clients => ClientId::new(number).to_string(),
                _ => row.try_get("unique_id")?,
            };
            Ok(RoleMember { id, name: row.try_get("name")?, detail: row.try_get("detail")? })
        };
        let listing = match list {
            RoleList::Users => search_users(listing, &query.search),
            RoleList::Devices => search_devices(listing, &query.search),
            _ => listing.search("t.name_key", &query.search),
        };
        listing.page(self, query, member).await
    }

    /// Counts the visible entries of each list, and the visible API keys that have the role.
    pub(in crate::access::role) async fn role_counts(&mut self, role: i64) -> Result<RoleCounts> {
        let mut binds = Binds::default();
        let number = binds.number(role);
        let counts = RoleList::ALL.iter().map(|list| {
            let Table { things, .. } = table(*list);
            format!("(SELECT COUNT(*) FROM {things} t WHERE t.id IN ({}){}) AS {}", listed(*list, &number), self.seen_in(*list, "t"), list.key())
        });
        let keys = format!(
            "(SELECT COUNT(*) FROM role_users j JOIN users t ON t.id = j.user_id WHERE j.role_id = {number} AND t.kind = 'key' AND {}) AS keys",
            self.seen_key("t")
        );
        let sql = format!("SELECT {}", counts.chain([keys]).collect::<Vec<_>>().join(", "));
        let rows = binds.fetch(self, sql).await?;
        let Some(row) = rows.first() else { return Ok(RoleCounts::default()) };
        let count = |column| row.try_get::<i64, _>(column).map(|count| u64::try_from(count).unwrap_or_default());
        Ok(RoleCounts {
            users: count("users")?,
            user_groups: count("user_groups")?,
            clients: count("clients")?,
            devices: count("devices")?,
            device_groups: count("device_groups")?,
            credential_sets: count("credential_sets")?,
            keys: count("keys")?,
        })
    }
}

/// Selects the ids of a list; `role` is a placeholder. A client's own role lists that client without a row.
fn listed(list: RoleList, role: &str) -> String {
    let Table { join, column, .. } = table(list);
    let own = if list == RoleList::Clients {
        format!(" UNION ALL SELECT own.client_id FROM roles own WHERE own.id = {role} AND own.client_id <> 0")
    } else {
        String::new()
    };
    format!("SELECT listing.{column} FROM {join} listing WHERE listing.role_id = {role}{own}")
}

/// `FROM … WHERE …` of a list's entries.
fn members(list: RoleList, role: &str) -> String {
    let Table { join, column, things } = table(list);
    match list {
        // CROSS JOIN fixes SQLite's loop order.
        RoleList::Clients => format!("({}) AS j CROSS JOIN clients t WHERE t.id = j.client_id", listed(list, role)),
        _ => format!("{join} j JOIN {things} t ON t.id = j.{column} WHERE j.role_id = {role}"),
    }
}

/// The columns of a list's entries: the sort key, then what the functions below expect.
fn columns(engine: Engine, list: RoleList) -> String {
    let detail = |field| engine.json_field("t.details", field);
    let columns = match list {
        RoleList::PermissionSets | RoleList::UserGroups => "t.unique_id, t.name, t.description".to_owned(),
        RoleList::Users => format!("t.login, t.first_name, t.last_name, t.email, {}", detail("phone")),
        RoleList::Clients => "t.name, t.status".to_owned(),
        RoleList::Devices => {
            let (alias_name, resource_name) = (detail("alias_name"), detail("resource_name"));
            format!("t.unique_id, t.client_id, t.name, t.host_name, t.ip_address, {alias_name}, {resource_name}, t.resource_type")
        }
        RoleList::DeviceGroups => "t.unique_id, t.name, t.description, t.created, t.updated".to_owned(),
        RoleList::CredentialSets => "t.unique_id, t.name, t.description, t.credential_type, t.details".to_owned(),
    };
    let order = if list == RoleList::PermissionSets { "j.position" } else { "t.name_key" };
    format!("{order}, t.id, {columns}")
}

/// Parses the aggregated entries of a list, sorted by their first column.
fn gathered<R: DeserializeOwned + Ord, T>(row: &AnyRow, list: RoleList, thing: impl Fn(R) -> Result<T>) -> Result<Vec<T>> {
    let Some(text) = row.try_get::<Option<&str>, _>(list.key())? else { return Ok(Vec::new()) };
    let mut rows: Vec<R> = serde_json::from_str(text)?;
    rows.sort_unstable();
    rows.into_iter().map(thing).collect()
}

fn permission_set((_, number, id, name, description): (i64, i64, PermissionSetId, String, String)) -> Result<PermissionSetReference> {
    Ok(PermissionSetReference { id, number, name, description })
}

type UserColumns = (String, i64, String, String, String, String, Option<String>);

fn user((_, number, login, first_name, last_name, email, phone): UserColumns) -> Result<UserReference> {
    Ok(UserReference { id: UserId::new(number), login, first_name, last_name, email, phone: phone.unwrap_or_default() })
}

fn user_group((_, number, id, name, description): (String, i64, UserGroupId, String, String)) -> Result<UserGroupSummary> {
    Ok(UserGroupSummary { id, number, name, description })
}

fn client((_, number, name, status): (String, i64, String, String)) -> Result<ClientReference> {
    Ok(ClientReference { id: ClientId::new(number), name, active: status == ClientStatus::Active.key() })
}

type DeviceColumns = (String, i64, DeviceId, i64, String, String, String, Option<String>, Option<String>, String);

fn device((_, _, id, client, name, host_name, ip_address, alias_name, resource_name, resource_type): DeviceColumns) -> Result<DeviceReference> {
    let (client, alias_name, resource_name) = (ClientId::new(client), alias_name.unwrap_or_default(), resource_name.unwrap_or_default());
    Ok(DeviceReference { id, client, name, host_name, ip_address, alias_name, resource_name, resource_type })
}

fn device_group(
    (_, _, id, name, description, created, updated): (String, i64, DeviceGroupId, String, String, i64, i64),
) -> Result<DeviceGroupReference> {
    Ok(DeviceGroupReference { id, name, description, created: Timestamp::from_millis(created), updated: Timestamp::from_millis(updated) })
}

type CredentialSetColumns = (String, i64, CredentialSetId, String, String, String, String);

fn credential_set((_, _, id, name, description, credential_type, fields): CredentialSetColumns) -> Result<CredentialSetReference> {
    let fields = serde_json::from_str(&fields)?;
    Ok(CredentialSetReference { id, details: CredentialSetDetails { name, description, credential_type, fields } })
}
