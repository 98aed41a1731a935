//! The roles and groups of users.

use std::collections::BTreeSet;

use domain::{ClientId, Permission, Reference, RoleId, UserGroupId, UserGroupSummary, UserId, UserRole};
use sqlx::{Row, any::AnyRow};

use super::list::user_group_summary;
use crate::{
    Result,
    kernel::{Binds, Tx, fold::fold, row::id, view::fits_users},
};

/// A role to assign.
pub(in crate::people::user) struct AssignableRole {
    pub(crate) number: i64,
    pub(crate) name: String,
    /// Whether its scope fits the user.
    pub(crate) fits: bool,
}

impl Tx {
    /// The id of the referenced role, among those that the caller sees or that `user` has, for users of a client or of the partner.
    pub(in crate::people::user) async fn role_referred(
        &mut self,
        user: Option<UserId>,
        client: Option<ClientId>,
        reference: &Reference,
    ) -> Result<Option<String>> {
        let mut binds = Binds::default();
        let (partner, user) = (binds.number(self.partner.number()), binds.number(user.map_or(0, UserId::number)));
        let (named, fits, seen) = (referred(reference, &mut binds), fits_users("t", client), self.seen_role("t"));
        // A client's role precedes the partner's role of the same name.
        let sql = format!(
            "SELECT t.unique_id FROM roles t WHERE t.partner_id = {partner} AND {fits} AND {named} \
             AND ((1 = 1{seen}) OR EXISTS (SELECT 1 FROM role_users ru WHERE ru.role_id = t.id AND ru.user_id = {user})) \
             ORDER BY t.client_id DESC LIMIT 1"
        );
        binds.fetch(self, sql).await?.first().map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// As [`Tx::role_referred`], for a group of a client or of the partner itself.
    pub(in crate::people::user) async fn user_group_referred(
        &mut self,
        user: Option<UserId>,
        client: Option<ClientId>,
        reference: &Reference,
    ) -> Result<Option<String>> {
        let mut binds = Binds::default();
        let (partner, owner) = (binds.number(self.partner.number()), binds.number(client.map_or(0, ClientId::number)));
        let (user, named) = (binds.number(user.map_or(0, UserId::number)), referred(reference, &mut binds));
        let seen = self.seen_owner(Permission::UserGroupView, "t.client_id");
        let sql = format!(
            "SELECT t.unique_id FROM user_groups t WHERE t.partner_id = {partner} AND t.client_id = {owner} AND {named} \
             AND ((1 = 1{seen}) OR EXISTS (SELECT 1 FROM user_group_users gu WHERE gu.user_group_id = t.id AND gu.user_id = {user}))"
        );
        binds.fetch(self, sql).await?.first().map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// The roles with these ids that the caller sees, and whether each can be given to users of the client, or of the partner itself.
    pub(in crate::people::user) async fn roles_assignable(&mut self, ids: &[RoleId], client: Option<ClientId>) -> Result<Vec<AssignableRole>> {
        let columns = format!("t.name, CASE WHEN {} THEN 1 ELSE 0 END AS fits", fits_users("t", client));
        let rows = self.seen_by_id("roles", &columns, &self.seen_role("t"), ids.iter().map(RoleId::as_str)).await?;
        let role =
            |row: &AnyRow| Ok(AssignableRole { number: row.try_get("id")?, name: row.try_get("name")?, fits: row.try_get::<i64, _>("fits")? == 1 });
        rows.iter().map(role).collect()
    }

    /// The groups with these ids that the caller sees and that belong to the client, or to the partner itself.
    pub(in crate::people::user) async fn user_groups_assignable(
        &mut self,
        ids: &[UserGroupId],
        client: Option<ClientId>,
    ) -> Result<Vec<UserGroupSummary>> {
        let owner = client.map_or(0, ClientId::number);
        let condition = format!(" AND t.client_id = {owner}{}", self.seen_owner(Permission::UserGroupView, "t.client_id"));
        let rows = self.seen_by_id("user_groups", "t.unique_id, t.name, t.description", &condition, ids.iter().map(UserGroupId::as_str)).await?;
        rows.iter().map(user_group_summary).collect()
    }

    /// The numbers of all roles of some users, direct or through groups.
    pub(in crate::people::user) async fn roles_of_users(&mut self, users: &[UserId]) -> Result<Vec<i64>> {
        let mut roles = BTreeSet::new();
        for some in users.chunks(1000) {
            let mut binds = Binds::default();
            let places: Vec<_> = some.iter().map(|user| binds.number(user.number())).collect();
            let places = places.join(", ");
            let sql = format!(
                "SELECT ru.role_id FROM role_users ru WHERE ru.user_id IN ({places}) \
                 UNION SELECT rg.role_id FROM user_group_users gu JOIN role_user_groups rg ON rg.user_group_id = gu.user_group_id \
                 WHERE gu.user_id IN ({places})"
            );
            for row in binds.fetch(self, sql).await? {
                roles.insert(row.try_get(0)?);
            }
        }
        Ok(roles.into_iter().collect())
    }

    /// The users who have any of these roles, directly or through groups, including users of API keys. Changes of roles and permission sets use it.
    pub(crate) async fn users_of_roles(&mut self, roles: &[i64]) -> Result<Vec<UserId>> {
        let sql = "SELECT ru.user_id FROM role_users ru WHERE ru.role_id IN (*) UNION SELECT gu.user_id FROM role_user_groups rg \
                   JOIN user_group_users gu ON gu.user_group_id = rg.user_group_id WHERE rg.role_id IN (*)";
        self.users_of(sql, roles).await
    }

    /// The members of these groups. Changes of groups and roles use it.
    pub(crate) async fn users_of_groups(&mut self, groups: &[i64]) -> Result<Vec<UserId>> {
        self.users_of("SELECT DISTINCT gu.user_id FROM user_group_users gu WHERE gu.user_group_id IN (*)", groups).await
    }

    /// The users that a query selects, with the numbers in place of `*`.
    async fn users_of(&mut self, sql: &str, numbers: &[i64]) -> Result<Vec<UserId>> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let mut binds = Binds::default();
        let places: Vec<_> = numbers.iter().map(|number| binds.number(*number)).collect();
        let rows = binds.fetch(self, sql.replace('*', &places.join(", "))).await?;
        rows.iter().map(|row| Ok(UserId::new(row.try_get(0)?))).collect()
    }

    /// The users of the unrevoked API keys that a user created.
    pub(in crate::people::user) async fn users_of_keys_by(&mut self, maker: UserId) -> Result<Vec<UserId>> {
        let sql = "SELECT user_id FROM api_keys WHERE created_by = $1 AND revoked = 0";
        let users = sqlx::query_scalar(sql).bind(maker.number()).fetch_all(self.connection()).await?;
        Ok(users.into_iter().map(UserId::new).collect())
    }

    /// The numbers of all groups of a tenant.
    pub(in crate::people::user) async fn user_group_numbers(&mut self, owner: Option<ClientId>) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM user_groups WHERE partner_id = $1 AND client_id = $2 ORDER BY id";
        let (partner, owner) = (self.partner.number(), owner.map_or(0, ClientId::number));
        Ok(sqlx::query_scalar(sql).bind(partner).bind(owner).fetch_all(self.connection()).await?)
    }

    /// The numbers of the groups' roles. Changes of groups use it.
    pub(crate) async fn user_group_roles(&mut self, groups: &[i64]) -> Result<Vec<i64>> {
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        let mut binds = Binds::default();
        let places: Vec<_> = groups.iter().map(|group| binds.number(*group)).collect();
        let sql = format!("SELECT DISTINCT role_id FROM role_user_groups WHERE user_group_id IN ({})", places.join(", "));
        binds.fetch(self, sql).await?.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Adds roles to a user group and removes others.
    pub(in crate::people::user) async fn user_group_roles_change(&mut self, group: i64, add: &[i64], remove: &[i64]) -> Result<()> {
        for role in remove {
            let sql = "DELETE FROM role_user_groups WHERE user_group_id = $1 AND role_id = $2";
            sqlx::query(sql).bind(group).bind(*role).execute(self.connection()).await?;
        }
        for role in add {
            let sql = "INSERT INTO role_user_groups (user_group_id, role_id) VALUES ($1, $2) ON CONFLICT (role_id, user_group_id) DO NOTHING";
            sqlx::query(sql).bind(group).bind(*role).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// The visible roles of a group, by name.
    pub(crate) async fn user_group_role_list(&mut self, group: i64) -> Result<Vec<UserRole>> {
        let mut binds = Binds::default();
        let (group, seen) = (binds.number(group), self.seen_role("r"));
        let sql = format!(
            "SELECT r.id, r.unique_id, r.name FROM role_user_groups rg JOIN roles r ON r.id = rg.role_id \
             WHERE rg.user_group_id = {group}{seen} ORDER BY r.name_key, r.id"
        );
        let role = |row: &AnyRow| Ok(UserRole { id: id(row, "unique_id")?, number: row.try_get("id")?, name: row.try_get("name")?, by_group: false });
        binds.fetch(self, sql).await?.iter().map(role).collect()
    }

    /// Adds roles to a user and removes others.
    pub(in crate::people::user) async fn user_roles_change(&mut self, user: UserId, add: &[i64], remove: &[i64]) -> Result<()> {
        for role in remove {
            let sql = "DELETE FROM role_users WHERE user_id = $1 AND role_id = $2";
            sqlx::query(sql).bind(user.number()).bind(*role).execute(self.connection()).await?;
        }
        for role in add {
            let sql = "INSERT INTO role_users (user_id, role_id) VALUES ($1, $2) ON CONFLICT (role_id, user_id) DO NOTHING";
            sqlx::query(sql).bind(user.number()).bind(*role).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Adds a user to groups and removes them from others. The seeds use it too.
    pub(crate) async fn user_groups_change(&mut self, user: UserId, add: &[i64], remove: &[i64]) -> Result<()> {
        for group in remove {
            let sql = "DELETE FROM user_group_users WHERE user_id = $1 AND user_group_id = $2";
            sqlx::query(sql).bind(user.number()).bind(*group).execute(self.connection()).await?;
        }
        for group in add {
            let sql = "INSERT INTO user_group_users (user_id, user_group_id) VALUES ($1, $2) ON CONFLICT (user_group_id, user_id) DO NOTHING";
            sqlx::query(sql).bind(user.number()).bind(*group).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Deletes a user's invitations, roles, groups and password.
    pub(in crate::people::user) async fn user_strip(&mut self, user: UserId) -> Result<()> {
        for sql in [
            "DELETE FROM invitations WHERE user_id = $1",
            "DELETE FROM mailed_links WHERE user_id = $1",
            "DELETE FROM known_browsers WHERE user_id = $1",
            "DELETE FROM role_users WHERE user_id = $1",
            "DELETE FROM user_group_users WHERE user_id = $1",
            "UPDATE users SET password_hash = '' WHERE id = $1",
        ] {
            sqlx::query(sql).bind(user.number()).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Rows of a table, as `t`, with these ids that belong to the partner and meet `seen`, the condition of what the caller sees.
    async fn seen_by_id<'a>(&mut self, table: &str, columns: &str, seen: &str, ids: impl Iterator<Item = &'a str>) -> Result<Vec<AnyRow>> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let places: Vec<_> = ids.map(|id| binds.text(id)).collect();
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let ids = places.join(", ");
        let sql = format!(
            "SELECT t.id, {columns} FROM {table} t WHERE t.partner_id = {partner} AND t.unique_id IN ({ids}){seen} ORDER BY t.name_key, t.id"
        );
        binds.fetch(self, sql).await
    }
}

/// The condition that a row `t` is the referenced one.
fn referred(reference: &Reference, binds: &mut Binds) -> String {
    match reference {
        Reference::Id(id) => format!("t.unique_id = {}", binds.text(id.replace('\0', ""))),
        Reference::Number(number) => format!("t.id = {}", binds.number(*number)),
        Reference::Name(name) => format!("t.name_key = {}", binds.text(fold(name))),
    }
}
