//! Tokens of API keys. Every API request reads one, so that is a single statement without a transaction.

use domain::{ApiKeyId, Grant, IpRestriction, Origin, Timestamp, UserId};
use sqlx::{Any, AssertSqlSafe, Executor, Row, any::AnyRow};

use crate::{
    Fault, Result,
    access::store::{grant, grant_columns, roles_of_user},
    kernel::{Store, Tx},
    people::account::{Account, account_columns},
};

/// An API key with its account and grants, and what decides whether it can be used.
#[derive(Clone)]
pub(crate) struct Program {
    pub(crate) id: ApiKeyId,
    /// The name of the key.
    pub(crate) account: Account,
    pub(crate) grants: Vec<Grant>,
    pub(crate) secret_hash: String,
    pub(crate) allowed_ips: IpRestriction,
    pub(crate) expires: Option<Timestamp>,
    pub(crate) revoked: bool,
    /// Whether the key's creator is still active.
    pub(crate) maker_active: bool,
    pub(crate) last_used: Option<Timestamp>,
    /// When the token expires; none if the key wasn't looked up by a token.
    pub(crate) token_expires: Option<Timestamp>,
}

/// The columns that [`Program::of`] reads, of keys `k` and users `u`, without the token's.
macro_rules! program_columns {
    () => {
        concat!(
            "k.id AS key_id, k.secret_hash, k.allowed_ips, k.expires, k.revoked, k.last_used,
            CASE WHEN k.created_by IS NULL OR EXISTS (SELECT 1 FROM users m WHERE m.id = k.created_by AND m.status = 'active')
            THEN 'yes' ELSE 'no' END AS maker_active, ",
            account_columns!(),
            ", ",
            grant_columns!()
        )
    };
}

/// The tables behind keys `k`, of which a subselect finds the user.
macro_rules! program_tables {
    ($user:literal) => {
        concat!(
            " JOIN users u ON u.id = k.user_id JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id",
            roles_of_user!($user)
        )
    };
}

impl Program {
    async fn by_token<'c>(executor: impl Executor<'c, Database = Any>, token: &str) -> Result<Option<Self>> {
        let sql = concat!(
            "SELECT tk.expires AS token_expires, ",
            program_columns!(),
            " FROM api_tokens tk JOIN api_keys k ON k.id = tk.api_key_id",
            program_tables!("SELECT own.user_id FROM api_tokens t JOIN api_keys own ON own.id = t.api_key_id WHERE t.key = $1"),
            " WHERE tk.key = $1 ORDER BY r.id"
        );
        Self::of(&sqlx::query(sql).bind(token).fetch_all(executor).await?)
    }

    async fn by_key<'c>(executor: impl Executor<'c, Database = Any>, key: &str) -> Result<Option<Self>> {
        let sql = concat!(
            "SELECT k.expires AS token_expires, ",
            program_columns!(),
            " FROM api_keys k",
            program_tables!("SELECT own.user_id FROM api_keys own WHERE own.key = $1"),
            " WHERE k.key = $1 ORDER BY r.id"
        );
        Self::of(&sqlx::query(sql).bind(key).fetch_all(executor).await?)
    }

    async fn by_user<'c>(executor: impl Executor<'c, Database = Any>, user: UserId) -> Result<Option<Self>> {
        let sql = concat!(
            "SELECT k.expires AS token_expires, ",
            program_columns!(),
            " FROM api_keys k",
            program_tables!("SELECT own.user_id FROM api_keys own WHERE own.user_id = $1"),
            " WHERE k.user_id = $1 ORDER BY r.id"
        );
        Self::of(&sqlx::query(sql).bind(user.number()).fetch_all(executor).await?)
    }

    /// From one row per role, or a single one without.
    fn of(rows: &[AnyRow]) -> Result<Option<Self>> {
        let Some(first) = rows.first() else { return Ok(None) };
        let time = |column| first.try_get::<Option<i64>, _>(column).map(|time| time.map(Timestamp::from_millis));
        Ok(Some(Self {
            id: ApiKeyId::new(first.try_get("key_id")?),
            account: Account::of(first)?,
            grants: rows.iter().filter_map(|row| grant(row).transpose()).collect::<Result<_>>()?,
            secret_hash: first.try_get("secret_hash")?,
            allowed_ips: IpRestriction::parse(first.try_get("allowed_ips")?).map_err(|wrong| Fault::Failed(wrong.join(" ")))?,
            expires: time("expires")?,
            revoked: first.try_get::<i64, _>("revoked")? != 0,
            maker_active: first.try_get::<&str, _>("maker_active")? == "yes",
            last_used: time("last_used")?,
            token_expires: time("token_expires")?,
        }))
    }
}

impl Store {
    /// An exception, because it resolves the caller.
    pub(in crate::people::api_key) async fn program_by_token(&self, token: &str, now: Timestamp) -> Result<Option<Program>> {
        self.cache(now).await.programs.get_or(token, self.program_read(token)).await
    }

    async fn program_read(&self, token: &str) -> Result<Option<Program>> {
        Program::by_token(&mut self.read().await?, token).await
    }

    /// An exception as [`Store::program_by_token`].
    pub(in crate::people::api_key) async fn program_by_key(&self, key: &str) -> Result<Option<Program>> {
        Program::by_key(&mut self.read().await?, key).await
    }

    /// An exception, because it is no action of the user: records the use of a key.
    pub(in crate::people::api_key) async fn api_key_touch(&self, id: ApiKeyId, now: Timestamp, origin: &Origin) -> Result<()> {
        let sql = "UPDATE api_keys SET last_used = $1, last_ip = $2 WHERE id = $3";
        let statement = sqlx::query(sql).bind(now.millis()).bind(origin.address()).bind(id.number());
        self.execute_alone_if_free(statement).await
    }
}

impl Tx {
    /// As [`Store::program_by_token`], within the transaction: writes resolve their caller again.
    pub(crate) async fn program_by_token(&mut self, token: &str) -> Result<Option<Program>> {
        Program::by_token(self.connection(), token).await
    }

    /// As [`Tx::program_by_token`], by the key's identifier.
    pub(in crate::people::api_key) async fn program_by_key(&mut self, key: &str) -> Result<Option<Program>> {
        Program::by_key(self.connection(), key).await
    }

    /// As [`Tx::program_by_token`], by the key's user, who may have acted earlier.
    pub(in crate::people) async fn program_by_user(&mut self, user: UserId) -> Result<Option<Program>> {
        Program::by_user(self.connection(), user).await
    }

    /// Stores a token's hash and records the use of its key.
    pub(in crate::people::api_key) async fn api_token_insert(
        &mut self,
        token: &str,
        key: ApiKeyId,
        expires: Timestamp,
        origin: &Origin,
    ) -> Result<()> {
        let now = self.now.millis();
        let sql = "INSERT INTO api_tokens (key, api_key_id, created, expires) VALUES ($1, $2, $3, $4)";
        sqlx::query(sql).bind(token).bind(key.number()).bind(now).bind(expires.millis()).execute(self.connection()).await?;
        let sql = "UPDATE api_keys SET last_used = $1, last_ip = $2 WHERE id = $3";
        sqlx::query(sql).bind(now).bind(origin.address()).bind(key.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes tokens that expired before `tokens`, and expired links.
    pub(in crate::people::api_key) async fn expired_delete(&mut self, tokens: Timestamp) -> Result<()> {
        let now = self.now.millis();
        for (table, time) in [("api_tokens", tokens.millis()), ("invitations", now)] {
            let sql = format!("DELETE FROM {table} WHERE expires <= $1");
            sqlx::query(AssertSqlSafe(sql)).bind(time).execute(self.connection()).await?;
        }
        Ok(())
    }
}
