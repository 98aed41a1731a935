//! What roles grant, for the check that nobody grants more than they hold.

use domain::{Area, ClientId, Grant, Permission, RoleScope, UserSummary};
use sqlx::Row;

use crate::{
    Fault, Result,
    access::store::{grant, grant_columns},
    kernel::{Binds, Tx, row::client},
    people::user::author,
};

/// The most administrators that are told of something.
const MAX_ADMINISTRATORS: u32 = 100;

/// A role and its grant.
pub(crate) struct GivenRole {
    pub(crate) grant: Grant,
    pub(crate) scope: RoleScope,
    /// The client it belongs to; none for the partner's.
    pub(crate) client: Option<ClientId>,
    /// Whether it lists any client.
    pub(crate) lists_clients: bool,
}

impl Tx {
    /// The partner's roles with these numbers. Permission sets use it too.
    pub(crate) async fn given_roles(&mut self, roles: &[i64]) -> Result<Vec<GivenRole>> {
        if roles.is_empty() {
            return Ok(Vec::new());
        }
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let places: Vec<_> = roles.iter().map(|role| binds.number(*role)).collect();
        let sql = format!(
            "SELECT {}, r.scope, r.client_id, (SELECT COUNT(*) FROM (SELECT 1 FROM role_clients rc WHERE rc.role_id = r.id LIMIT 1) AS any_client) AS lists \
             FROM roles r WHERE r.partner_id = {partner} AND r.id IN ({}) ORDER BY r.name_key, r.id",
            grant_columns!(),
            places.join(", ")
        );
        let mut given = Vec::new();
        for row in binds.fetch(self, sql).await? {
            let scope = scope(row.try_get("scope")?)?;
            if let Some(grant) = grant(&row)? {
                given.push(GivenRole { grant, scope, client: client(&row)?, lists_clients: row.try_get::<i64, _>("lists")? > 0 });
            }
        }
        Ok(given)
    }

    /// Whether a role lists a client that none of the others lists.
    pub(in crate::access::role) async fn role_lists_beyond(&mut self, role: i64, others: &[i64]) -> Result<bool> {
        let mut binds = Binds::default();
        let role = binds.number(role);
        let others: Vec<_> = others.iter().map(|other| binds.number(*other)).collect();
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM role_clients own WHERE own.role_id = {role} AND NOT EXISTS \
             (SELECT 1 FROM role_clients other WHERE other.client_id = own.client_id AND other.role_id IN ({})) LIMIT 1) AS beyond",
            others.join(", ")
        );
        Ok(binds.fetch_number(self, sql).await? > 0)
    }

    /// The noun of a list that has an entry for which the caller doesn't hold all of the role's permissions; none if there is no such entry.
    pub(in crate::access::role) async fn role_lists_unseen(&mut self, role: &Grant) -> Result<Option<&'static str>> {
        // Of a group with devices of any client, the role covers only those of the clients it lists.
        let members = "role_device_groups l JOIN device_group_devices m ON m.device_group_id = l.device_group_id JOIN devices t ON t.id = m.device_id \
                       AND (NOT EXISTS (SELECT 1 FROM role_clients rc WHERE rc.role_id = l.role_id) \
                       OR t.client_id IN (SELECT rc.client_id FROM role_clients rc WHERE rc.role_id = l.role_id))";
        let mut kinds = Vec::new();
        for permission in [Permission::DeviceView, Permission::DeviceManage] {
            if role.permissions.contains(permission) && !role.all_devices {
                let device = self.held_device(permission, "t");
                kinds.push(("devices", "role_devices l JOIN devices t ON t.id = l.device_id", device.clone()));
                let group = self.held_owner(permission, "t.client_id");
                kinds.push(("device groups", "role_device_groups l JOIN device_groups t ON t.id = l.device_group_id", group));
                kinds.push(("device groups with devices", members, device));
                let to_come = self.held_device_group(permission, "t");
                let with_query = "role_device_groups l JOIN device_groups t ON t.id = l.device_group_id AND t.search_query <> ''";
                kinds.push(("device groups with a query", with_query, to_come));
            }
        }
        for permission in [Permission::CredentialSetView, Permission::CredentialSetManage] {
            if role.permissions.contains(permission) && !role.all_credentials {
                let set = self.held_credential_set(permission, "t");
                kinds.push(("credential sets", "role_credential_sets l JOIN credential_sets t ON t.id = l.credential_set_id", set));
            }
        }
        for (things, from, held) in kinds {
            if held.is_empty() {
                continue;
            }
            let mut binds = Binds::default();
            let role = binds.number(role.number);
            let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {from} WHERE l.role_id = {role} AND NOT (1 = 1{held}) LIMIT 1) AS unseen");
            if binds.fetch_number(self, sql).await? > 0 {
                return Ok(Some(things));
            }
        }
        Ok(None)
    }

    /// Whether an active user of the partner holds every permission through roles for all clients. Stops at the first hit, so its cost doesn't grow with
    /// the number of users.
    pub(in crate::access::role) async fn has_administrator(&mut self) -> Result<bool> {
        let mut binds = Binds::default();
        binds.number(self.partner.number());
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 {} LIMIT 1) AS administrator", administrators());
        Ok(binds.fetch_number(self, sql).await? > 0)
    }

    /// The partner's full administrators who can sign in, at most [`MAX_ADMINISTRATORS`]. For jobs.
    pub(crate) async fn administrators(&mut self) -> Result<Vec<UserSummary>> {
        let mut binds = Binds::default();
        binds.number(self.partner.number());
        let columns = "u.id AS u_id, u.login AS u_login, u.first_name AS u_first, u.last_name AS u_last, u.email AS u_email, u.client_id AS u_client";
        let sql = format!("SELECT DISTINCT {columns} {} ORDER BY u.id LIMIT {MAX_ADMINISTRATORS}", administrators());
        binds.fetch(self, sql).await?.iter().filter_map(|row| author(row, 'u', None).transpose()).collect()
    }
}

/// `FROM … WHERE …` of the users `u` of partner `$1` who are full administrators and can sign in; one can stand there several times. It starts from the rarest
/// permission, for settings.
fn administrators() -> String {
    let keys = |area: Option<Area>| {
        let keys = Permission::ALL.iter().filter(|permission| area.is_none_or(|area| permission.area() == area));
        keys.map(|permission| format!("'{}'", permission.key())).collect::<Vec<_>>()
    };
    format!(
        "FROM permission_sets s CROSS JOIN role_permission_sets rs CROSS JOIN roles r CROSS JOIN users u \
         WHERE s.partner_id = $1 AND s.scope = 'MSP' \
         AND EXISTS (SELECT 1 FROM permission_set_permissions sp WHERE sp.permission_set_id = s.id AND sp.permission = '{rarest}') \
         AND rs.permission_set_id = s.id AND r.id = rs.role_id AND r.scope = 'MSP' AND r.all_clients = 1 \
         AND u.id IN (SELECT ru.user_id FROM role_users ru WHERE ru.role_id = r.id UNION ALL SELECT gu.user_id FROM role_user_groups rg \
           JOIN user_group_users gu ON gu.user_group_id = rg.user_group_id WHERE rg.role_id = r.id) \
         AND u.partner_id = $1 AND u.client_id = 0 AND u.kind = 'person' AND u.status = 'active' AND u.password_hash <> '' \
         AND (SELECT COUNT(DISTINCT hp.permission) FROM roles hr JOIN role_permission_sets hs ON hs.role_id = hr.id \
           JOIN permission_set_permissions hp ON hp.permission_set_id = hs.permission_set_id \
           WHERE hr.scope = 'MSP' AND hr.all_clients = 1 AND hp.permission IN ({keys}) \
           AND (hr.all_devices = 1 OR hp.permission NOT IN ({devices})) AND (hr.all_credentials = 1 OR hp.permission NOT IN ({credential_sets})) \
           AND hr.id IN (SELECT ru.role_id FROM role_users ru WHERE ru.user_id = u.id UNION ALL SELECT rg.role_id FROM user_group_users gu \
             JOIN role_user_groups rg ON rg.user_group_id = gu.user_group_id WHERE gu.user_id = u.id)) = {all}",
        rarest = Permission::SettingManage.key(),
        keys = keys(None).join(", "),
        devices = keys(Some(Area::Devices)).join(", "),
        credential_sets = keys(Some(Area::CredentialSets)).join(", "),
        all = Permission::ALL.len()
    )
}

/// A scope by its key in a row.
pub(crate) fn scope(key: &str) -> Result<RoleScope> {
    RoleScope::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown scope {key}")))
}
