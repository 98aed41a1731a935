//! Changes all users of a client at once.

use domain::{ClientId, ImageId, UserId};

use super::Details;
use crate::{Result, kernel::Tx};

impl Tx {
    /// The active users of a client, including those of its unrevoked API keys, for the check of IP restrictions.
    pub(crate) async fn client_users(&mut self, client: ClientId) -> Result<Vec<UserId>> {
        let sql = "SELECT u.id FROM users u WHERE u.partner_id = $1 AND u.client_id = $2 AND u.status = 'active' \
                   AND NOT EXISTS (SELECT 1 FROM api_keys k WHERE k.user_id = u.id AND k.revoked <> 0)";
        let users = sqlx::query_scalar(sql).bind(self.partner.number()).bind(client.number()).fetch_all(self.connection()).await?;
        Ok(users.into_iter().map(UserId::new).collect())
    }

    /// The pictures of a client's users.
    pub(crate) async fn client_pictures(&mut self, client: ClientId) -> Result<Vec<ImageId>> {
        let sql = "SELECT u.details FROM users u WHERE u.partner_id = $1 AND u.client_id = $2 AND u.kind = 'person'";
        let query = sqlx::query_scalar(sql).bind(self.partner.number()).bind(client.number());
        let users: Vec<String> = query.fetch_all(self.connection()).await?;
        let mut pictures = Vec::new();
        for details in &users {
            let details: Details = serde_json::from_str(details)?;
            pictures.extend(details.picture().map(|picture| picture.id));
        }
        Ok(pictures)
    }

    /// Ends the sessions and tokens of a client's users, for a suspension.
    pub(in crate::people::user) async fn client_sessions_end(&mut self, client: ClientId) -> Result<()> {
        let (partner, client, now) = (self.partner.number(), client.number(), self.now.millis());
        let sql = "UPDATE login_records SET logged_out = $3 WHERE id IN (SELECT s.login_record FROM sessions s JOIN users u ON u.id = s.user_id \
                   WHERE u.partner_id = $1 AND u.client_id = $2)";
        sqlx::query(sql).bind(partner).bind(client).bind(now).execute(self.connection()).await?;
        let sql = "DELETE FROM sessions WHERE user_id IN (SELECT u.id FROM users u WHERE u.partner_id = $1 AND u.client_id = $2)";
        sqlx::query(sql).bind(partner).bind(client).execute(self.connection()).await?;
        // Tokens expire instead of being deleted, so that their programs learn that the client is suspended.
        let sql = "UPDATE api_tokens SET expires = $3 WHERE expires > $3 AND api_key_id IN \
                   (SELECT k.id FROM api_keys k WHERE k.partner_id = $1 AND k.client_id = $2)";
        sqlx::query(sql).bind(partner).bind(client).bind(now).execute(self.connection()).await?;
        Ok(())
    }

    /// Ends all access of a client's users for good: users become inactive, keys are revoked, and sessions, invitations and tokens are deleted.
    pub(in crate::people::user) async fn client_users_end(&mut self, client: ClientId) -> Result<()> {
        self.client_sessions_end(client).await?;
        let (partner, client, now) = (self.partner.number(), client.number(), self.now.millis());
        let by = self.caller.as_ref().map(|caller| caller.user.id.number());
        for sql in [
            "DELETE FROM invitations WHERE user_id IN (SELECT u.id FROM users u WHERE u.partner_id = $1 AND u.client_id = $2)",
            "DELETE FROM mailed_links WHERE user_id IN (SELECT u.id FROM users u WHERE u.partner_id = $1 AND u.client_id = $2)",
            "DELETE FROM api_tokens WHERE api_key_id IN (SELECT k.id FROM api_keys k WHERE k.partner_id = $1 AND k.client_id = $2)",
        ] {
            sqlx::query(sql).bind(partner).bind(client).execute(self.connection()).await?;
        }
        let sql = "UPDATE api_keys SET revoked = $3, version = version + 1 WHERE partner_id = $1 AND client_id = $2 AND revoked = 0";
        sqlx::query(sql).bind(partner).bind(client).bind(now).execute(self.connection()).await?;
        let sql = "UPDATE users SET status = 'inactive', updated = $3, updated_by = $4, version = version + 1 \
                   WHERE partner_id = $1 AND client_id = $2 AND status = 'active'";
        sqlx::query(sql).bind(partner).bind(client).bind(now).bind(by).execute(self.connection()).await?;
        sqlx::query("UPDATE clients SET active_users = 0 WHERE partner_id = $1 AND id = $2")
            .bind(partner)
            .bind(client)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
