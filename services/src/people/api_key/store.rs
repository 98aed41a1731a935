//! API keys.

pub(super) mod token;

use domain::{
    ApiKey, ApiKeyFilter, ApiKeyId, ApiKeyProfile, ApiKeyQuery, ApiKeyState, Caller, ClientId, EXPIRES_SOON_SECONDS, ListPage, OfClient, PartnerId,
    Timestamp, Total, UserId,
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{
    Result,
    kernel::{Binds, Tx, fold::fold, list::Listing, row::client},
    people::user::author,
};

/// A key to insert.
pub(super) struct NewApiKeyRow<'a> {
    pub(crate) id: ApiKeyId,
    pub(crate) key: &'a str,
    pub(crate) secret_hash: &'a str,
    pub(crate) client: Option<ClientId>,
    pub(crate) user: UserId,
    pub(crate) profile: &'a ApiKeyProfile,
}

/// The columns that [`api_key`] reads.
const KEY: &str = "t.key, t.user_id, t.client_id, COALESCE(c.name, p.name) AS organization, t.name, t.allowed_ips, t.expires, t.revoked, t.last_used, \
    t.last_ip, t.created, t.version, \
    a.id AS a_id, a.login AS a_login, a.first_name AS a_first, a.last_name AS a_last, a.email AS a_email, a.client_id AS a_client";

/// The joins that [`KEY`] needs.
const JOINS: &str = "LEFT JOIN users a ON a.id = t.created_by LEFT JOIN partners p ON p.id = t.partner_id LEFT JOIN clients c ON c.id = t.client_id";

/// A key without its roles.
fn api_key(row: &AnyRow, now: Timestamp, reader: Option<&Caller>) -> Result<ApiKey> {
    let time = |column| row.try_get::<Option<i64>, _>(column).map(|time| time.map(Timestamp::from_millis));
    let (expires, revoked) = (time("expires")?, time("revoked")?.filter(|revoked| revoked.millis() != 0));
    Ok(ApiKey {
        id: ApiKeyId::new(row.try_get("id")?),
        key: row.try_get("key")?,
        user: UserId::new(row.try_get("user_id")?),
        client: client(row)?,
        organization: row.try_get("organization")?,
        name: row.try_get("name")?,
        allowed_ips: row.try_get("allowed_ips")?,
        expires,
        revoked,
        state: ApiKeyState::at(now, expires, revoked),
        last_used: time("last_used")?,
        last_ip: row.try_get("last_ip")?,
        created: Timestamp::from_millis(row.try_get("created")?),
        created_by: author(row, 'a', reader)?,
        roles: Vec::new(),
        version: row.try_get("version")?,
    })
}

impl Tx {
    /// The keys that the caller sees and a filter leaves.
    fn api_keys(&self, filter: OfClient<Option<ApiKeyFilter>>) -> Listing<'static> {
        let mut binds = Binds::default();
        let (partner, seen) = (binds.number(self.partner.number()), self.seen_key("t"));
        let kept = match filter.which {
            Some(ApiKeyFilter::Revoked) => "t.revoked <> 0".to_owned(),
            Some(ApiKeyFilter::Expiring) => {
                let (from, until) = (binds.number(self.now.millis()), binds.number(self.now.plus_seconds(EXPIRES_SOON_SECONDS).millis()));
                format!("t.revoked = 0 AND t.expires > {from} AND t.expires <= {until}")
            }
            None => "t.revoked = 0".to_owned(),
        };
        Listing::of(KEY, "api_keys", JOINS, format!("t.partner_id = {partner} AND {kept} AND {seen}"), binds).of_client(filter.client)
    }

    /// How many keys the caller sees under a filter, for the home page.
    pub(crate) async fn api_key_total(&mut self, filter: OfClient<Option<ApiKeyFilter>>) -> Result<Total> {
        self.api_keys(filter).total(self).await
    }

    /// A page of the keys that the caller sees.
    pub(super) async fn api_key_list(&mut self, query: &ApiKeyQuery) -> Result<ListPage<ApiKey>> {
        let listing = self.api_keys(query.filter);
        let (now, reader) = (self.now, self.caller.clone());
        let listing = listing.search_names(self, &query.search, query.filter.client);
        let mut page = listing.page(self, query, |row| api_key(row, now, reader.as_deref())).await?;
        for key in &mut page.rows {
            key.roles = self.user_roles(key.user).await?;
        }
        Ok(page)
    }

    /// A key that the caller sees.
    pub(super) async fn api_key_get(&mut self, id: ApiKeyId) -> Result<Option<ApiKey>> {
        let sql = format!("SELECT t.id, {KEY} FROM api_keys t {JOINS} WHERE t.id = $1 AND t.partner_id = $2 AND {}", self.seen_key("t"));
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id.number()).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        let Some(row) = row else { return Ok(None) };
        let mut key = api_key(&row, self.now, self.caller.as_deref())?;
        key.roles = self.user_roles(key.user).await?;
        Ok(Some(key))
    }

    pub(super) async fn api_key_insert(&mut self, new: NewApiKeyRow<'_>) -> Result<()> {
        let sql = "INSERT INTO api_keys (id, key, secret_hash, partner_id, client_id, user_id, name, name_key, allowed_ips, expires, revoked, last_ip, \
                   created, created_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, '', $11, $12, 1)";
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        sqlx::query(sql)
            .bind(new.id.number())
            .bind(new.key)
            .bind(new.secret_hash)
            .bind(self.partner.number())
            .bind(new.client.map_or(0, ClientId::number))
            .bind(new.user.number())
            .bind(&new.profile.name)
            .bind(fold(&new.profile.name))
            .bind(&new.profile.allowed_ips)
            .bind(new.profile.expires.map(Timestamp::millis))
            .bind(self.now.millis())
            .bind(by)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Whether the transaction's partner exists, and the given client is one of its clients and not terminated.
    pub(super) async fn tenant_exists(&mut self, client: Option<ClientId>) -> Result<bool> {
        if let Some(client) = client {
            return self.client_in_service(client).await;
        }
        let sql = "SELECT id FROM partners WHERE id = $1";
        let found: Option<i64> = sqlx::query_scalar(sql).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        Ok(found.is_some())
    }

    /// The partner of a client.
    pub(super) async fn client_partner(&mut self, client: ClientId) -> Result<Option<PartnerId>> {
        let sql = "SELECT partner_id FROM clients WHERE id = $1";
        Ok(sqlx::query_scalar(sql).bind(client.number()).fetch_optional(self.connection()).await?.map(PartnerId::new))
    }

    /// Updates a key; false if the version is stale.
    pub(super) async fn api_key_update(&mut self, id: ApiKeyId, version: i64, profile: &ApiKeyProfile) -> Result<bool> {
        let sql = "UPDATE api_keys SET name = $1, name_key = $2, allowed_ips = $3, expires = $4, version = version + 1 \
                   WHERE id = $5 AND partner_id = $6 AND version = $7 AND revoked = 0";
        let done = sqlx::query(sql)
            .bind(&profile.name)
            .bind(fold(&profile.name))
            .bind(&profile.allowed_ips)
            .bind(profile.expires.map(Timestamp::millis))
            .bind(id.number())
            .bind(self.partner.number())
            .bind(version)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Revokes a key and deletes its tokens.
    pub(super) async fn api_key_revoke(&mut self, id: ApiKeyId) -> Result<()> {
        let sql = "UPDATE api_keys SET revoked = $1, version = version + 1 WHERE id = $2 AND partner_id = $3 AND revoked = 0";
        let (now, partner) = (self.now.millis(), self.partner.number());
        sqlx::query(sql).bind(now).bind(id.number()).bind(partner).execute(self.connection()).await?;
        sqlx::query("DELETE FROM api_tokens WHERE api_key_id = $1").bind(id.number()).execute(self.connection()).await?;
        Ok(())
    }
}
