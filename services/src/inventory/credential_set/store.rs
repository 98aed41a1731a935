//! Credential sets.

use std::collections::BTreeMap;

use domain::{
    ClientId, CredentialField, CredentialSet, CredentialSetDetails, CredentialSetId, CredentialSetQuery, CredentialSetSummary, InventoryUsage,
    ListPage, OfClient, Permission, Slice, Sliced, Timestamp, Total,
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Fault, Result,
    kernel::{
        Binds, Tx,
        authz::Owned,
        fold::fold,
        list::Listing,
        row::{owner, usage},
    },
};

const COLUMNS: &str = "t.unique_id, t.client_id, c.name AS client_name, t.name, t.description, t.credential_type, t.details, t.secrets, t.created, \
                       t.updated, t.version";

const JOINS: &str = "LEFT JOIN clients c ON c.id = t.client_id";

/// Encrypted secrets by field.
pub(crate) type SealedFields = BTreeMap<CredentialField, String>;

/// A credential set with its encrypted secrets.
pub(super) struct StoredCredentialSet {
    pub(crate) set: CredentialSet,
    pub(crate) sealed: SealedFields,
}

impl Owned for StoredCredentialSet {
    fn owner(&self) -> Option<ClientId> {
        self.set.client.as_ref().map(|client| client.id)
    }
}

/// A credential set to be written.
pub(crate) struct NewCredentialSet {
    pub(crate) number: i64,
    pub(crate) id: CredentialSetId,
    /// None for the partner's own.
    pub(crate) client: Option<ClientId>,
    pub(crate) details: CredentialSetDetails,
    pub(crate) sealed: SealedFields,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
}

impl Tx {
    /// The credential sets that the caller sees, to be narrowed.
    fn credential_sets(&self) -> Listing<'static> {
        let mut binds = Binds::default();
        let partner = binds.number(self.partner.number());
        let condition = format!("t.partner_id = {partner}{}", self.seen_credential_set(Permission::CredentialSetView, "t"));
        Listing::of(COLUMNS, "credential_sets", JOINS, condition, binds)
    }

    /// A page of the credential sets that the caller sees.
    pub(super) async fn credential_set_list(&mut self, query: &CredentialSetQuery) -> Result<ListPage<CredentialSet>> {
        self.credential_sets_listed(query).page(self, query, |row| Ok(stored(row)?.set)).await
    }

    /// How many credential sets of a client the caller sees. For the client's page.
    pub(crate) async fn credential_set_total(&mut self, client: ClientId) -> Result<Total> {
        let query = CredentialSetQuery::filtered(OfClient::of(client));
        self.credential_sets_listed(&query).total(self).await
    }

    /// The credential sets of a view.
    fn credential_sets_listed(&self, query: &CredentialSetQuery) -> Listing<'static> {
        let mut listing = self.credential_sets().of_client(query.filter.client);
        if let Some(credential_type) = query.filter.which {
            let credential_type = listing.binds.text(credential_type.key);
            listing.condition += &format!(" AND t.credential_type = {credential_type}");
        }
        listing.search_names(self, &query.search, query.filter.client)
    }

    /// The credential sets that the caller sees and whose names have a text.
    pub(super) async fn credential_set_search(&mut self, name: &str, slice: Slice) -> Result<Sliced<CredentialSet>> {
        self.credential_sets().search("t.name_key", name).slice(self, slice, |row| Ok(stored(row)?.set)).await
    }

    /// Id and name of every credential set that the caller sees.
    pub(super) async fn credential_set_names(&mut self) -> Result<Vec<CredentialSetSummary>> {
        let listing = self.credential_sets().by("t.unique_id, t.name", "");
        listing.all(self, |row| Ok(CredentialSetSummary { id: set_id(row)?, name: row.try_get("name")? })).await
    }

    /// A visible credential set with its encrypted secrets.
    pub(super) async fn credential_set_get(&mut self, id: &CredentialSetId) -> Result<Option<StoredCredentialSet>> {
        let Listing { condition, mut binds, .. } = self.credential_sets();
        let id = binds.text(id.as_str());
        let rows = binds.fetch(self, format!("SELECT {COLUMNS} FROM credential_sets t {JOINS} WHERE {condition} AND t.unique_id = {id}")).await?;
        rows.first().map(stored).transpose()
    }

    /// Whether the caller can change a credential set.
    pub(super) async fn credential_set_is_changeable(&mut self, id: &CredentialSetId) -> Result<bool> {
        let mut binds = Binds::default();
        let (id, partner) = (binds.text(id.as_str()), binds.number(self.partner.number()));
        let seen = self.seen_credential_set(Permission::CredentialSetManage, "t");
        let sql = format!("SELECT COUNT(*) FROM credential_sets t WHERE t.unique_id = {id} AND t.partner_id = {partner}{seen}");
        Ok(binds.fetch_number(self, sql).await? > 0)
    }

    /// Inserts a credential set. The seeds use it too.
    pub(crate) async fn credential_set_insert(&mut self, set: &NewCredentialSet) -> Result<()> {
        let sql = "INSERT INTO credential_sets (id, unique_id, partner_id, client_id, name, name_key, description, credential_type, details, secrets, \
                   created, created_by, updated, updated_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12, 1)";
        let details = &set.details;
        sqlx::query(sql)
            .bind(set.number)
            .bind(set.id.as_str())
            .bind(self.partner.number())
            .bind(set.client.map_or(0, ClientId::number))
            .bind(&details.name)
            .bind(fold(&details.name))
            .bind(&details.description)
            .bind(&details.credential_type)
            .bind(serde_json::to_string(&details.fields)?)
            .bind(serde_json::to_string(&set.sealed)?)
            .bind(set.created.millis())
            .bind(self.caller.as_ref().map(|caller| caller.user.id.number()))
            .bind(set.updated.millis())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Updates a credential set; false if the version is stale.
    pub(super) async fn credential_set_update(
        &mut self,
        id: &CredentialSetId,
        version: i64,
        details: &CredentialSetDetails,
        sealed: &SealedFields,
    ) -> Result<bool> {
        let sql = "UPDATE credential_sets SET name = $1, name_key = $2, description = $3, credential_type = $4, details = $5, secrets = $6, \
                   updated = $7, updated_by = $8, version = version + 1 WHERE unique_id = $9 AND partner_id = $10 AND version = $11";
        let done = sqlx::query(sql)
            .bind(&details.name)
            .bind(fold(&details.name))
            .bind(&details.description)
            .bind(&details.credential_type)
            .bind(serde_json::to_string(&details.fields)?)
            .bind(serde_json::to_string(sealed)?)
            .bind(self.now.millis())
            .bind(self.caller.as_ref().map(|caller| caller.user.id.number()))
            .bind(id.as_str())
            .bind(self.partner.number())
            .bind(version)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Deletes a credential set and removes it from every role.
    pub(super) async fn credential_set_delete(&mut self, id: &CredentialSetId) -> Result<()> {
        for sql in [
            "DELETE FROM role_credential_sets WHERE credential_set_id = (SELECT s.id FROM credential_sets s WHERE s.unique_id = $1 AND s.partner_id = $2)",
            "DELETE FROM credential_sets WHERE unique_id = $1 AND partner_id = $2",
        ] {
            sqlx::query(sql).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Where a credential set is used, as far as the caller sees it.
    pub(super) async fn credential_set_usage(&mut self, id: &CredentialSetId) -> Result<InventoryUsage> {
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM role_credential_sets rs JOIN roles r ON r.id = rs.role_id WHERE rs.credential_set_id = t.id{}) AS roles, \
             0 AS device_groups, 0 AS devices FROM credential_sets t WHERE t.unique_id = $1 AND t.partner_id = $2",
            self.seen_role("r")
        );
        usage(&sqlx::query(AssertSqlSafe(sql)).bind(id.as_str()).bind(self.partner.number()).fetch_one(self.connection()).await?)
    }
}

fn set_id(row: &AnyRow) -> Result<CredentialSetId> {
    row.try_get::<String, _>("unique_id")?.parse().map_err(|_| Fault::Failed("a credential set's id is wrong".to_owned()))
}

fn stored(row: &AnyRow) -> Result<StoredCredentialSet> {
    let sealed: SealedFields = serde_json::from_str(row.try_get("secrets")?)?;
    let details = CredentialSetDetails {
        name: row.try_get("name")?,
        description: row.try_get("description")?,
        credential_type: row.try_get("credential_type")?,
        fields: serde_json::from_str(row.try_get("details")?)?,
    };
    let set = CredentialSet {
        id: set_id(row)?,
        client: owner(row)?,
        details,
        secrets: sealed.keys().copied().collect(),
        created: Timestamp::from_millis(row.try_get("created")?),
        updated: Timestamp::from_millis(row.try_get("updated")?),
        version: row.try_get("version")?,
    };
    Ok(StoredCredentialSet { set, sealed })
}
