//! Set-up links.

use domain::Timestamp;

use crate::{
    Result,
    kernel::{Store, Tx},
};

impl Store {
    /// An exception, because there is no caller before set-up.
    pub(super) async fn has_users(&self) -> Result<bool> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT id FROM users WHERE kind = 'person' LIMIT 1").fetch_optional(&mut self.read().await?).await?;
        Ok(found.is_some())
    }
}

impl Tx {
    /// Inserts the only link.
    pub(super) async fn setup_link_replace(&mut self, key: &str, expires: Timestamp) -> Result<()> {
        sqlx::query("DELETE FROM setup_links").execute(self.connection()).await?;
        let sql = "INSERT INTO setup_links (key, expires) VALUES ($1, $2)";
        sqlx::query(sql).bind(key).bind(expires.millis()).execute(self.connection()).await?;
        Ok(())
    }

    pub(super) async fn setup_link_exists(&mut self, key: &str) -> Result<bool> {
        let sql = "SELECT key FROM setup_links WHERE key = $1 AND expires > $2 AND NOT EXISTS (SELECT u.id FROM users u)";
        let now = self.now.millis();
        let found: Option<String> = sqlx::query_scalar(sql).bind(key).bind(now).fetch_optional(self.connection()).await?;
        Ok(found.is_some())
    }

    /// Deletes a valid link; of concurrent calls, one returns true.
    pub(super) async fn setup_link_use(&mut self, key: &str) -> Result<bool> {
        let sql = "DELETE FROM setup_links WHERE key = $1 AND expires > $2 AND NOT EXISTS (SELECT u.id FROM users u)";
        let now = self.now.millis();
        Ok(sqlx::query(sql).bind(key).bind(now).execute(self.connection()).await?.rows_affected() == 1)
    }
}
