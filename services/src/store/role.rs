//! Roles and permission sets.

mod grant;

use domain::{DefaultPermissionSet, RoleScope, UserId};

use super::Tx;
use crate::{Result, fold::fold};

pub(crate) use grant::GivenRole;

/// A default role.
pub(crate) struct RoleRow {
    pub(crate) id: i64,
    pub(crate) unique_id: String,
    pub(crate) name: &'static str,
    pub(crate) scope: RoleScope,
}

impl Tx {
    /// A default permission set and what it holds.
    pub(crate) async fn permission_set_insert(&mut self, id: i64, unique_id: &str, set: &DefaultPermissionSet) -> Result<()> {
        let sql = "INSERT INTO permission_sets (id, unique_id, partner_id, client_id, name, name_key, description, scope, is_default, created, updated, version) \
                   VALUES ($1, $2, $3, 0, $4, $5, $4, $6, 1, $7, $7, 1)";
        let (partner, now) = (self.partner.number(), self.now.millis());
        let query = sqlx::query(sql).bind(id).bind(unique_id).bind(partner).bind(set.name).bind(fold(set.name)).bind(set.scope.key()).bind(now);
        query.execute(self.connection()).await?;
        for permission in set.permissions().iter() {
            let sql = "INSERT INTO permission_set_permissions (permission_set_id, permission) VALUES ($1, $2)";
            sqlx::query(sql).bind(id).bind(permission.key()).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// A default role, which sees everything, with its permission set.
    pub(crate) async fn role_insert(&mut self, role: &RoleRow, permission_set: i64) -> Result<()> {
        let sql = "INSERT INTO roles (id, unique_id, partner_id, client_id, name, name_key, description, scope, is_default, all_clients, all_devices, \
                   all_credentials, created, updated, version) VALUES ($1, $2, $3, 0, $4, $5, $4, $6, 1, 1, 1, 1, $7, $7, 1)";
        let (partner, now) = (self.partner.number(), self.now.millis());
        let query = sqlx::query(sql).bind(role.id).bind(role.unique_id.as_str()).bind(partner).bind(role.name).bind(fold(role.name));
        query.bind(role.scope.key()).bind(now).execute(self.connection()).await?;
        let sql = "INSERT INTO role_permission_sets (role_id, permission_set_id) VALUES ($1, $2)";
        sqlx::query(sql).bind(role.id).bind(permission_set).execute(self.connection()).await?;
        Ok(())
    }

    pub(crate) async fn role_by_name(&mut self, name: &str, scope: RoleScope) -> Result<Option<i64>> {
        let sql = "SELECT id FROM roles WHERE partner_id = $1 AND name = $2 AND scope = $3 ORDER BY is_default DESC, id LIMIT 1";
        let partner = self.partner.number();
        Ok(sqlx::query_scalar(sql).bind(partner).bind(name).bind(scope.key()).fetch_optional(self.connection()).await?)
    }

    pub(crate) async fn role_user_insert(&mut self, role: i64, user: UserId) -> Result<()> {
        let sql = "INSERT INTO role_users (role_id, user_id) VALUES ($1, $2)";
        sqlx::query(sql).bind(role).bind(user.number()).execute(self.connection()).await?;
        Ok(())
    }
}
