//! Sessions. Every request reads one, so that is a single statement without a transaction.

pub(super) mod browser;
pub(super) mod failure;
pub(super) mod proof;

use domain::{Grant, Origin, SessionId, SessionRow, SignInStep, Timestamp, UserId};
use sqlx::{Any, Executor, Row, any::AnyRow};

use crate::{
    Result,
    access::store::{grant, grant_columns, roles_of_user},
    kernel::{Store, Tx, clock::AHEAD_SECONDS},
    people::account::{Account, account_columns},
};

/// A session, its user, and what the user's roles grant.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) key: String,
    pub(crate) created: Timestamp,
    pub(crate) rotated: Timestamp,
    pub(crate) last_seen: Timestamp,
    /// Whether the sign-in lacked nothing, or what it lacked was done since.
    passed: bool,
    pub(crate) account: Account,
    pub(crate) grants: Vec<Grant>,
}

impl Session {
    /// What the session still lacks. A requirement that is newer than the sign-in counts from the next one on.
    pub(crate) const fn lacks(&self) -> Option<SignInStep> {
        if self.passed { None } else { self.account.lacks() }
    }

    /// Finds a session by its current or previous key.
    async fn read<'c>(executor: impl Executor<'c, Database = Any>, key: &str) -> Result<Option<Self>> {
        let sql = concat!(
            "SELECT s.key, s.created, s.rotated, s.last_seen, s.passed, ",
            account_columns!(),
            ", ",
            grant_columns!(),
            " FROM sessions s JOIN users u ON u.id = s.user_id JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id",
            roles_of_user!("SELECT own.user_id FROM sessions own WHERE own.key = $1 OR own.previous_key = $1"),
            " WHERE s.key = $1 OR s.previous_key = $1 ORDER BY r.id"
        );
        Self::of(&sqlx::query(sql).bind(key).fetch_all(executor).await?)
    }

    /// From one row per role, or a single one without.
    fn of(rows: &[AnyRow]) -> Result<Option<Self>> {
        let Some(first) = rows.first() else { return Ok(None) };
        let time = |column| first.try_get(column).map(Timestamp::from_millis);
        Ok(Some(Self {
            key: first.try_get("key")?,
            created: time("created")?,
            rotated: time("rotated")?,
            last_seen: time("last_seen")?,
            passed: first.try_get::<i64, _>("passed")? == 1,
            account: Account::of(first)?,
            grants: rows.iter().filter_map(|row| grant(row).transpose()).collect::<Result<_>>()?,
        }))
    }
}

impl Store {
    /// An exception, because it resolves the caller. The key is the session's current or previous one.
    pub(super) async fn session_find(&self, key: &str, now: Timestamp) -> Result<Option<Session>> {
        self.cache(now).await.sessions.get_or(key, self.session_read(key)).await
    }

    async fn session_read(&self, key: &str) -> Result<Option<Session>> {
        Session::read(&mut self.read().await?, key).await
    }

    /// An exception, because it is no action of the user: records the last use of a session. Deletes the previous key if the current one is older
    /// than `confirmed`.
    pub(super) async fn session_touch(&self, key: &str, now: Timestamp, origin: &Origin, confirmed: Timestamp) -> Result<()> {
        let sql = "UPDATE sessions SET last_seen = $1, ip = $2, previous_key = CASE WHEN rotated <= $3 THEN '' ELSE previous_key END WHERE key = $4";
        let ip = origin.address();
        let statement = sqlx::query(sql).bind(now.millis()).bind(ip).bind(confirmed.millis()).bind(key);
        self.execute_alone_if_free(statement).await
    }

    /// An exception as [`Store::session_touch`]: replaces the session's key with `next`, and stores `presented` as the previous one. Of concurrent
    /// calls, one succeeds.
    pub(super) async fn session_rotate(&self, key: &str, next: &str, presented: &str, now: Timestamp, origin: &Origin) -> Result<bool> {
        let sql = "UPDATE sessions SET key = $1, previous_key = $2, rotated = $3, last_seen = $3, ip = $4 WHERE key = $5";
        let ip = origin.address();
        let statement = sqlx::query(sql).bind(next).bind(presented).bind(now.millis()).bind(ip).bind(key);
        Ok(self.execute_alone(statement).await? == 1)
    }
}

impl Tx {
    /// As [`Store::session_find`], within the transaction: writes resolve their caller again.
    pub(crate) async fn session_find(&mut self, key: &str) -> Result<Option<Session>> {
        Session::read(self.connection(), key).await
    }

    /// Inserts a session; `login_record` is its sign-in, 0 while that isn't finished, and `passed` whether it lacks nothing.
    pub(super) async fn session_insert(&mut self, key: &str, user: UserId, origin: &Origin, login_record: i64, passed: bool) -> Result<()> {
        let sql = "INSERT INTO sessions (key, user_id, login_record, created, rotated, last_seen, ip, user_agent, previous_key, passed) \
                   VALUES ($1, $2, $3, $4, $4, $4, $5, $6, '', $7)";
        sqlx::query(sql)
            .bind(key)
            .bind(user.number())
            .bind(login_record)
            .bind(self.now.millis())
            .bind(origin.address())
            .bind(origin.user_agent.as_str())
            .bind(i64::from(passed))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Replaces a session's key without a grace period for the previous one.
    pub(super) async fn session_rekey(&mut self, key: &str, next: &str) -> Result<bool> {
        let sql = "UPDATE sessions SET key = $1, previous_key = '', rotated = $2 WHERE key = $3 OR previous_key = $3";
        let now = self.now.millis();
        Ok(sqlx::query(sql).bind(next).bind(now).bind(key).execute(self.connection()).await?.rows_affected() == 1)
    }

    pub(super) async fn session_delete(&mut self, key: &str) -> Result<()> {
        let query = |sql| sqlx::query(sql).bind(key);
        let sql =
            "UPDATE login_records SET logged_out = $2 WHERE id IN (SELECT s.login_record FROM sessions s WHERE s.key = $1 OR s.previous_key = $1)";
        query(sql).bind(self.now.millis()).execute(self.connection()).await?;
        query("DELETE FROM sessions WHERE key = $1 OR previous_key = $1").execute(self.connection()).await?;
        Ok(())
    }

    /// Ends all sessions of a user but one.
    pub(super) async fn session_delete_others(&mut self, user: UserId, key: &str) -> Result<()> {
        let query = |sql| sqlx::query(sql).bind(user.number()).bind(key);
        let sql = "UPDATE login_records SET logged_out = $3 WHERE id IN (SELECT s.login_record FROM sessions s WHERE s.user_id = $1 AND s.key <> $2)";
        query(sql).bind(self.now.millis()).execute(self.connection()).await?;
        query("DELETE FROM sessions WHERE user_id = $1 AND key <> $2").execute(self.connection()).await?;
        Ok(())
    }

    /// Ends one session of a user.
    pub(super) async fn session_delete_one(&mut self, user: UserId, session: SessionId) -> Result<()> {
        let query = |sql| sqlx::query(sql).bind(user.number()).bind(session.number());
        let sql = "UPDATE login_records SET logged_out = $3 WHERE id IN (SELECT s.login_record FROM sessions s WHERE s.user_id = $1 AND s.login_record = $2)";
        query(sql).bind(self.now.millis()).execute(self.connection()).await?;
        query("DELETE FROM sessions WHERE user_id = $1 AND login_record = $2").execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn session_delete_all(&mut self, user: UserId) -> Result<()> {
        self.session_delete_others(user, "").await
    }

    /// Ends all sessions that were created or last used this long ago, at the earlier of the two ends, and those from the future.
    pub(super) async fn session_delete_expired(&mut self, absolute_seconds: i64, idle_seconds: i64) -> Result<()> {
        let (created, last_seen) = (self.now.plus_seconds(-absolute_seconds).millis(), self.now.plus_seconds(-idle_seconds).millis());
        let (latest, now) = (self.now.plus_seconds(AHEAD_SECONDS).millis(), self.now.millis());
        let sql = "UPDATE login_records SET logged_out = (SELECT CASE WHEN s.created > $3 OR s.last_seen > $3 THEN $4 \
                   WHEN s.created + $5 < s.last_seen + $6 THEN s.created + $5 ELSE s.last_seen + $6 END \
                   FROM sessions s WHERE s.login_record = login_records.id) \
                   WHERE id IN (SELECT s.login_record FROM sessions s WHERE s.created <= $1 OR s.last_seen <= $2 OR s.created > $3 OR s.last_seen > $3)";
        let (absolute, idle) = (absolute_seconds * 1000, idle_seconds * 1000);
        let query = |sql| sqlx::query(sql).bind(created).bind(last_seen).bind(latest);
        query(sql).bind(now).bind(absolute).bind(idle).execute(self.connection()).await?;
        query("DELETE FROM sessions WHERE created <= $1 OR last_seen <= $2 OR created > $3 OR last_seen > $3").execute(self.connection()).await?;
        Ok(())
    }

    /// A user's sessions, the last used first; `key` is the current session's, or empty. One that waits for a code is none yet: it has no record in the login
    /// history.
    pub(super) async fn session_list(&mut self, user: UserId, key: &str) -> Result<Vec<SessionRow>> {
        let sql = "SELECT key, previous_key, login_record, created, last_seen, ip, user_agent FROM sessions WHERE user_id = $1 AND login_record <> 0 ORDER BY last_seen DESC, key";
        let rows = sqlx::query(sql).bind(user.number()).fetch_all(self.connection()).await?;
        let session = |row: &AnyRow| {
            Ok(SessionRow {
                id: SessionId::new(row.try_get("login_record")?),
                created: Timestamp::from_millis(row.try_get("created")?),
                last_seen: Timestamp::from_millis(row.try_get("last_seen")?),
                ip: row.try_get("ip")?,
                user_agent: row.try_get("user_agent")?,
                current: !key.is_empty() && [row.try_get::<&str, _>("key")?, row.try_get("previous_key")?].contains(&key),
            })
        };
        rows.iter().map(session).collect()
    }
}
