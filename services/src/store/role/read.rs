//! What a role lists, as people read it: all of it, a page of it, or how much it is.

use domain::{
    ClientId, ClientReference, ClientStatus, CredentialSetDetails, CredentialSetReference, DeviceDetails, DeviceGroupReference, DeviceReference,
    ListPage, ListQuery, PermissionSetReference, Role, RoleCounts, RoleList, RoleMember, RoleSummary, Timestamp, UserGroupSummary, UserId,
    UserReference,
};
use sqlx::{Row, any::AnyRow};

use super::{
    super::{Tx, listing::Listing, statement::Binds},
    id,
    list::{Table, name_of, table},
};
use crate::Result;

impl Tx {
    /// A role with all that it lists, of which the caller sees what it sees: one statement for all lists.
    pub(crate) async fn role_read(&mut self, summary: RoleSummary) -> Result<Role> {
        let mut binds = Binds::default();
        let (number, partner) = (binds.number(summary.number), binds.number(self.partner.number()));
        let parts = RoleList::ALL.iter().enumerate().map(|(at, list)| {
            let (columns, position) = (columns(*list), if *list == RoleList::PermissionSets { "j.position" } else { "0" });
            let order = if *list == RoleList::PermissionSets { "''" } else { "t.name_key" };
            // The plus keeps SQLite from walking all of the partner's things for the few that a role lists.
            format!(
                "SELECT {at} AS list, {position} AS position, {order} AS name_order, t.id, {columns} FROM {} AND +t.partner_id = {partner}{}",
                members(*list, &number),
                self.seen_in(*list, "t")
            )
        });
        let sql = format!("{} ORDER BY 1, 2, 3, 4", parts.collect::<Vec<_>>().join(" UNION ALL "));
        let (permission_sets, users, user_groups, clients) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (devices, device_groups, credential_sets) = (Vec::new(), Vec::new(), Vec::new());
        let mut role = Role { summary, permission_sets, users, user_groups, clients, devices, device_groups, credential_sets };
        for row in &binds.fetch(self, sql).await? {
            let list: i64 = row.try_get("list")?;
            match usize::try_from(list).ok().and_then(|at| RoleList::ALL.get(at)) {
                Some(RoleList::PermissionSets) => role.permission_sets.push(permission_set(row)?),
                Some(RoleList::Users) => role.users.push(user(row)?),
                Some(RoleList::UserGroups) => role.user_groups.push(user_group(row)?),
                Some(RoleList::Clients) => role.clients.push(client(row)?),
                Some(RoleList::Devices) => role.devices.push(device(row)?),
                Some(RoleList::DeviceGroups) => role.device_groups.push(device_group(row)?),
                Some(RoleList::CredentialSets) => role.credential_sets.push(credential_set(row)?),
                None => {}
            }
        }
        Ok(role)
    }

    /// The permission sets of a role, in their order.
    pub(crate) async fn role_permission_sets(&mut self, role: i64) -> Result<Vec<PermissionSetReference>> {
        let mut binds = Binds::default();
        let (number, list) = (binds.number(role), RoleList::PermissionSets);
        let sql = format!("SELECT t.id, {} FROM {}{} ORDER BY j.position, t.id", columns(list), members(list, &number), self.seen_in(list, "t"));
        binds.fetch(self, sql).await?.iter().map(permission_set).collect()
    }

    /// A page of what a role lists, by name.
    pub(crate) async fn role_members(&mut self, role: i64, list: RoleList, query: &ListQuery) -> Result<ListPage<RoleMember>> {
        let mut binds = Binds::default();
        let number = binds.number(role);
        let Table { things, .. } = table(list);
        let condition = format!("t.id IN ({}){}", listed(list, &number), self.seen_in(list, "t"));
        let key = match list {
            RoleList::Users | RoleList::Clients => "''",
            _ => "t.unique_id",
        };
        let (detail, search) = match list {
            RoleList::Users => ("t.login", "t.search_key"),
            RoleList::Clients => ("t.external_id", "t.name_key"),
            RoleList::Devices => ("t.ip_address", "t.search_key"),
            _ => ("t.description", "t.name_key"),
        };
        let columns = format!("{key} AS unique_id, {} AS name, {detail} AS detail", name_of(list));
        let from = format!("{things} t");
        let listing = Listing { columns: &columns, from: &from, condition, binds };
        let member = |row: &AnyRow| {
            let number: i64 = row.try_get("id")?;
            let id = match list {
                RoleList::Users => UserId::new(number).to_string(),
                RoleList::Clients => ClientId::new(number).to_string(),
                _ => row.try_get("unique_id")?,
            };
            Ok(RoleMember { id, name: row.try_get("name")?, detail: row.try_get("detail")? })
        };
        listing.search(search, &query.search).page(self, query, member).await
    }

    /// How much a role lists, and how many keys act with it.
    pub(crate) async fn role_counts(&mut self, role: i64) -> Result<RoleCounts> {
        let mut binds = Binds::default();
        let number = binds.number(role);
        let counts = RoleList::ALL.iter().map(|list| {
            let Table { things, .. } = table(*list);
            format!("(SELECT COUNT(*) FROM {things} t WHERE t.id IN ({}){}) AS {}", listed(*list, &number), self.seen_in(*list, "t"), list.key())
        });
        let keys =
            format!("(SELECT COUNT(*) FROM role_users j JOIN users t ON t.id = j.user_id WHERE j.role_id = {number} AND t.kind = 'key') AS keys");
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

/// The ids of what a role, at a place of the statement, lists. A client's own role is for that client, and lists it without a row.
fn listed(list: RoleList, role: &str) -> String {
    let Table { join, column, .. } = table(list);
    let own = if list == RoleList::Clients {
        format!(" UNION ALL SELECT client_id FROM roles WHERE id = {role} AND client_id <> 0")
    } else {
        String::new()
    };
    format!("SELECT {column} FROM {join} WHERE role_id = {role}{own}")
}

/// `… WHERE …` of what a role lists.
fn members(list: RoleList, role: &str) -> String {
    let Table { join, column, things } = table(list);
    match list {
        RoleList::Clients => format!("clients t WHERE t.id IN ({})", listed(list, role)),
        _ => format!("{join} j JOIN {things} t ON t.id = j.{column} WHERE j.role_id = {role}"),
    }
}

/// The columns of every list, so that they fit under each other: what doesn't exist is empty.
fn columns(list: RoleList) -> String {
    let name = if list == RoleList::Users { "t.first_name" } else { "t.name" };
    let [unique_id, description, a, b, c, d] = match list {
        RoleList::PermissionSets | RoleList::UserGroups | RoleList::DeviceGroups => ["t.unique_id", "t.description", "''", "''", "''", "''"],
        RoleList::Users => ["''", "''", "t.last_name", "t.login", "t.email", "t.details"],
        RoleList::Clients => ["''", "''", "t.status", "''", "''", "''"],
        RoleList::Devices => ["t.unique_id", "''", "t.host_name", "t.ip_address", "t.resource_type", "t.details"],
        RoleList::CredentialSets => ["t.unique_id", "t.description", "t.credential_type", "''", "''", "t.details"],
    };
    let client = if matches!(list, RoleList::Clients) { "t.id" } else { "t.client_id" };
    format!(
        "{unique_id} AS unique_id, {name} AS name, {description} AS description, {a} AS a, {b} AS b, {c} AS c, {d} AS d, {client} AS client_id, \
         t.created, t.updated"
    )
}

fn permission_set(row: &AnyRow) -> Result<PermissionSetReference> {
    let (number, name, description) = (row.try_get("id")?, row.try_get("name")?, row.try_get("description")?);
    Ok(PermissionSetReference { id: id(row, "unique_id")?, number, name, description })
}

fn user(row: &AnyRow) -> Result<UserReference> {
    let details: serde_json::Value = serde_json::from_str(row.try_get("d")?)?;
    Ok(UserReference {
        id: UserId::new(row.try_get("id")?),
        login: row.try_get("b")?,
        first_name: row.try_get("name")?,
        last_name: row.try_get("a")?,
        email: row.try_get("c")?,
        phone: details.get("phone").and_then(|phone| phone.as_str()).unwrap_or_default().to_owned(),
    })
}

fn user_group(row: &AnyRow) -> Result<UserGroupSummary> {
    Ok(UserGroupSummary {
        id: id(row, "unique_id")?,
        number: row.try_get("id")?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
    })
}

fn client(row: &AnyRow) -> Result<ClientReference> {
    let status: &str = row.try_get("a")?;
    Ok(ClientReference { id: ClientId::new(row.try_get("id")?), name: row.try_get("name")?, active: status == ClientStatus::Active.key() })
}

fn device(row: &AnyRow) -> Result<DeviceReference> {
    let details: DeviceDetails = serde_json::from_str(row.try_get("d")?)?;
    Ok(DeviceReference {
        id: id(row, "unique_id")?,
        client: ClientId::new(row.try_get("client_id")?),
        name: row.try_get("name")?,
        host_name: row.try_get("a")?,
        ip_address: row.try_get("b")?,
        alias_name: details.alias_name,
        resource_name: details.resource_name,
        resource_type: row.try_get("c")?,
    })
}

fn device_group(row: &AnyRow) -> Result<DeviceGroupReference> {
    let time = |column| row.try_get(column).map(Timestamp::from_millis);
    let (name, description) = (row.try_get("name")?, row.try_get("description")?);
    Ok(DeviceGroupReference { id: id(row, "unique_id")?, name, description, created: time("created")?, updated: time("updated")? })
}

fn credential_set(row: &AnyRow) -> Result<CredentialSetReference> {
    let (name, description, credential_type) = (row.try_get("name")?, row.try_get("description")?, row.try_get("a")?);
    let fields = serde_json::from_str(row.try_get("d")?)?;
    Ok(CredentialSetReference { id: id(row, "unique_id")?, details: CredentialSetDetails { name, description, credential_type, fields } })
}
