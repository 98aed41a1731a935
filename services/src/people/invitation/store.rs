//! Invitations: one-time links to set a password.

use domain::{Timestamp, UserId};

use super::LINK_SECONDS;
use crate::{
    Result,
    kernel::{Tx, clock::AHEAD_SECONDS},
    people::account::{Account, account_columns},
};

impl Tx {
    /// Inserts the user's only link, and deletes all expired links.
    pub(super) async fn invitation_replace(&mut self, key: &str, user: UserId, expires: Timestamp) -> Result<()> {
        let sql = "DELETE FROM invitations WHERE user_id = $1 OR expires <= $2";
        sqlx::query(sql).bind(user.number()).bind(self.now.millis()).execute(self.connection()).await?;
        let sql = "INSERT INTO invitations (key, user_id, expires, created_by) VALUES ($1, $2, $3, $4)";
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        sqlx::query(sql).bind(key).bind(user.number()).bind(expires.millis()).bind(by).execute(self.connection()).await?;
        Ok(())
    }

    /// The account of a valid link. A link that expires later than a new one would was made before the clock was set back, and is invalid.
    pub(super) async fn invitation_find(&mut self, key: &str) -> Result<Option<Account>> {
        let sql = concat!(
            "SELECT ",
            account_columns!(),
            " FROM invitations i JOIN users u ON u.id = i.user_id JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id \
            WHERE i.key = $1 AND i.expires > $2 AND i.expires <= $3 AND u.kind = 'person' AND u.status = 'active'"
        );
        let (now, latest) = (self.now.millis(), self.now.plus_seconds(LINK_SECONDS + AHEAD_SECONDS).millis());
        let row = sqlx::query(sql).bind(key).bind(now).bind(latest).fetch_optional(self.connection()).await?;
        row.as_ref().map(Account::of).transpose()
    }

    /// Who made a link; none for the program itself.
    pub(super) async fn invitation_maker(&mut self, key: &str) -> Result<Option<UserId>> {
        let sql = "SELECT created_by FROM invitations WHERE key = $1";
        let maker: Option<Option<i64>> = sqlx::query_scalar(sql).bind(key).fetch_optional(self.connection()).await?;
        Ok(maker.flatten().map(UserId::new))
    }

    /// Deletes a link; of concurrent calls, one returns true.
    pub(super) async fn invitation_use(&mut self, key: &str) -> Result<bool> {
        let sql = "DELETE FROM invitations WHERE key = $1";
        Ok(sqlx::query(sql).bind(key).execute(self.connection()).await?.rows_affected() == 1)
    }

    /// Deletes a user's link.
    pub(super) async fn invitation_delete(&mut self, user: UserId) -> Result<()> {
        sqlx::query("DELETE FROM invitations WHERE user_id = $1").bind(user.number()).execute(self.connection()).await?;
        Ok(())
    }
}
