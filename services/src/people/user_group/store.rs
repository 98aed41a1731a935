//! User groups and their members.

use domain::{
    ClientId, ListPage, NameQuery, OfClient, Permission, RoleList, Slice, Sliced, Timestamp, Total, UserGroup, UserGroupId, UserGroupProfile,
    UserGroupQuery, UserGroupRow, UserGroupUsage, UserId, UserRow,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    kernel::{Binds, Tx, fold::fold, list::Listing, row::client},
    people::user::{AUTHOR_TABLES, AUTHORS, author, of_owner, search_users, user_group_summary, user_row},
};

/// Users per statement.
const ROWS: usize = 1000;

/// The columns that [`group_row`] reads, without the number of users.
const GROUP: &str = "t.unique_id, t.client_id, COALESCE(c.name, p.name) AS organization, t.name, t.description, t.email, t.created, t.updated";

/// The joins that [`GROUP`] needs.
const JOINS: &str = "LEFT JOIN partners p ON p.id = t.partner_id LEFT JOIN clients c ON c.id = t.client_id";

fn group_row(row: &AnyRow) -> Result<UserGroupRow> {
    Ok(UserGroupRow {
        group: user_group_summary(row)?,
        client: client(row)?,
        organization: row.try_get("organization")?,
        email: row.try_get("email")?,
        users: row.try_get::<i64, _>("users")?.unsigned_abs(),
        created: Timestamp::from_millis(row.try_get("created")?),
        updated: Timestamp::from_millis(row.try_get("updated")?),
    })
}

impl Tx {
    /// A page of the groups that the caller sees.
    pub(super) async fn user_group_list(&mut self, query: &UserGroupQuery) -> Result<ListPage<UserGroupRow>> {
        let columns = self.user_group_columns();
        self.user_groups_listed(&columns, query).page(self, query, group_row).await
    }

    /// How many groups of a client the caller sees. For the client's page.
    pub(crate) async fn user_group_total(&mut self, client: ClientId) -> Result<Total> {
        let query = UserGroupQuery::filtered(OfClient::of(client));
        self.user_groups_listed(GROUP, &query).total(self).await
    }

    /// The groups of a view.
    fn user_groups_listed<'a>(&self, columns: &'a str, query: &UserGroupQuery) -> Listing<'a> {
        let mut listing = self.user_groups_seen(columns).of_client(query.filter.client);
        listing.condition += of_owner(query.filter.which);
        listing.search_names(self, &query.search, query.filter.client)
    }

    /// A part of the groups that the caller sees, with a text in the name.
    pub(super) async fn user_group_search(&mut self, name: &str, slice: Slice) -> Result<Sliced<UserGroupRow>> {
        let columns = self.user_group_columns();
        self.user_groups_seen(&columns).search("t.name_key", name).slice(self, slice, group_row).await
    }

    /// The columns that [`group_row`] reads. All members belong to the group's tenant, so the caller sees all of them or none.
    fn user_group_columns(&self) -> String {
        let users = "(SELECT COUNT(*) FROM user_group_users gu WHERE gu.user_group_id = t.id)";
        format!("{GROUP}, CASE WHEN 1 = 1{} THEN {users} ELSE 0 END AS users", self.seen_owner(Permission::UserView, "t.client_id"))
    }

    fn user_groups_seen<'a>(&self, columns: &'a str) -> Listing<'a> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let condition = format!("t.partner_id = {partner}{}", self.seen_owner(Permission::UserGroupView, "t.client_id"));
        Listing::of(columns, "user_groups", JOINS, condition, binds)
    }

    /// A group, if the caller sees it.
    pub(super) async fn user_group_get(&mut self, id: &UserGroupId) -> Result<Option<UserGroup>> {
        let mut binds = Binds::default();
        let (id, partner) = (binds.text(id.as_str()), binds.number(self.partner.number()));
        let (columns, seen) = (self.user_group_columns(), self.seen_owner(Permission::UserGroupView, "t.client_id"));
        let sql = format!(
            "SELECT t.id, t.version, {columns}, {AUTHORS} FROM user_groups t {JOINS} {AUTHOR_TABLES} WHERE t.unique_id = {id} AND t.partner_id = {partner}{seen}"
        );
        let reader = self.caller.clone();
        let group = |row: &AnyRow| -> Result<UserGroup> {
            let (created_by, updated_by) = (author(row, 'a', reader.as_deref())?, author(row, 'b', reader.as_deref())?);
            Ok(UserGroup { row: group_row(row)?, roles: Vec::new(), created_by, updated_by, version: row.try_get("version")? })
        };
        let Some(mut group) = binds.fetch(self, sql).await?.first().map(group).transpose()? else { return Ok(None) };
        group.roles = self.user_group_role_list(group.row.group.number).await?;
        Ok(Some(group))
    }

    /// The number of a group of the partner.
    pub(super) async fn user_group_number(&mut self, id: &UserGroupId) -> Result<i64> {
        let sql = "SELECT id FROM user_groups WHERE unique_id = $1 AND partner_id = $2";
        Ok(sqlx::query_scalar(sql).bind(id.as_str()).bind(self.partner.number()).fetch_one(self.connection()).await?)
    }

    /// Inserts a group, with the tenant's users who are in all groups as members. The seeds use it too.
    pub(crate) async fn user_group_insert(&mut self, id: &UserGroupId, owner: Option<ClientId>, profile: &UserGroupProfile) -> Result<()> {
        let number = self.next_number("user_group").await?;
        let sql = "INSERT INTO user_groups (id, unique_id, partner_id, client_id, name, name_key, description, email, created, created_by, updated, \
                   updated_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $10, 1)";
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        let (partner, owner) = (self.partner.number(), owner.map_or(0, ClientId::number));
        sqlx::query(sql)
            .bind(number)
            .bind(id.as_str())
            .bind(partner)
            .bind(owner)
            .bind(&profile.name)
            .bind(fold(&profile.name))
            .bind(&profile.description)
            .bind(&profile.email)
            .bind(self.now.millis())
            .bind(by)
            .execute(self.connection())
            .await?;
        let sql = "INSERT INTO user_group_users (user_group_id, user_id) SELECT $1, id FROM users \
                   WHERE partner_id = $2 AND client_id = $3 AND kind = 'person' AND all_user_groups = 1 AND status <> 'terminated'";
        sqlx::query(sql).bind(number).bind(partner).bind(owner).execute(self.connection()).await?;
        Ok(())
    }

    /// Updates a group; false if the version is stale.
    pub(super) async fn user_group_update(&mut self, number: i64, version: i64, profile: &UserGroupProfile) -> Result<bool> {
        let sql = "UPDATE user_groups SET name = $1, name_key = $2, description = $3, email = $4, updated = $5, updated_by = $6, \
                   version = version + 1 WHERE id = $7 AND partner_id = $8 AND version = $9";
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        let done = sqlx::query(sql)
            .bind(&profile.name)
            .bind(fold(&profile.name))
            .bind(&profile.description)
            .bind(&profile.email)
            .bind(self.now.millis())
            .bind(by)
            .bind(number)
            .bind(self.partner.number())
            .bind(version)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Deletes a group, but not its users and roles.
    pub(super) async fn user_group_delete(&mut self, number: i64) -> Result<()> {
        for sql in [
            "DELETE FROM role_user_groups WHERE user_group_id = $1",
            "DELETE FROM user_group_users WHERE user_group_id = $1",
            "DELETE FROM user_groups WHERE id = $1",
        ] {
            sqlx::query(sql).bind(number).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// The number of users of a group, and the names of its roles that the caller sees.
    pub(super) async fn user_group_usage(&mut self, number: i64) -> Result<UserGroupUsage> {
        let mut binds = Binds::default();
        let group = binds.number(number);
        let seen = self.seen_in(RoleList::Users, "u");
        let sql = format!("SELECT COUNT(*) FROM user_group_users gu JOIN users u ON u.id = gu.user_id WHERE gu.user_group_id = {group}{seen}");
        let users = binds.fetch_number(self, sql).await?;
        let mut binds = Binds::default();
        let (group, seen) = (binds.number(number), self.seen_role("r"));
        let sql = format!(
            "SELECT r.name FROM role_user_groups rg JOIN roles r ON r.id = rg.role_id WHERE rg.user_group_id = {group}{seen} ORDER BY r.name_key, r.id"
        );
        let roles = binds.fetch(self, sql).await?.iter().map(|row| Ok(row.try_get(0)?)).collect::<Result<_>>()?;
        Ok(UserGroupUsage { users, roles })
    }

    /// A page of a group's users, as far as the caller sees them.
    pub(super) async fn user_group_users(&mut self, number: i64, query: &NameQuery) -> Result<ListPage<UserRow>> {
        search_users(self.users_of_group(number), &query.search).page(self, query, user_row).await
    }

    /// As [`Tx::user_group_users`], a part by position.
    pub(super) async fn user_group_users_search(&mut self, number: i64, slice: Slice) -> Result<Sliced<UserRow>> {
        self.users_of_group(number).slice(self, slice, user_row).await
    }

    /// Those of the users who can be in a group of this tenant: its own, not terminated, and visible to the caller.
    pub(super) async fn users_groupable(&mut self, owner: Option<ClientId>, users: &[UserId]) -> Result<Vec<UserId>> {
        let seen = self.seen_owner(Permission::UserView, "t.client_id");
        let mut groupable = Vec::new();
        for some in users.chunks(ROWS) {
            let mut binds = Binds::default();
            let (partner, owner) = (binds.number(self.partner.number()), binds.number(owner.map_or(0, ClientId::number)));
            let places: Vec<_> = some.iter().map(|user| binds.number(user.number())).collect();
            let sql = format!(
                "SELECT t.id FROM users t WHERE t.partner_id = {partner} AND t.client_id = {owner} AND t.kind = 'person' AND t.status <> 'terminated' \
                 AND t.id IN ({}){seen}",
                places.join(", ")
            );
            for row in binds.fetch(self, sql).await? {
                groupable.push(UserId::new(row.try_get(0)?));
            }
        }
        Ok(groupable)
    }

    /// Adds users to a group; members stay.
    pub(super) async fn user_group_users_insert(&mut self, group: i64, users: &[UserId]) -> Result<()> {
        for some in users.chunks(ROWS) {
            let mut binds = Binds::default();
            let group = binds.number(group);
            let rows: Vec<_> = some.iter().map(|user| format!("({group}, {})", binds.number(user.number()))).collect();
            let sql = format!("INSERT INTO user_group_users (user_group_id, user_id) VALUES {} ON CONFLICT DO NOTHING", rows.join(", "));
            binds.execute(self, sql).await?;
        }
        Ok(())
    }

    /// Removes users from a group, and clears their `all_user_groups`.
    pub(super) async fn user_group_users_delete(&mut self, group: i64, users: &[UserId]) -> Result<()> {
        for some in users.chunks(ROWS) {
            let mut binds = Binds::default();
            let group = binds.number(group);
            let places: Vec<_> = some.iter().map(|user| binds.number(user.number())).collect();
            let sql = format!("DELETE FROM user_group_users WHERE user_group_id = {group} AND user_id IN ({})", places.join(", "));
            binds.execute(self, sql).await?;
            let mut binds = Binds::default();
            let partner = binds.number(self.partner.number());
            let places: Vec<_> = some.iter().map(|user| binds.number(user.number())).collect();
            let sql = format!(
                "UPDATE users SET all_user_groups = 0, version = version + 1 WHERE partner_id = {partner} AND all_user_groups = 1 AND id IN ({})",
                places.join(", ")
            );
            binds.execute(self, sql).await?;
        }
        Ok(())
    }
}
