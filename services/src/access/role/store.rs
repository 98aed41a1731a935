//! Roles.

pub(super) mod amount;
pub(super) mod grant;
pub(super) mod list;
pub(super) mod read;

use domain::{
    ClientId, ListPage, OfClient, Permission, RoleFilter, RoleId, RoleQuery, RoleScope, RoleSummary, Slice, Sliced, Timestamp, Total, UserId,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    kernel::{
        Binds, Tx,
        fold::fold,
        list::Listing,
        row::{client, id},
        row_count::Counted,
    },
};
pub(crate) use grant::scope;

/// The columns that [`summary`] reads, besides the number.
const COLUMNS: &str =
    "unique_id, client_id, name, description, scope, is_default, all_clients, all_devices, all_credentials, created, updated, version";

/// `UPDATE` of a role with a version check, with additional columns.
macro_rules! role_update {
    ($more:literal) => {
        concat!(
            "UPDATE roles SET description = $1, all_clients = $2, all_devices = $3, all_credentials = $4, updated = $5, updated_by = $6, \
             version = version + 1",
            $more,
            " WHERE id = $7 AND version = $8 RETURNING 1"
        )
    };
}

impl Tx {
    /// A role that the caller sees.
    pub(super) async fn role_get(&mut self, id: &RoleId) -> Result<Option<RoleSummary>> {
        let sql = format!("SELECT id, {COLUMNS} FROM roles t WHERE t.unique_id = $1 AND t.partner_id = $2{}", self.seen_role("t"));
        let mut binds = Binds::default();
        binds.text(id.as_str());
        binds.number(self.partner.number());
        binds.fetch(self, sql).await?.first().map(summary).transpose()
    }

    /// A page of the roles that the caller sees.
    pub(super) async fn role_list(&mut self, query: &RoleQuery) -> Result<ListPage<RoleSummary>> {
        self.roles_listed(query).await?.page(self, query, summary).await
    }

    /// How many roles of a client, or that list it, the caller sees. For the client's page.
    pub(crate) async fn role_total(&mut self, client: ClientId) -> Result<Total> {
        let query = RoleQuery::filtered(OfClient::of(client));
        self.roles_listed(&query).await?.total(self).await
    }

    /// The roles of a view.
    async fn roles_listed(&mut self, query: &RoleQuery) -> Result<Listing<'static>> {
        let mut listing = self.roles();
        listing.condition += match query.filter.which {
            Some(RoleFilter::Msp) => " AND t.scope = 'MSP'",
            Some(RoleFilter::Client) => " AND t.scope = 'CLIENT'",
            Some(RoleFilter::Default) => " AND t.is_default = 1",
            Some(RoleFilter::Own) => " AND t.is_default = 0",
            None => "",
        };
        if !query.is_filtered() {
            listing = self.all_counted(listing).await?;
        }
        if let Some(client) = query.filter.client {
            listing = self.of_client(listing, client);
        }
        Ok(listing.search_names(self, &query.search, query.filter.client))
    }

    /// The roles that the caller sees and that have a text in their name, by position.
    pub(super) async fn role_search(&mut self, slice: Slice, name: &str) -> Result<Sliced<RoleSummary>> {
        let mut listing = self.roles();
        if name.is_empty() {
            listing = self.all_counted(listing).await?;
        }
        listing.search("t.name_key", name).slice(self, slice, summary).await
    }

    /// Keeps the roles of a client, and those that list it, if the caller sees that client.
    fn of_client<'a>(&self, mut listing: Listing<'a>, client: ClientId) -> Listing<'a> {
        let number = client.number();
        let seen = self.seen_client(Permission::ClientView, &number.to_string());
        let listed = format!("SELECT rc.role_id AS hit FROM role_clients rc WHERE rc.client_id = {number}{seen}");
        listing.condition += &format!(" AND (t.client_id = {number} OR t.id IN ({listed}))");
        listing.among_any(vec![format!("SELECT r.id AS hit FROM roles r WHERE r.client_id = {number}"), listed])
    }

    /// A list of all roles, with their stored count if the caller sees all of them.
    async fn all_counted<'a>(&mut self, listing: Listing<'a>) -> Result<Listing<'a>> {
        if self.seen_role("t").is_empty() { Ok(listing.counted(self.row_count([Counted::Roles]).await?)) } else { Ok(listing) }
    }

    fn roles(&self) -> Listing<'static> {
        let mut binds = Binds::default();
        let condition = format!("t.partner_id = {}{}", binds.number(self.partner.number()), self.seen_role("t"));
        Listing::of(COLUMNS, "roles", "", condition, binds)
    }

    /// Writes a new role, which lists nothing yet. The seeds make roles too.
    pub(crate) async fn role_insert(&mut self, role: &RoleSummary) -> Result<()> {
        let sql = "INSERT INTO roles (id, unique_id, partner_id, client_id, name, name_key, description, scope, is_default, all_clients, all_devices, \
                   all_credentials, created, created_by, updated, updated_by, version) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $14, 1)";
        let (partner, now, by) = (self.partner.number(), self.now.millis(), self.caller.as_ref().map(|caller| caller.user.id.number()));
        sqlx::query(sql)
            .bind(role.number)
            .bind(role.id.as_str())
            .bind(partner)
            .bind(role.client.map_or(0, ClientId::number))
            .bind(role.name.as_str())
            .bind(fold(&role.name))
            .bind(role.description.as_str())
            .bind(role.scope.key())
            .bind(i64::from(role.is_default))
            .bind(i64::from(role.all_clients))
            .bind(i64::from(role.all_devices))
            .bind(i64::from(role.all_credentials))
            .bind(now)
            .bind(by)
            .execute(self.connection())
            .await?;
        self.row_count_add(Counted::Roles, 1).await
    }

    /// Updates a role; false if the version is stale. An unchanged name isn't written, because its index costs as much as the row.
    pub(super) async fn role_update(&mut self, before: &RoleSummary, role: &RoleSummary) -> Result<bool> {
        let renamed = before.name != role.name;
        let sql = if renamed { role_update!(", name = $9, name_key = $10") } else { role_update!("") };
        let (now, by) = (self.now.millis(), self.caller.as_ref().map(|caller| caller.user.id.number()));
        let query = sqlx::query(sql)
            .bind(role.description.as_str())
            .bind(i64::from(role.all_clients))
            .bind(i64::from(role.all_devices))
            .bind(i64::from(role.all_credentials))
            .bind(now)
            .bind(by)
            .bind(role.number)
            .bind(before.version);
        let query = if renamed { query.bind(role.name.as_str()).bind(fold(&role.name)) } else { query };
        Ok(query.fetch_optional(self.connection()).await?.is_some())
    }

    /// Deletes a role and its lists; false if the version is stale.
    pub(super) async fn role_delete(&mut self, role: &RoleSummary) -> Result<bool> {
        for list in domain::RoleList::ALL {
            let sql = format!("DELETE FROM {} WHERE role_id = $1", list::table(*list).join);
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(role.number).execute(self.connection()).await?;
        }
        let sql = "DELETE FROM roles WHERE id = $1 AND version = $2";
        let deleted = sqlx::query(sql).bind(role.number).bind(role.version).execute(self.connection()).await?.rows_affected();
        self.row_count_add(Counted::Roles, -i64::try_from(deleted).unwrap_or_default()).await?;
        Ok(deleted == 1)
    }

    /// The number of a partner's role by name. The operator and the seeds refer to roles by name.
    pub(crate) async fn role_by_name(&mut self, name: &str, scope: RoleScope) -> Result<Option<i64>> {
        let sql = "SELECT id FROM roles WHERE partner_id = $1 AND name = $2 AND scope = $3 ORDER BY is_default DESC, id LIMIT 1";
        let partner = self.partner.number();
        Ok(sqlx::query_scalar(sql).bind(partner).bind(name).bind(scope.key()).fetch_optional(self.connection()).await?)
    }

    /// The provider's role for clients' users that has an id or else a name. For clients that are restored.
    pub(crate) async fn role_of_provider(&mut self, id: &str, name: &str) -> Result<Option<RoleId>> {
        let sql = "SELECT unique_id FROM roles WHERE partner_id = $1 AND client_id = 0 AND scope = 'CLIENT' AND (unique_id = $2 OR name_key = $3) \
                   ORDER BY CASE WHEN unique_id = $2 THEN 0 ELSE 1 END LIMIT 1";
        let query = sqlx::query_scalar(sql).bind(self.partner.number()).bind(id).bind(fold(name));
        let found: Option<String> = query.fetch_optional(self.connection()).await?;
        Ok(found.and_then(|id| id.parse().ok()))
    }

    /// Gives a user a role. The seeds give roles too.
    pub(crate) async fn role_user_insert(&mut self, role: i64, user: UserId) -> Result<()> {
        let sql = "INSERT INTO role_users (role_id, user_id) VALUES ($1, $2)";
        sqlx::query(sql).bind(role).bind(user.number()).execute(self.connection()).await?;
        Ok(())
    }
}

fn summary(row: &AnyRow) -> Result<RoleSummary> {
    let is_set = |column| row.try_get::<i64, _>(column).map(|flag| flag == 1);
    let time = |column| row.try_get(column).map(Timestamp::from_millis);
    Ok(RoleSummary {
        id: id(row, "unique_id")?,
        number: row.try_get("id")?,
        client: client(row)?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        scope: scope(row.try_get("scope")?)?,
        is_default: is_set("is_default")?,
        all_clients: is_set("all_clients")?,
        all_devices: is_set("all_devices")?,
        all_credentials: is_set("all_credentials")?,
        created: time("created")?,
        updated: time("updated")?,
        version: row.try_get("version")?,
    })
}
