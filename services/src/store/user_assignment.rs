//! Which roles and groups a user has.

use domain::{ClientId, Reference, RoleId, RoleScope, UserGroupId, UserGroupSummary, UserId};
use sqlx::{Row, any::AnyRow};

use super::{Tx, statement::Binds, user::client, user_list::user_group_summary};
use crate::{Result, fold::fold};

/// A role that might be assigned.
pub(crate) struct AssignableRole {
    pub(crate) number: i64,
    pub(crate) name: String,
    pub(crate) for_clients: bool,
    /// The client it belongs to; none for the partner's.
    pub(crate) client: Option<ClientId>,
}

impl Tx {
    /// The id of a role for the users of a client, or of the partner itself.
    pub(crate) async fn role_referred(&mut self, client: Option<ClientId>, reference: &Reference) -> Result<Option<String>> {
        let scope = if client.is_some() { RoleScope::Client } else { RoleScope::Msp };
        let mut binds = Binds::default();
        let (partner, owner) = (binds.number(self.partner.number()), binds.number(client.map_or(0, ClientId::number)));
        let named = referred(reference, &mut binds);
        // A client's own role comes before the partner's of the same name.
        let sql = format!(
            "SELECT unique_id FROM roles WHERE partner_id = {partner} AND scope = '{}' AND client_id IN (0, {owner}) AND {named} \
             ORDER BY client_id DESC LIMIT 1",
            scope.key()
        );
        binds.fetch(self, sql).await?.first().map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// The id of a group of a client, or of the partner itself.
    pub(crate) async fn user_group_referred(&mut self, client: Option<ClientId>, reference: &Reference) -> Result<Option<String>> {
        let mut binds = Binds::default();
        let (partner, owner) = (binds.number(self.partner.number()), binds.number(client.map_or(0, ClientId::number)));
        let named = referred(reference, &mut binds);
        let sql = format!("SELECT unique_id FROM user_groups WHERE partner_id = {partner} AND client_id = {owner} AND {named}");
        binds.fetch(self, sql).await?.first().map(|row| Ok(row.try_get(0)?)).transpose()
    }

    /// Roles of the partner by their ids; of ids that don't exist nothing.
    pub(crate) async fn roles_assignable(&mut self, ids: &[RoleId]) -> Result<Vec<AssignableRole>> {
        let rows = self.of_partner("SELECT id, name, scope, client_id FROM roles", ids.iter().map(RoleId::as_str)).await?;
        let role = |row: &AnyRow| {
            Ok(AssignableRole {
                number: row.try_get("id")?,
                name: row.try_get("name")?,
                for_clients: row.try_get::<&str, _>("scope")? == RoleScope::Client.key(),
                client: client(row)?,
            })
        };
        rows.iter().map(role).collect()
    }

    /// Groups of the partner by their ids, each with its client; of ids that don't exist nothing.
    pub(crate) async fn user_groups_assignable(&mut self, ids: &[UserGroupId]) -> Result<Vec<(UserGroupSummary, Option<ClientId>)>> {
        let select = "SELECT id, unique_id, name, description, client_id FROM user_groups";
        let rows = self.of_partner(select, ids.iter().map(UserGroupId::as_str)).await?;
        rows.iter().map(|row| Ok((user_group_summary(row)?, client(row)?))).collect()
    }

    /// The numbers of all groups of a tenant.
    pub(crate) async fn user_group_numbers(&mut self, owner: Option<ClientId>) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM user_groups WHERE partner_id = $1 AND client_id = $2 ORDER BY id";
        let (partner, owner) = (self.partner.number(), owner.map_or(0, ClientId::number));
        Ok(sqlx::query_scalar(sql).bind(partner).bind(owner).fetch_all(self.connection()).await?)
    }

    /// The numbers of the roles that come by groups.
    pub(crate) async fn user_group_roles(&mut self, groups: &[i64]) -> Result<Vec<i64>> {
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        let mut binds = Binds::default();
        let places: Vec<_> = groups.iter().map(|group| binds.number(*group)).collect();
        let sql = format!("SELECT DISTINCT role_id FROM role_user_groups WHERE user_group_id IN ({})", places.join(", "));
        binds.fetch(self, sql).await?.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Gives a user roles and takes others away.
    pub(crate) async fn user_roles_change(&mut self, user: UserId, add: &[i64], remove: &[i64]) -> Result<()> {
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

    /// Puts a user into groups and takes it out of others.
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

    /// Takes everything from a user that lets it in or says what it may: sessions, invitations, roles, groups, password.
    pub(crate) async fn user_strip(&mut self, user: UserId) -> Result<()> {
        self.session_delete_all(user).await?;
        for sql in [
            "DELETE FROM invitations WHERE user_id = $1",
            "DELETE FROM role_users WHERE user_id = $1",
            "DELETE FROM user_group_users WHERE user_id = $1",
            "UPDATE users SET password_hash = '' WHERE id = $1",
        ] {
            sqlx::query(sql).bind(user.number()).execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn of_partner<'a>(&mut self, select: &str, ids: impl Iterator<Item = &'a str>) -> Result<Vec<AnyRow>> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let places: Vec<_> = ids.map(|id| binds.text(id)).collect();
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("{select} WHERE partner_id = {partner} AND unique_id IN ({}) ORDER BY name_key, id", places.join(", "));
        binds.fetch(self, sql).await
    }
}

/// That a row is the one that is meant.
fn referred(reference: &Reference, binds: &mut Binds) -> String {
    match reference {
        Reference::Id(id) => format!("unique_id = {}", binds.text(id.replace('\0', ""))),
        Reference::Number(number) => format!("id = {}", binds.number(*number)),
        Reference::Name(name) => format!("name_key = {}", binds.text(fold(name))),
    }
}
