//! The lists of roles: look-up by typed identifiers, insert and delete.

use std::collections::BTreeMap;

use domain::{ClientId, PermissionSetId, RoleList, RoleSummary, UserId};
use sqlx::{AssertSqlSafe, Row};

use crate::{
    Fault, Result,
    kernel::{Binds, Tx, row::client},
};

/// Values per statement; the engines accept slightly more.
const VALUES: usize = 10_000;

/// The tables of a list.
pub(in crate::access::role) struct Table {
    /// The join table.
    pub(crate) join: &'static str,
    /// The join table's column of the listed row.
    pub(crate) column: &'static str,
    /// The table of the listed rows.
    pub(crate) things: &'static str,
}

/// The tables of a list.
pub(in crate::access::role) const fn table(list: RoleList) -> Table {
    let (join, column, things) = match list {
        RoleList::PermissionSets => ("role_permission_sets", "permission_set_id", "permission_sets"),
        RoleList::Users => ("role_users", "user_id", "users"),
        RoleList::UserGroups => ("role_user_groups", "user_group_id", "user_groups"),
        RoleList::Clients => ("role_clients", "client_id", "clients"),
        RoleList::Devices => ("role_devices", "device_id", "devices"),
        RoleList::DeviceGroups => ("role_device_groups", "device_group_id", "device_groups"),
        RoleList::CredentialSets => ("role_credential_sets", "credential_set_id", "credential_sets"),
    };
    Table { join, column, things }
}

/// The display name of a listed row `t`.
pub(in crate::access::role) const fn name_of(list: RoleList) -> &'static str {
    match list {
        RoleList::Users => "TRIM(t.first_name || ' ' || t.last_name)",
        _ => "t.name",
    }
}

/// Identifiers to look up, and perhaps the current entries of the list.
pub(in crate::access::role) struct Wanted<'a> {
    pub(crate) list: RoleList,
    /// Identifiers as typed.
    pub(crate) named: Vec<&'a str>,
    /// Whether to include the current entries.
    pub(crate) current: bool,
}

/// An entry that a role lists or could list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::access::role) struct Candidate {
    pub(crate) number: i64,
    /// The unique id, for nouns whose id isn't made of the number.
    pub(crate) unique_id: String,
    pub(crate) name: String,
    /// Whether it is a client or belongs to one.
    pub(crate) of_client: bool,
    /// Whether the role lists it.
    pub(crate) listed: bool,
    /// Permission sets only: its position in the list.
    pub(crate) position: i64,
    /// Permission sets only: scope and permissions, `MSP clients.view,clients.manage`.
    pub(crate) holds: String,
}

impl Candidate {
    /// The id that people know it by.
    pub(in crate::access::role) fn id(&self, list: RoleList) -> String {
        match list {
            RoleList::Users => UserId::new(self.number).to_string(),
            RoleList::Clients => ClientId::new(self.number).to_string(),
            _ => self.unique_id.clone(),
        }
    }
}

/// The key of a look-up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::access::role) enum Key {
    /// The number in the database.
    Number(i64),
    /// The unique id.
    Text(String),
}

/// Parses a typed identifier; none if it can't be one of this list's.
pub(in crate::access::role) fn key(list: RoleList, typed: &str) -> Option<Key> {
    let typed = typed.trim();
    let text = || Key::Text(typed.to_owned());
    match list {
        RoleList::Clients => typed.parse::<ClientId>().ok().map(|id| Key::Number(id.number())),
        RoleList::Users => typed.parse::<UserId>().ok().map(|id| Key::Number(id.number())),
        RoleList::PermissionSets => match typed.parse::<PermissionSetId>() {
            Ok(_) => Some(text()),
            Err(_) => typed.parse().ok().map(Key::Number),
        },
        _ => Some(text()),
    }
}

impl Tx {
    /// Looks up everything wanted that the caller sees, by list and number, in as few statements as the engines allow.
    pub(in crate::access::role) async fn role_candidates(
        &mut self,
        role: i64,
        wanted: &[Wanted<'_>],
    ) -> Result<BTreeMap<(&'static str, i64), Candidate>> {
        let mut found = BTreeMap::new();
        let (mut parts, mut binds, mut values) = (Vec::new(), Binds::default(), 0);
        for Wanted { list, named, current } in wanted {
            let seen = self.seen_in(*list, "t");
            if *current {
                let Table { join, column, things } = table(*list);
                let (columns, role, partner) = (self.candidate(*list, "1"), binds.number(role), binds.number(self.partner.number()));
                parts.push(format!(
                    "SELECT {columns} FROM {join} j JOIN {things} t ON t.id = j.{column} WHERE j.role_id = {role} AND +t.partner_id = {partner}{seen}"
                ));
            }
            let keys: Vec<Key> = named.iter().filter_map(|typed| key(*list, typed)).collect();
            for keys in keys.chunks(VALUES) {
                let Table { join, column, things } = table(*list);
                let role = binds.number(role);
                let listed = format!("(SELECT COUNT(*) FROM {join} j WHERE j.role_id = {role} AND j.{column} = t.id)");
                let columns = self.candidate(*list, &listed).replace("j.position", "0");
                let partner = binds.number(self.partner.number());
                let mut places = (Vec::new(), Vec::new());
                for key in keys {
                    match key {
                        Key::Number(number) => places.0.push(binds.number(*number)),
                        Key::Text(text) => places.1.push(binds.text(text.as_str())),
                    }
                }
                let of = |column: &str, places: &[String]| (!places.is_empty()).then(|| format!("{column} IN ({})", places.join(", ")));
                let ids: Vec<_> = of("t.id", &places.0).into_iter().chain(of("t.unique_id", &places.1)).collect();
                let ids = ids.join(" OR ");
                parts.push(format!("SELECT {columns} FROM {things} t WHERE t.partner_id = {partner} AND ({ids}){seen}"));
                values += keys.len();
                if values >= VALUES {
                    collect(self, std::mem::take(&mut parts), std::mem::take(&mut binds), &mut found).await?;
                    values = 0;
                }
            }
        }
        collect(self, parts, binds, &mut found).await?;
        Ok(found)
    }

    /// The columns of a candidate.
    fn candidate(&self, list: RoleList, listed: &str) -> String {
        let (name, key) = (name_of(list), list.key());
        let unique_id = if matches!(list, RoleList::Users | RoleList::Clients) { "''" } else { "t.unique_id" };
        let owner = if list == RoleList::Clients { "t.id" } else { "t.client_id" };
        let (position, holds) = if list == RoleList::PermissionSets {
            let permissions = "(SELECT string_agg(pp.permission, ',') FROM permission_set_permissions pp WHERE pp.permission_set_id = t.id)";
            ("j.position", format!("t.scope || ' ' || COALESCE({permissions}, '')"))
        } else {
            ("0", "''".to_owned())
        };
        format!(
            "'{key}' AS list, t.id AS number, {unique_id} AS unique_id, {name} AS name, {owner} AS owner, {listed} AS listed, {position} AS position, {holds} AS holds"
        )
    }

    /// Inserts entries into a list. `position` stores the order of permission sets. The seeds use it too.
    pub(crate) async fn role_list_insert(&mut self, role: i64, list: RoleList, numbers: &[i64]) -> Result<()> {
        let Table { join, column, .. } = table(list);
        for (chunk, numbers) in numbers.chunks(VALUES).enumerate() {
            let mut binds = Binds::default();
            let role = binds.number(role);
            let values = numbers.iter().enumerate().map(|(at, number)| {
                let number = binds.number(*number);
                if list == RoleList::PermissionSets { format!("({role}, {number}, {})", chunk * VALUES + at) } else { format!("({role}, {number})") }
            });
            let values = values.collect::<Vec<_>>().join(", ");
            let position = if list == RoleList::PermissionSets { ", position" } else { "" };
            binds.execute(self, format!("INSERT INTO {join} (role_id, {column}{position}) VALUES {values}")).await?;
        }
        Ok(())
    }

    /// Deletes entries of a list.
    pub(in crate::access::role) async fn role_list_delete(&mut self, role: i64, list: RoleList, numbers: &[i64]) -> Result<()> {
        let Table { join, column, .. } = table(list);
        for numbers in numbers.chunks(VALUES) {
            let mut binds = Binds::default();
            let role = binds.number(role);
            let places: Vec<_> = numbers.iter().map(|number| binds.number(*number)).collect();
            binds.execute(self, format!("DELETE FROM {join} WHERE role_id = {role} AND {column} IN ({})", places.join(", "))).await?;
        }
        Ok(())
    }

    /// The names of entries that the role must not list: those of another tenant than the role's users (docs/spec/tenancy.md, "Roles"), or, with `beyond`,
    /// those of a client that the role doesn't list. Names that the caller doesn't see are empty. [`fits_users`] is the rule for giving a role to a user.
    pub(in crate::access::role) async fn role_misfits(&mut self, role: &RoleSummary, list: RoleList, beyond: bool) -> Result<Vec<String>> {
        let Table { join, column, things } = table(list);
        let mut binds = Binds::default();
        let number = binds.number(role.number);
        let listed = format!("SELECT rc.client_id FROM role_clients rc WHERE rc.role_id = {number}");
        let misfit = match (role.client, beyond) {
            // A client's role can use the partner's permission sets too.
            (own, _) if list == RoleList::PermissionSets => format!("t.client_id NOT IN (0, {})", binds.number(own.map_or(0, ClientId::number))),
            (Some(client), false) => format!("t.client_id <> {}", binds.number(client.number())),
            (None, false) if role.scope == domain::RoleScope::Msp => "t.client_id <> 0".to_owned(),
            (None, false) => "t.client_id = 0".to_owned(),
            (_, true) => format!("t.client_id <> 0 AND t.client_id NOT IN ({listed})"),
        };
        // An API key's user got its roles when the key was made, and no list names it.
        let person = if list == RoleList::Users { " AND t.kind = 'person'" } else { "" };
        let (name, seen) = (name_of(list), self.seen_in(list, "t"));
        let sql = format!(
            "SELECT CASE WHEN 1 = 1{seen} THEN {name} ELSE '' END AS name FROM {join} j JOIN {things} t ON t.id = j.{column} \
             WHERE j.role_id = {number} AND {misfit}{person} ORDER BY t.name_key, t.id LIMIT 20"
        );
        binds.fetch(self, sql).await?.iter().map(|row| Ok(row.try_get("name")?)).collect()
    }

    /// Those of some device groups that have a query, by name, with their client; none for the partner's.
    pub(in crate::access::role) async fn device_groups_with_query(&mut self, groups: &[i64]) -> Result<Vec<(String, Option<ClientId>)>> {
        let mut found = Vec::new();
        for some in groups.chunks(VALUES) {
            let mut binds = Binds::default();
            let places: Vec<_> = some.iter().map(|group| binds.number(*group)).collect();
            let sql =
                format!("SELECT name, client_id FROM device_groups WHERE search_query <> '' AND id IN ({}) ORDER BY name_key, id", places.join(", "));
            for row in binds.fetch(self, sql).await? {
                found.push((row.try_get("name")?, client(&row)?));
            }
        }
        Ok(found)
    }

    /// Whether a role lists any client.
    pub(in crate::access::role) async fn role_lists_clients(&mut self, role: i64) -> Result<bool> {
        let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM role_clients WHERE role_id = $1 LIMIT 1) AS listed";
        let listed: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).bind(role).fetch_one(self.connection()).await?;
        Ok(listed > 0)
    }
}

/// Runs the parts as one statement and adds the rows to `found`.
async fn collect(tx: &mut Tx, parts: Vec<String>, binds: Binds, found: &mut BTreeMap<(&'static str, i64), Candidate>) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    for row in binds.fetch(tx, parts.join(" UNION ALL ")).await? {
        let key: &str = row.try_get("list")?;
        let list = RoleList::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown list {key}")))?;
        let (listed, number): (i64, i64) = (row.try_get("listed")?, row.try_get("number")?);
        let (unique_id, name, holds) = (row.try_get("unique_id")?, row.try_get("name")?, row.try_get("holds")?);
        let of_client = row.try_get::<i64, _>("owner")? != 0;
        let candidate = Candidate { number, unique_id, name, of_client, listed: listed > 0, position: row.try_get("position")?, holds };
        // Current entries come first and have their position, so they aren't overwritten.
        found.entry((list.key(), number)).or_insert(candidate);
    }
    Ok(())
}
