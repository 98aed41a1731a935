//! What a caller sees, as SQL conditions in every list and look-up. Lists are never filtered after the query.
//!
//! A row of a client is visible through a role that has the permission to view such rows and covers the client; a device or credential set must also
//! be covered by the role. Only numbers and constant keys are formatted into the SQL.

use std::collections::HashMap;

use domain::{Caller, ClientId, Grant, Permission, PermissionBits, RoleList, Scope, Standing, api_key_permission};
use sqlx::Row;

use super::tx::Tx;
use crate::Result;

/// Up to this many roles get an index look-up each.
const LOOKED_UP: usize = 8;

impl Tx {
    /// The caller's standing at a client: the roles that list it, and its restrictions.
    ///
    /// # Errors
    /// `Database`.
    pub(crate) async fn client_standing(&mut self, caller: &Caller, client: ClientId) -> Result<Standing> {
        Ok(self.client_standings(caller, &[client]).await?.remove(&client.number()).unwrap_or_default())
    }

    /// The caller's permissions at each of some clients. Needs no query for callers whose roles cover all clients.
    ///
    /// # Errors
    /// `Database`.
    pub(crate) async fn client_permissions(&mut self, clients: &[ClientId]) -> Result<Vec<PermissionBits>> {
        let Some(caller) = self.caller.clone() else { return Ok(vec![PermissionBits::all(); clients.len()]) };
        let mut standings = if caller.depends_on_standing() { self.client_standings(&caller, clients).await? } else { HashMap::new() };
        let at = |client: &ClientId| caller.permissions_at(*client, &standings.remove(&client.number()).unwrap_or_default());
        Ok(clients.iter().map(at).collect())
    }

    /// The standings at those of the clients that the caller's roles list or that have restrictions.
    async fn client_standings(&mut self, caller: &Caller, clients: &[ClientId]) -> Result<HashMap<i64, Standing>> {
        let listing = numbers(caller.grants.iter().filter(|grant| !grant.all_clients).map(|grant| grant.number));
        let clients = numbers(clients.iter().map(|client| client.number()));
        let sql = format!(
            "SELECT client_id AS client, role_id AS role, '' AS permission FROM role_clients WHERE client_id IN ({clients}) AND role_id IN ({listing}) \
             UNION ALL SELECT client_id AS client, 0 AS role, permission FROM client_restrictions WHERE client_id IN ({clients})"
        );
        let mut standings: HashMap<i64, Standing> = HashMap::new();
        for row in sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(self.connection()).await? {
            let standing = standings.entry(row.try_get("client")?).or_default();
            match Permission::from_key(row.try_get("permission")?) {
                Some(permission) => standing.restricted = standing.restricted.union([permission].into_iter().collect()),
                None => standing.listed_by.push(row.try_get("role")?),
            }
        }
        Ok(standings)
    }

    /// `AND …`: the client in a column is one at which the caller has the permission to view.
    pub(crate) fn seen_client(&self, permission: Permission, column: &str) -> String {
        self.seen(permission, column, false, |_| None)
    }

    /// `AND …`: the client in a column isn't one of a running import, of which nobody sees any before all are there (docs/spec/clients.md, "Import"). The
    /// two numbers are found once for each statement, and `IS NOT TRUE` tells PostgreSQL that hardly any row is left out.
    pub(crate) fn unstaged_client(&self, column: &str) -> String {
        let staged = |number| format!("(SELECT s.{number} FROM staged_clients s WHERE s.partner_id = {})", self.partner.number());
        format!(" AND ({column} BETWEEN {} AND {}) IS NOT TRUE", staged("first_id"), staged("last_id"))
    }

    /// Selects, as `hit`, the clients listed by the caller's roles with the permission; none if a role covers all.
    pub(crate) fn listed_clients(&self, permission: Permission) -> Option<String> {
        let caller = self.caller.as_ref().filter(|caller| caller.client.is_none())?;
        if caller.granting(permission).any(|grant| grant.all_clients) {
            return None;
        }
        let roles = numbers(caller.granting(permission).map(|grant| grant.number));
        Some(format!("SELECT DISTINCT client_id AS hit FROM role_clients WHERE role_id IN ({roles})"))
    }

    /// As [`Tx::seen_client`], for a column that is 0 for the partner's own rows, which its users with the permission see.
    pub(crate) fn seen_owner(&self, permission: Permission, column: &str) -> String {
        self.seen(permission, column, true, |_| None)
    }

    /// As [`Tx::seen_owner`], ignoring restrictions at the client.
    pub(crate) fn held_owner(&self, permission: Permission, column: &str) -> String {
        self.held(permission, column, true, |_| None)
    }

    /// `AND …`: a row of `roles` is visible. Visible are the tenant's roles, and for a client also the partner's roles for its users.
    pub(crate) fn seen_role(&self, alias: &str) -> String {
        self.seen_shared(alias, |client| is_for_client(alias, client))
    }

    /// As [`Tx::seen_role`], for `permission_sets`. A partner's user who works within a client can also choose from the sets for partner users.
    pub(crate) fn seen_permission_set(&self, alias: &str) -> String {
        let of_partner = self.caller.as_ref().is_none_or(|caller| caller.client.is_none());
        self.seen_shared(alias, |_| if of_partner { "1 = 1".to_owned() } else { format!("{alias}.scope = 'CLIENT'") })
    }

    /// The row is the tenant's own, or one that the partner shares with the client.
    fn seen_shared(&self, alias: &str, shared: impl Fn(i64) -> String) -> String {
        let column = format!("{alias}.client_id");
        let Some(client) = self.only_client.map(ClientId::number) else { return self.seen_owner(Permission::RoleView, &column) };
        let shared = shared(client);
        let at_client = self.seen_client(Permission::RoleView, &client.to_string());
        format!(" AND ({column} = {client} OR ({column} = 0 AND {shared})){at_client}")
    }

    /// The condition that an API key or its user is visible: the partner's with the permission to view settings, a client's with that to view users.
    pub(crate) fn seen_key(&self, alias: &str) -> String {
        let column = format!("{alias}.client_id");
        let of_partner = self.seen_owner(api_key_permission(Scope::Partner(self.partner), false), &column);
        let of_client = self.seen_client(api_key_permission(Scope::Client(ClientId::new(0)), false), &column);
        format!("(({column} = 0{of_partner}) OR ({column} <> 0{of_client}))")
    }

    /// `AND …`: a row of the table behind a role's list is visible.
    pub(crate) fn seen_in(&self, list: RoleList, alias: &str) -> String {
        let owner = format!("{alias}.client_id");
        match list {
            RoleList::PermissionSets => self.seen_permission_set(alias),
            RoleList::Users => {
                format!(" AND {alias}.kind = 'person' AND {alias}.status <> 'terminated'{}", self.seen_owner(Permission::UserView, &owner))
            }
            RoleList::UserGroups => self.seen_owner(Permission::UserGroupView, &owner),
            // What was terminated can't be listed again.
            RoleList::Clients => {
                format!(" AND {alias}.status IN ('active', 'suspended'){}", self.seen_client(Permission::ClientView, &format!("{alias}.id")))
            }
            RoleList::Devices => self.seen_device(Permission::DeviceView, alias),
            RoleList::DeviceGroups => self.seen_owner(Permission::DeviceView, &owner),
            RoleList::CredentialSets => self.seen_credential_set(Permission::CredentialSetView, alias),
        }
    }

    /// `AND …`: the caller has the permission for a row of `devices`. To change a device, it must be visible too, perhaps through another role.
    pub(crate) fn seen_device(&self, permission: Permission, alias: &str) -> String {
        let seen = |permission| self.seen(permission, &format!("{alias}.client_id"), false, |grant| listed_device(grant, alias));
        if permission == Permission::DeviceView { seen(permission) } else { seen(Permission::DeviceView) + &seen(permission) }
    }

    /// As [`Tx::seen_device`], ignoring restrictions at the client.
    pub(crate) fn held_device(&self, permission: Permission, alias: &str) -> String {
        self.held(permission, &format!("{alias}.client_id"), false, |grant| listed_device(grant, alias))
    }

    /// As [`Tx::held_device`], for all devices of a row of `device_groups`, also those that a query will match.
    pub(crate) fn held_device_group(&self, permission: Permission, alias: &str) -> String {
        let listed = |role| format!("EXISTS (SELECT 1 FROM role_device_groups rq WHERE rq.role_id = {role} AND rq.device_group_id = {alias}.id)");
        self.held(permission, &format!("{alias}.client_id"), true, |grant| (!grant.all_devices).then(|| listed(grant.number)))
    }

    /// As [`Tx::seen_device`], for `credential_sets`. The partner's own are visible through roles that cover all sets or list them.
    pub(crate) fn seen_credential_set(&self, permission: Permission, alias: &str) -> String {
        let seen = |permission| self.seen(permission, &format!("{alias}.client_id"), true, |grant| listed_credential_set(grant, alias));
        if permission == Permission::CredentialSetView { seen(permission) } else { seen(Permission::CredentialSetView) + &seen(permission) }
    }

    /// As [`Tx::held_device`], for `credential_sets`.
    pub(crate) fn held_credential_set(&self, permission: Permission, alias: &str) -> String {
        self.held(permission, &format!("{alias}.client_id"), true, |grant| listed_credential_set(grant, alias))
    }

    /// As [`Tx::held`], at clients where the permission isn't restricted.
    fn seen(&self, permission: Permission, column: &str, own: bool, row: impl Fn(&Grant) -> Option<String>) -> String {
        let mut condition = self.held(permission, column, own, row);
        // The permission to view clients can't be restricted.
        if self.caller.as_ref().is_some_and(|caller| caller.restricts) && permission != Permission::ClientView {
            let key = permission.key();
            condition += &format!(" AND NOT EXISTS (SELECT 1 FROM client_restrictions cr WHERE cr.client_id = {column} AND cr.permission = '{key}')");
        }
        condition
    }

    /// `AND …`: a role with the permission covers the client in the column, or, with `own`, the row is the partner's. `row` is an additional
    /// condition for roles that don't cover all rows.
    fn held(&self, permission: Permission, column: &str, own: bool, row: impl Fn(&Grant) -> Option<String>) -> String {
        let mut condition = self.only_client.map(|client| format!(" AND {column} = {}", client.number())).unwrap_or_default();
        let Some(caller) = &self.caller else { return condition };
        let place = |roles: &[i64]| {
            let listed = listed(column, roles);
            if own { format!("({column} = 0 OR {listed})") } else { listed }
        };
        // Roles that cover the same share one condition.
        let mut alike: Vec<(Option<String>, bool, Vec<i64>)> = Vec::new();
        for grant in caller.granting(permission) {
            let (row, all) = (row(grant), caller.client.is_some() || grant.all_clients);
            match alike.iter_mut().find(|(its, is_all, _)| *its == row && *is_all == all) {
                Some((_, _, roles)) => roles.push(grant.number),
                None => alike.push((row, all, vec![grant.number])),
            }
        }
        if !alike.iter().any(|(row, all, _)| row.is_none() && *all) {
            let alternatives = alike.iter().map(|(row, all, roles)| match (row, *all) {
                (Some(row), true) => row.clone(),
                (Some(row), false) => format!("({} AND {row})", place(roles)),
                (None, _) => place(roles),
            });
            let alternatives = alternatives.collect::<Vec<_>>().join(" OR ");
            condition += &if alternatives.is_empty() { " AND 1 = 0".to_owned() } else { format!(" AND ({alternatives})") };
        }
        // Rows of a client that the caller can't view are invisible.
        let viewing: Vec<&Grant> = caller.granting(Permission::ClientView).collect();
        if permission != Permission::ClientView && !viewing.iter().any(|grant| grant.all_clients || caller.client.is_some()) {
            condition += &format!(" AND {}", place(&viewing.iter().map(|grant| grant.number).collect::<Vec<_>>()));
        }
        condition
    }
}

/// The role lists the device, directly or through a group; none if it covers all devices.
fn listed_device(grant: &Grant, alias: &str) -> Option<String> {
    let role = grant.number;
    (!grant.all_devices).then(|| {
        format!(
            "({alias}.id IN (SELECT rd.device_id FROM role_devices rd WHERE rd.role_id = {role} AND rd.device_id = {alias}.id) \
             OR EXISTS (SELECT 1 FROM device_group_devices gd JOIN role_device_groups rg ON rg.device_group_id = gd.device_group_id \
             WHERE gd.device_id = {alias}.id AND rg.role_id = {role}))"
        )
    })
}

/// As [`listed_device`], for credential sets.
fn listed_credential_set(grant: &Grant, alias: &str) -> Option<String> {
    let role = grant.number;
    (!grant.all_credentials)
        .then(|| format!("EXISTS (SELECT 1 FROM role_credential_sets rs WHERE rs.role_id = {role} AND rs.credential_set_id = {alias}.id)"))
}

/// The condition that users of a client, or of the partner, can have the role `alias`. `Tx::role_misfits` is the rule for adding users to a role.
pub(crate) fn fits_users(alias: &str, client: Option<ClientId>) -> String {
    match client.map(ClientId::number) {
        Some(client) => format!("({alias}.client_id = {client} OR ({alias}.client_id = 0 AND {}))", is_for_client(alias, client)),
        None => format!("({alias}.client_id = 0 AND {alias}.scope = 'MSP')"),
    }
}

/// The condition that users of a client can have a role of the partner: a client role that covers all clients, lists none, or lists this one.
fn is_for_client(alias: &str, client: i64) -> String {
    format!(
        "{alias}.scope = 'CLIENT' AND ({alias}.all_clients = 1 OR NOT EXISTS (SELECT 1 FROM role_clients rc WHERE rc.role_id = {alias}.id) \
         OR EXISTS (SELECT 1 FROM role_clients rc WHERE rc.role_id = {alias}.id AND rc.client_id = {client}))"
    )
}

/// A list of numbers for `IN`; 0, which no row has, keeps it from being empty.
fn numbers(numbers: impl Iterator<Item = i64>) -> String {
    numbers.fold("0".to_owned(), |list, number| format!("{list}, {number}"))
}

/// One of the roles lists the client in the column. Few roles get an index look-up each; for many, reading all roles that list the client costs less,
/// which the plus forces by excluding the index by role.
fn listed(column: &str, roles: &[i64]) -> String {
    let sign = if roles.len() > LOOKED_UP { "+" } else { "" };
    let roles = numbers(roles.iter().copied());
    format!("EXISTS (SELECT 1 FROM role_clients rc WHERE rc.client_id = {column} AND {sign}rc.role_id IN ({roles}))")
}
