//! Permission sets.

use domain::{
    ClientId, ListPage, Permission, PermissionBits, PermissionSet, PermissionSetFilter, PermissionSetId, PermissionSetQuery, Slice, Sliced,
    Timestamp, UnenforcedPermission, partner_changes,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    access::role::scope,
    kernel::{
        Binds, Tx,
        fold::fold,
        list::Listing,
        row::{client, id},
    },
};

const COLUMNS: &str = "t.unique_id, t.client_id, t.name, t.description, t.scope, t.is_default, t.unenforced, t.created, t.updated, t.version, \
                       (SELECT string_agg(pp.permission, ',') FROM permission_set_permissions pp WHERE pp.permission_set_id = t.id) AS permissions";

impl Tx {
    /// A permission set that the caller sees.
    pub(super) async fn permission_set_get(&mut self, id: &PermissionSetId) -> Result<Option<PermissionSet>> {
        let mut binds = Binds::default();
        let (id, partner) = (binds.text(id.as_str()), binds.number(self.partner.number()));
        let seen = self.seen_permission_set("t");
        let sql = format!("SELECT t.id, {COLUMNS} FROM permission_sets t WHERE t.unique_id = {id} AND t.partner_id = {partner}{seen}");
        binds.fetch(self, sql).await?.first().map(read).transpose()
    }

    /// A page of the permission sets that the caller sees.
    pub(super) async fn permission_set_list(&mut self, query: &PermissionSetQuery) -> Result<ListPage<PermissionSet>> {
        let mut listing = self.permission_sets();
        listing.condition += &query.filter.map(condition).unwrap_or_default();
        listing.search("t.name_key", &query.search).page(self, query, read).await
    }

    /// The permission sets that the caller sees, by position, with a text in the name.
    pub(super) async fn permission_set_search(&mut self, name: &str, slice: Slice) -> Result<Sliced<PermissionSet>> {
        self.permission_sets().search("t.name_key", name).slice(self, slice, read).await
    }

    fn permission_sets(&self) -> Listing<'static> {
        let mut binds = Binds::default();
        let condition = format!("t.partner_id = {}{}", binds.number(self.partner.number()), self.seen_permission_set("t"));
        Listing::of(COLUMNS, "permission_sets", "", condition, binds)
    }

    /// Writes a new permission set.
    pub(super) async fn permission_set_insert(&mut self, set: &PermissionSet) -> Result<()> {
        let sql = "INSERT INTO permission_sets (id, unique_id, partner_id, client_id, name, name_key, description, scope, is_default, created, \
                   created_by, updated, updated_by, version, unenforced) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $11, 1, $12)";
        let (partner, now, by) = (self.partner.number(), self.now.millis(), self.caller.as_ref().map(|caller| caller.user.id.number()));
        sqlx::query(sql)
            .bind(set.number)
            .bind(set.id.as_str())
            .bind(partner)
            .bind(set.client.map_or(0, ClientId::number))
            .bind(set.name.as_str())
            .bind(fold(&set.name))
            .bind(set.description.as_str())
            .bind(set.scope.key())
            .bind(i64::from(set.is_default))
            .bind(now)
            .bind(by)
            .bind(document(&set.unenforced)?)
            .execute(self.connection())
            .await?;
        self.permission_set_fill(set.number, set.permissions).await
    }

    /// The id of the provider's permission set for clients' users that has an id or else a name. For clients that are restored.
    pub(crate) async fn permission_set_of_provider(&mut self, id: &str, name: &str) -> Result<Option<String>> {
        let sql = "SELECT unique_id FROM permission_sets WHERE partner_id = $1 AND client_id = 0 AND scope = 'CLIENT' AND (unique_id = $2 OR name_key = $3) \
                   ORDER BY CASE WHEN unique_id = $2 THEN 0 ELSE 1 END LIMIT 1";
        let query = sqlx::query_scalar(sql).bind(self.partner.number()).bind(id).bind(fold(name));
        Ok(query.fetch_optional(self.connection()).await?)
    }

    /// Updates a permission set; false if the version is stale.
    pub(super) async fn permission_set_update(&mut self, set: &PermissionSet, version: i64) -> Result<bool> {
        let sql = "UPDATE permission_sets SET name = $1, name_key = $2, description = $3, updated = $4, updated_by = $5, unenforced = $6, \
                   version = version + 1 WHERE id = $7 AND version = $8";
        let (now, by) = (self.now.millis(), self.caller.as_ref().map(|caller| caller.user.id.number()));
        let query = sqlx::query(sql).bind(set.name.as_str()).bind(fold(&set.name)).bind(set.description.as_str()).bind(now).bind(by);
        let query = query.bind(document(&set.unenforced)?);
        if query.bind(set.number).bind(version).execute(self.connection()).await?.rows_affected() != 1 {
            return Ok(false);
        }
        self.permission_set_empty(set.number).await?;
        self.permission_set_fill(set.number, set.permissions).await?;
        Ok(true)
    }

    /// Deletes a permission set; false if the version is stale.
    pub(super) async fn permission_set_delete(&mut self, set: &PermissionSet) -> Result<bool> {
        self.permission_set_empty(set.number).await?;
        let sql = "DELETE FROM permission_sets WHERE id = $1 AND version = $2";
        Ok(sqlx::query(sql).bind(set.number).bind(set.version).execute(self.connection()).await?.rows_affected() == 1)
    }

    /// The numbers of all roles that have a permission set.
    pub(super) async fn permission_set_roles(&mut self, set: i64) -> Result<Vec<i64>> {
        let sql = "SELECT role_id FROM role_permission_sets WHERE permission_set_id = $1 ORDER BY role_id";
        Ok(sqlx::query_scalar(sql).bind(set).fetch_all(self.connection()).await?)
    }

    /// The number of roles with the permission set that the caller sees.
    pub(super) async fn permission_set_roles_seen(&mut self, set: i64) -> Result<u64> {
        let mut binds = Binds::default();
        let (set, seen) = (binds.number(set), self.seen_role("t"));
        let sql = format!("SELECT COUNT(*) FROM role_permission_sets j JOIN roles t ON t.id = j.role_id WHERE j.permission_set_id = {set}{seen}");
        binds.fetch_number(self, sql).await
    }

    async fn permission_set_empty(&mut self, set: i64) -> Result<()> {
        let sql = "DELETE FROM permission_set_permissions WHERE permission_set_id = $1";
        sqlx::query(sql).bind(set).execute(self.connection()).await?;
        Ok(())
    }

    async fn permission_set_fill(&mut self, set: i64, permissions: PermissionBits) -> Result<()> {
        if permissions.is_empty() {
            return Ok(());
        }
        let mut binds = Binds::default();
        let set = binds.number(set);
        let values: Vec<_> = permissions.iter().map(|permission| format!("({set}, {})", binds.text(permission.key()))).collect();
        binds.execute(self, format!("INSERT INTO permission_set_permissions (permission_set_id, permission) VALUES {}", values.join(", "))).await
    }
}

/// `AND …` that a filter leaves a set.
fn condition(filter: PermissionSetFilter) -> String {
    match filter {
        PermissionSetFilter::Msp | PermissionSetFilter::FitsMspRole => " AND t.scope = 'MSP'".to_owned(),
        PermissionSetFilter::Client => " AND t.scope = 'CLIENT'".to_owned(),
        PermissionSetFilter::Default => " AND t.is_default = 1".to_owned(),
        PermissionSetFilter::Own => " AND t.is_default = 0".to_owned(),
        PermissionSetFilter::FitsClientRole => {
            let keys = partner_changes().map(|permission| format!("'{}'", permission.key())).collect::<Vec<_>>().join(", ");
            format!(
                " AND (t.scope = 'CLIENT' OR NOT EXISTS (SELECT 1 FROM permission_set_permissions pp \
                 WHERE pp.permission_set_id = t.id AND pp.permission IN ({keys})))"
            )
        }
    }
}

/// Parses comma-separated permission keys. Keys unknown to this version are skipped.
pub(super) fn permissions(keys: &str) -> PermissionBits {
    keys.split(',').filter_map(Permission::from_key).collect()
}

fn read(row: &AnyRow) -> Result<PermissionSet> {
    let time = |column| row.try_get(column).map(Timestamp::from_millis);
    Ok(PermissionSet {
        id: id(row, "unique_id")?,
        number: row.try_get("id")?,
        client: client(row)?,
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        scope: scope(row.try_get("scope")?)?,
        is_default: row.try_get::<i64, _>("is_default")? == 1,
        permissions: permissions(row.try_get::<Option<&str>, _>("permissions")?.unwrap_or_default()),
        unenforced: match row.try_get::<&str, _>("unenforced")? {
            "" => Vec::new(),
            document => serde_json::from_str(document)?,
        },
        created: time("created")?,
        updated: time("updated")?,
        version: row.try_get("version")?,
    })
}

/// The list as stored JSON; empty for none.
fn document(unenforced: &[UnenforcedPermission]) -> Result<String> {
    Ok(if unenforced.is_empty() { String::new() } else { serde_json::to_string(unenforced)? })
}
