//! The browsers from which users signed in.

use domain::{Timestamp, UserId};

use crate::{
    Result,
    kernel::{Tx, fold::login_key},
};

/// The most browsers stored per user, so that repeated sign-ins don't fill the table.
const MAX_OF_USER: i64 = 20;

/// How long a trusted browser isn't asked for the second factor: 30 days.
const TRUST_SECONDS: i64 = 30 * 24 * 3600;

impl Tx {
    /// Whether the account was signed in to from this browser since `since`.
    pub(in crate::people::session) async fn browser_is_known(&mut self, key: &str, login: &str, since: Timestamp) -> Result<bool> {
        let sql = "SELECT b.last FROM known_browsers b JOIN users u ON u.id = b.user_id WHERE b.key = $1 AND u.login_key = $2 AND b.last > $3";
        let last: Option<i64> =
            sqlx::query_scalar(sql).bind(key).bind(login_key(login)).bind(since.millis()).fetch_optional(self.connection()).await?;
        Ok(last.is_some())
    }

    /// Whether the server issued this browser token.
    pub(in crate::people::session) async fn browser_exists(&mut self, key: &str) -> Result<bool> {
        let sql = "SELECT b.last FROM known_browsers b WHERE b.key = $1 LIMIT 1";
        let last: Option<i64> = sqlx::query_scalar(sql).bind(key).fetch_optional(self.connection()).await?;
        Ok(last.is_some())
    }

    /// Records that a user signed in from a browser.
    pub(in crate::people::session) async fn browser_remember(&mut self, key: &str, user: UserId) -> Result<()> {
        let sql = "INSERT INTO known_browsers (key, user_id, last) VALUES ($1, $2, $3) ON CONFLICT (key, user_id) DO UPDATE SET last = excluded.last";
        sqlx::query(sql).bind(key).bind(user.number()).bind(self.now.millis()).execute(self.connection()).await?;
        let sql = "DELETE FROM known_browsers WHERE user_id = $1 AND key NOT IN \
                   (SELECT b.key FROM known_browsers b WHERE b.user_id = $1 ORDER BY b.last DESC, b.key LIMIT $2)";
        sqlx::query(sql).bind(user.number()).bind(MAX_OF_USER).execute(self.connection()).await?;
        Ok(())
    }

    /// Whether the account needn't prove its second factor in this browser.
    pub(in crate::people::session) async fn browser_is_trusted(&mut self, key: &str, user: UserId) -> Result<bool> {
        let sql = "SELECT b.trusted_until FROM known_browsers b WHERE b.key = $1 AND b.user_id = $2";
        let until: Option<i64> = sqlx::query_scalar(sql).bind(key).bind(user.number()).fetch_optional(self.connection()).await?;
        // A later end than any can have was set before the clock was set back.
        let latest = self.now.plus_seconds(TRUST_SECONDS).millis();
        Ok(until.is_some_and(|until| self.now.millis() < until && until <= latest))
    }

    /// Spares the account the second factor in a known browser for a while.
    pub(in crate::people::session) async fn browser_trust(&mut self, key: &str, user: UserId) -> Result<()> {
        let sql = "UPDATE known_browsers SET trusted_until = $1 WHERE key = $2 AND user_id = $3";
        let until = self.now.plus_seconds(TRUST_SECONDS).millis();
        sqlx::query(sql).bind(until).bind(key).bind(user.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Trusts none of a user's browsers any more.
    pub(in crate::people::session) async fn browsers_distrust(&mut self, user: UserId) -> Result<()> {
        let sql = "UPDATE known_browsers SET trusted_until = 0 WHERE user_id = $1 AND trusted_until <> 0";
        sqlx::query(sql).bind(user.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Trusts no browser of the partner's and its clients' users any more.
    pub(in crate::people::session) async fn browsers_distrust_all(&mut self) -> Result<()> {
        let sql =
            "UPDATE known_browsers SET trusted_until = 0 WHERE trusted_until <> 0 AND user_id IN (SELECT u.id FROM users u WHERE u.partner_id = $1)";
        sqlx::query(sql).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes browsers without a sign-in since `since`.
    pub(in crate::people::session) async fn browsers_delete_before(&mut self, since: Timestamp) -> Result<()> {
        sqlx::query("DELETE FROM known_browsers WHERE last <= $1").bind(since.millis()).execute(self.connection()).await?;
        Ok(())
    }
}
