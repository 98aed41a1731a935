//! One-time links that users get by mail.

use domain::{PendingEmail, Timestamp, UserId};
use sqlx::Row;

use crate::{
    Result,
    kernel::{Tx, clock::AHEAD_SECONDS},
    people::account::{
        Account, account_columns,
        link::{Link, LinkKind},
    },
};

impl Tx {
    /// Inserts the user's only link of its kind, and returns when it expires.
    pub(in crate::people::account) async fn link_replace(&mut self, key: &str, kind: LinkKind, user: UserId, email: &str) -> Result<Timestamp> {
        self.link_delete(user, kind).await?;
        let sql = "INSERT INTO mailed_links (key, user_id, kind, email, created, expires) VALUES ($1, $2, $3, $4, $5, $6)";
        let expires = self.now.plus_seconds(kind.seconds());
        let query = sqlx::query(sql).bind(key).bind(user.number()).bind(kind.key()).bind(email).bind(self.now.millis()).bind(expires.millis());
        query.execute(self.connection()).await?;
        Ok(expires)
    }

    /// A valid link, by its key. One that expires later than a new one would was made before the clock was set back, and is invalid.
    pub(in crate::people::account) async fn link_find(&mut self, key: &str, kind: LinkKind) -> Result<Option<Link>> {
        let sql = concat!(
            "SELECT l.email AS link_email, ",
            account_columns!(),
            " FROM mailed_links l JOIN users u ON u.id = l.user_id JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id \
            WHERE l.key = $1 AND l.kind = $2 AND l.expires > $3 AND l.expires <= $4 AND u.kind = 'person' AND u.status = 'active'"
        );
        let (now, latest) = (self.now.millis(), self.now.plus_seconds(kind.seconds() + AHEAD_SECONDS).millis());
        let row = sqlx::query(sql).bind(key).bind(kind.key()).bind(now).bind(latest).fetch_optional(self.connection()).await?;
        row.map(|row| Ok(Link { account: Account::of(&row)?, email: row.try_get("link_email")? })).transpose()
    }

    /// Deletes a link; of concurrent calls, one returns true.
    pub(in crate::people::account) async fn link_use(&mut self, key: &str) -> Result<bool> {
        let sql = "DELETE FROM mailed_links WHERE key = $1";
        Ok(sqlx::query(sql).bind(key).execute(self.connection()).await?.rows_affected() == 1)
    }

    /// Whether the user has a link of this kind that was made after a time.
    pub(in crate::people::account) async fn link_is_recent(&mut self, user: UserId, kind: LinkKind, since: Timestamp) -> Result<bool> {
        let sql = "SELECT l.created FROM mailed_links l WHERE l.user_id = $1 AND l.kind = $2 AND l.created > $3 AND l.created <= $4";
        let query = sqlx::query_scalar(sql).bind(user.number()).bind(kind.key()).bind(since.millis()).bind(self.now.millis());
        let created: Option<i64> = query.fetch_optional(self.connection()).await?;
        Ok(created.is_some())
    }

    /// The address that a user has still to confirm.
    pub(in crate::people::account) async fn link_pending(&mut self, user: UserId) -> Result<Option<PendingEmail>> {
        let sql = "SELECT l.email, l.expires FROM mailed_links l WHERE l.user_id = $1 AND l.kind = $2 AND l.expires > $3";
        let query = sqlx::query(sql).bind(user.number()).bind(LinkKind::Email.key()).bind(self.now.millis());
        let row = query.fetch_optional(self.connection()).await?;
        row.map(|row| Ok(PendingEmail { email: row.try_get("email")?, expires: Timestamp::from_millis(row.try_get("expires")?) })).transpose()
    }

    /// Deletes the links of all users that have expired.
    pub(in crate::people::account) async fn links_delete_expired(&mut self) -> Result<()> {
        sqlx::query("DELETE FROM mailed_links WHERE expires <= $1").bind(self.now.millis()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes a user's link of one kind.
    pub(in crate::people::account) async fn link_delete(&mut self, user: UserId, kind: LinkKind) -> Result<()> {
        let sql = "DELETE FROM mailed_links WHERE user_id = $1 AND kind = $2";
        sqlx::query(sql).bind(user.number()).bind(kind.key()).execute(self.connection()).await?;
        Ok(())
    }
}
