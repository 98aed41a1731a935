//! Clients.

pub(super) mod bulk;
pub(super) mod list;
pub(super) mod profile;
pub(super) mod search;
pub(super) mod slice;

use std::collections::BTreeMap;

use domain::{Caller, Client, ClientDraft, ClientId, ClientStatus, IpRestriction, Month, PartnerId, PermissionBits, Timestamp};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Fault, Result,
    kernel::{Tx, fold::fold, row_count::Counted},
    people::user::author,
};

/// Encrypted passwords by row key.
pub(crate) type Secrets = BTreeMap<String, String>;

/// A client with its encrypted passwords.
pub(super) struct StoredClient {
    pub(crate) client: Client,
    pub(crate) secrets: Secrets,
}

/// A client to write: its validated profile without passwords, and the encrypted passwords.
pub(crate) struct SealedProfile {
    pub(crate) details: ClientDraft,
    pub(crate) restriction: IpRestriction,
    pub(crate) secrets: Secrets,
}

/// The columns that [`client`] reads, and the encrypted passwords.
pub(super) const CLIENT: &str = "t.status, t.created, t.updated, t.version, d.details, d.secrets, \
    a.id AS a_id, a.login AS a_login, a.first_name AS a_first, a.last_name AS a_last, a.email AS a_email, a.client_id AS a_client, \
    b.id AS b_id, b.login AS b_login, b.first_name AS b_first, b.last_name AS b_last, b.email AS b_email, b.client_id AS b_client";

/// The joins that [`CLIENT`] needs.
pub(super) const JOINS: &str = "JOIN client_details d ON d.client_id = t.id \
    LEFT JOIN users a ON a.id = t.created_by LEFT JOIN users b ON b.id = t.updated_by";

/// Reads a client with all details. `reader` decides which authors are named.
pub(super) fn client(row: &AnyRow, partner: PartnerId, reader: Option<&Caller>) -> Result<Client> {
    Ok(Client {
        id: ClientId::new(row.try_get("id")?),
        partner,
        status: status(row)?,
        details: serde_json::from_str(row.try_get("details")?)?,
        created: Timestamp::from_millis(row.try_get("created")?),
        created_by: author(row, 'a', reader)?,
        updated: Timestamp::from_millis(row.try_get("updated")?),
        updated_by: author(row, 'b', reader)?,
        version: row.try_get("version")?,
        may: PermissionBits::default(),
    })
}

impl Tx {
    /// Whether the client is active or suspended. Checked before anything is created or changed at a client.
    pub(crate) async fn client_in_service(&mut self, client: ClientId) -> Result<bool> {
        let unstaged = self.unstaged_client("t.id");
        let sql = format!("SELECT t.id FROM clients t WHERE t.id = $1 AND t.partner_id = $2 AND t.status IN ('active', 'suspended'){unstaged}");
        let query = sqlx::query_scalar(AssertSqlSafe(sql)).bind(client.number()).bind(self.partner.number());
        let found: Option<i64> = query.fetch_optional(self.connection()).await?;
        Ok(found.is_some())
    }

    /// A client of the partner that the caller's tenant can see.
    pub(super) async fn client_get(&mut self, id: ClientId) -> Result<Option<StoredClient>> {
        if self.only_client.is_some_and(|only| only != id) {
            return Ok(None);
        }
        let sql = format!("SELECT t.id, {CLIENT} FROM clients t {JOINS} WHERE t.id = $1 AND t.partner_id = $2{}", self.unstaged_client("t.id"));
        let query = sqlx::query(AssertSqlSafe(sql)).bind(id.number()).bind(self.partner.number());
        let Some(row) = query.fetch_optional(self.connection()).await? else { return Ok(None) };
        let secrets = serde_json::from_str(row.try_get("secrets")?)?;
        let may = self.client_permissions(&[id]).await?.into_iter().fold(PermissionBits::default(), PermissionBits::union);
        Ok(Some(StoredClient { client: Client { may, ..client(&row, self.partner, self.caller.as_deref())? }, secrets }))
    }

    /// The next client number; numbers are never reused.
    pub(super) async fn client_number(&mut self) -> Result<ClientId> {
        Ok(ClientId::new(self.next_number("client").await?))
    }

    /// Country and time zone of the partner's latest client, for one that is added in a hurry.
    pub(crate) async fn client_place_latest(&mut self) -> Result<Option<(String, String)>> {
        let sql = "SELECT t.country, t.time_zone FROM clients t WHERE t.partner_id = $1 AND t.status = 'active' ORDER BY t.id DESC LIMIT 1";
        let row = sqlx::query(sql).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        row.map(|row| Ok((row.try_get("country")?, row.try_get("time_zone")?))).transpose()
    }

    /// Inserts an active client.
    pub(super) async fn client_insert(&mut self, id: ClientId, profile: &SealedProfile) -> Result<()> {
        let draft = &profile.details;
        let sql = "INSERT INTO clients (id, partner_id, status, name, name_key, country, time_zone, external_id, external_key, restriction, \
                   created, created_by, updated, updated_by, version, require_second_factor) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $12, 1, $13)";
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        sqlx::query(sql)
            .bind(id.number())
            .bind(self.partner.number())
            .bind(ClientStatus::Active.key())
            .bind(&draft.name)
            .bind(fold(&draft.name))
            .bind(&draft.country)
            .bind(&draft.time_zone)
            .bind(&draft.external_id)
            .bind(fold(&draft.external_id))
            .bind(profile.restriction.to_string())
            .bind(self.now.millis())
            .bind(by)
            .bind(i64::from(draft.require_second_factor))
            .execute(self.connection())
            .await?;
        let sql = "INSERT INTO client_details (client_id, details, secrets) VALUES ($1, $2, $3)";
        let (details, secrets) = documents(draft, &profile.secrets)?;
        sqlx::query(sql).bind(id.number()).bind(details).bind(secrets).execute(self.connection()).await?;
        self.row_count_add(Counted::Clients(ClientStatus::Active), 1).await?;
        self.row_count_add(Counted::ClientsCreated(Month::of(self.now)), 1).await?;
        self.client_search_insert(id, id).await
    }

    /// Updates a client; false if the version is stale.
    pub(super) async fn client_update(&mut self, id: ClientId, version: i64, profile: &SealedProfile) -> Result<bool> {
        let draft = &profile.details;
        let sql = "UPDATE clients SET name = $1, name_key = $2, country = $3, time_zone = $4, external_id = $5, external_key = $6, restriction = $7, \
                   updated = $8, updated_by = $9, require_second_factor = $13, version = version + 1 WHERE id = $10 AND partner_id = $11 AND version = $12";
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        let done = sqlx::query(sql)
            .bind(&draft.name)
            .bind(fold(&draft.name))
            .bind(&draft.country)
            .bind(&draft.time_zone)
            .bind(&draft.external_id)
            .bind(fold(&draft.external_id))
            .bind(profile.restriction.to_string())
            .bind(self.now.millis())
            .bind(by)
            .bind(id.number())
            .bind(self.partner.number())
            .bind(version)
            .bind(i64::from(draft.require_second_factor))
            .execute(self.connection())
            .await?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        let (details, secrets) = documents(draft, &profile.secrets)?;
        let sql = "UPDATE client_details SET details = $1, secrets = $2 WHERE client_id = $3";
        sqlx::query(sql).bind(details).bind(secrets).bind(id.number()).execute(self.connection()).await?;
        self.client_search_update(id).await?;
        Ok(true)
    }

    /// Changes a client's status; false if the current one isn't `from`. The seeds use it too.
    pub(crate) async fn client_status_update(&mut self, id: ClientId, from: ClientStatus, to: ClientStatus) -> Result<bool> {
        let sql =
            "UPDATE clients SET status = $1, updated = $2, updated_by = $3, version = version + 1 WHERE id = $4 AND partner_id = $5 AND status = $6";
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        let done = sqlx::query(sql)
            .bind(to.key())
            .bind(self.now.millis())
            .bind(by)
            .bind(id.number())
            .bind(self.partner.number())
            .bind(from.key())
            .execute(self.connection())
            .await?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        self.row_count_add(Counted::Clients(from), -1).await?;
        self.row_count_add(Counted::Clients(to), 1).await?;
        self.client_search_update(id).await?;
        Ok(true)
    }

    /// Completes a change of status that began with another, which was the client's last change.
    pub(crate) async fn client_status_settle(&mut self, id: ClientId, from: ClientStatus, to: ClientStatus) -> Result<()> {
        let sql = "UPDATE clients SET status = $1, version = version + 1 WHERE id = $2 AND partner_id = $3 AND status = $4";
        let query = sqlx::query(sql).bind(to.key()).bind(id.number()).bind(self.partner.number()).bind(from.key());
        if query.execute(self.connection()).await?.rows_affected() == 1 {
            self.row_count_add(Counted::Clients(from), -1).await?;
            self.row_count_add(Counted::Clients(to), 1).await?;
        }
        Ok(())
    }
}

/// The two JSON documents of a client.
pub(crate) fn documents(draft: &ClientDraft, secrets: &Secrets) -> Result<(String, String)> {
    Ok((serde_json::to_string(draft)?, serde_json::to_string(secrets)?))
}

/// Parses the column `status`.
pub(super) fn status(row: &AnyRow) -> Result<ClientStatus> {
    let key: &str = row.try_get("status")?;
    ClientStatus::from_key(key).ok_or_else(|| Fault::Failed(format!("unknown client status {key}")))
}
