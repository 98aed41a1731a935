//! Authenticator apps and recovery codes.

use std::collections::BTreeSet;

use domain::{AuthenticatorApp, SecondFactor, Timestamp, UserId};
use sqlx::Row;

use super::totp::STEP;
use crate::{
    Result,
    kernel::{Binds, Tx, clock::AHEAD_SECONDS},
};

impl Tx {
    /// The sealed secret of a user's authenticator app.
    pub(super) async fn authenticator_secret(&mut self, user: UserId) -> Result<Option<String>> {
        let sql = "SELECT a.secret FROM authenticators a WHERE a.user_id = $1";
        Ok(sqlx::query_scalar(sql).bind(user.number()).fetch_optional(self.connection()).await?)
    }

    /// Marks a step as used; false if it or a later one was, on any server. A last step far ahead of this one is from before the clock was set back, and
    /// doesn't count.
    pub(super) async fn authenticator_use(&mut self, user: UserId, step: i64) -> Result<bool> {
        let sql = "UPDATE authenticators SET last_step = $1, last_used = $2 WHERE user_id = $3 AND (last_step < $1 OR last_step > $4)";
        let latest = step + AHEAD_SECONDS / STEP;
        let query = sqlx::query(sql).bind(step).bind(self.now.millis()).bind(user.number()).bind(latest);
        Ok(query.execute(self.connection()).await?.rows_affected() == 1)
    }

    /// Stores an authenticator app that a code of this step has proved, in place of an earlier one.
    pub(super) async fn authenticator_replace(&mut self, user: UserId, (name, secret): (&str, &str), step: i64) -> Result<()> {
        let sql = "INSERT INTO authenticators (user_id, name, secret, last_step, created, last_used) VALUES ($1, $2, $3, $4, $5, $5) \
                   ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, secret = excluded.secret, last_step = excluded.last_step, \
                   created = excluded.created, last_used = excluded.last_used";
        let query = sqlx::query(sql).bind(user.number()).bind(name).bind(secret).bind(step).bind(self.now.millis());
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes a user's second factor; false if there is none.
    pub(super) async fn factor_delete(&mut self, user: UserId) -> Result<bool> {
        sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1").bind(user.number()).execute(self.connection()).await?;
        let deleted = sqlx::query("DELETE FROM authenticators WHERE user_id = $1").bind(user.number()).execute(self.connection()).await?;
        let had_passkeys = self.passkeys_delete(user).await?;
        Ok(deleted.rows_affected() > 0 || had_passkeys)
    }

    /// Uses a recovery code; false if it isn't among those that are left.
    pub(super) async fn recovery_code_use(&mut self, user: UserId, hash: &str) -> Result<bool> {
        let sql = "DELETE FROM recovery_codes WHERE user_id = $1 AND hash = $2";
        Ok(sqlx::query(sql).bind(user.number()).bind(hash).execute(self.connection()).await?.rows_affected() == 1)
    }

    /// Replaces a user's recovery codes.
    pub(super) async fn recovery_codes_replace(&mut self, user: UserId, hashes: &[String]) -> Result<()> {
        sqlx::query("DELETE FROM recovery_codes WHERE user_id = $1").bind(user.number()).execute(self.connection()).await?;
        let mut binds = Binds::default();
        let user = binds.number(user.number());
        let rows: Vec<_> = hashes.iter().map(|hash| format!("({user}, {})", binds.text(&**hash))).collect();
        binds.execute(self, format!("INSERT INTO recovery_codes (user_id, hash) VALUES {}", rows.join(", "))).await?;
        Ok(())
    }

    /// Who of some users has a second factor.
    pub(in crate::people) async fn users_with_factor(&mut self, users: &[UserId]) -> Result<BTreeSet<UserId>> {
        if users.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut binds = Binds::default();
        let users = users.iter().map(|user| binds.number(user.number())).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT a.user_id FROM authenticators a WHERE a.user_id IN ({users}) UNION ALL SELECT k.user_id FROM passkeys k WHERE k.user_id IN ({users})"
        );
        binds.fetch(self, sql).await?.iter().map(|row| Ok(UserId::new(row.try_get(0)?))).collect()
    }

    /// A user's second factor. Whether it is required is told by the settings of the user's organization, and what the server offers by the server.
    pub(super) async fn factor_get(&mut self, user: UserId) -> Result<SecondFactor> {
        let sql = "SELECT COALESCE(a.name, '') AS name, COALESCE(a.created, 0) AS since, COALESCE(a.last_used, 0) AS last_used, \
                   CASE WHEN p.require_second_factor = 1 OR COALESCE(c.require_second_factor, 0) = 1 THEN 'yes' ELSE 'no' END AS required, \
                   (SELECT COUNT(*) FROM recovery_codes r WHERE r.user_id = u.id) AS recovery_codes \
                   FROM users u JOIN partners p ON p.id = u.partner_id LEFT JOIN clients c ON c.id = u.client_id \
                   LEFT JOIN authenticators a ON a.user_id = u.id WHERE u.id = $1 AND u.partner_id = $2";
        let row = sqlx::query(sql).bind(user.number()).bind(self.partner.number()).fetch_one(self.connection()).await?;
        let passkeys = self.passkeys_of(user).await?;
        let since: i64 = row.try_get("since")?;
        let last_used = Timestamp::from_millis(row.try_get("last_used")?);
        let name = row.try_get("name")?;
        Ok(SecondFactor {
            app: (since != 0).then_some(AuthenticatorApp { name, since: Timestamp::from_millis(since), last_used }),
            passkeys,
            offers_passkeys: false,
            recovery_codes: u32::try_from(row.try_get::<i64, _>("recovery_codes")?).unwrap_or_default(),
            required: row.try_get::<&str, _>("required")? == "yes",
        })
    }
}
