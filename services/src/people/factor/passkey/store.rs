//! Passkeys, and what browsers were asked.

use domain::{PartnerId, Passkey, Timestamp, UserId};
use sqlx::{Row, any::AnyRow};
use webauthn_rs::prelude::Passkey as Key;

use crate::{
    Result,
    kernel::{Store, Tx},
};

/// What is compared with an answer.
pub(super) struct StoredKey {
    /// What the authenticator calls the user.
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) key: Key,
}

impl StoredKey {
    fn of(row: &AnyRow) -> Result<Self> {
        Ok(Self { handle: row.try_get("handle")?, name: row.try_get("name")?, key: serde_json::from_str(row.try_get("key")?)? })
    }
}

/// A new passkey.
pub(super) struct NewPasskey<'a> {
    pub(super) id: &'a str,
    pub(super) user: UserId,
    pub(super) handle: &'a str,
    pub(super) name: &'a str,
    pub(super) key: &'a Key,
}

impl Store {
    /// An exception, because there is no caller before sign-in: whose passkey it is.
    pub(super) async fn passkey_owner(&self, id: &str) -> Result<Option<(UserId, PartnerId)>> {
        let sql = "SELECT k.user_id, u.partner_id FROM passkeys k JOIN users u ON u.id = k.user_id WHERE k.id = $1";
        let row = sqlx::query(sql).bind(id).fetch_optional(&mut self.read().await?).await?;
        row.map(|row| Ok((UserId::new(row.try_get("user_id")?), PartnerId::new(row.try_get("partner_id")?)))).transpose()
    }
}

impl Tx {
    /// A user's passkeys, the first one first.
    pub(in crate::people::factor) async fn passkeys_of(&mut self, user: UserId) -> Result<Vec<Passkey>> {
        let sql = "SELECT k.id, k.name, k.created, k.last_used FROM passkeys k WHERE k.user_id = $1 ORDER BY k.created, k.id";
        let rows = sqlx::query(sql).bind(user.number()).fetch_all(self.connection()).await?;
        let passkey = |row: &AnyRow| {
            Ok(Passkey {
                id: row.try_get("id")?,
                name: row.try_get("name")?,
                since: Timestamp::from_millis(row.try_get("created")?),
                last_used: Timestamp::from_millis(row.try_get("last_used")?),
            })
        };
        rows.iter().map(passkey).collect()
    }

    /// The keys of a user's passkeys.
    pub(super) async fn passkey_keys(&mut self, user: UserId) -> Result<Vec<StoredKey>> {
        let sql = "SELECT k.handle, k.name, k.key FROM passkeys k JOIN users u ON u.id = k.user_id \
                   WHERE k.user_id = $1 AND u.partner_id = $2 ORDER BY k.created, k.id";
        let rows = sqlx::query(sql).bind(user.number()).bind(self.partner.number()).fetch_all(self.connection()).await?;
        rows.iter().map(StoredKey::of).collect()
    }

    /// The key of a user's passkey.
    pub(super) async fn passkey_key(&mut self, id: &str, user: UserId) -> Result<Option<StoredKey>> {
        Ok(self.passkey_keys(user).await?.into_iter().find(|stored| super::id(stored.key.cred_id()) == id))
    }

    /// Stores a passkey that was just made; false if somebody has it already.
    pub(super) async fn passkey_insert(&mut self, NewPasskey { id, user, handle, name, key }: NewPasskey<'_>) -> Result<bool> {
        let sql = "INSERT INTO passkeys (id, user_id, handle, name, key, counter, created, last_used) VALUES ($1, $2, $3, $4, $5, 0, $6, $6) \
                   ON CONFLICT (id) DO NOTHING";
        let query = sqlx::query(sql).bind(id).bind(user.number()).bind(handle).bind(name).bind(serde_json::to_string(key)?).bind(self.now.millis());
        Ok(query.execute(self.connection()).await?.rows_affected() == 1)
    }

    /// Takes a signature with this counter, unless one with it or a later one was taken: then the passkey was copied, or the signature came before, on any
    /// server. Authenticators that don't count send 0 each time.
    pub(super) async fn passkey_use(&mut self, id: &str, user: UserId, key: &Key, counter: u32) -> Result<bool> {
        let sql = "UPDATE passkeys SET counter = $1, key = $2, last_used = $3 WHERE id = $4 AND user_id = $5 AND (counter < $1 OR (counter = 0 AND $1 = 0))";
        let query = sqlx::query(sql).bind(i64::from(counter)).bind(serde_json::to_string(key)?).bind(self.now.millis()).bind(id).bind(user.number());
        Ok(query.execute(self.connection()).await?.rows_affected() == 1)
    }

    /// Deletes a passkey of a user, and returns its name; none if there is no such one.
    pub(super) async fn passkey_delete(&mut self, id: &str, user: UserId) -> Result<Option<String>> {
        let sql = "DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING name";
        Ok(sqlx::query_scalar(sql).bind(id).bind(user.number()).fetch_optional(self.connection()).await?)
    }

    /// Deletes a user's passkeys, and what their browsers were asked; false if there were none.
    pub(in crate::people::factor) async fn passkeys_delete(&mut self, user: UserId) -> Result<bool> {
        sqlx::query("DELETE FROM passkey_ceremonies WHERE user_id = $1").bind(user.number()).execute(self.connection()).await?;
        let deleted = sqlx::query("DELETE FROM passkeys WHERE user_id = $1").bind(user.number()).execute(self.connection()).await?;
        Ok(deleted.rows_affected() > 0)
    }

    /// Deletes all but so many of the newest requests to a user, or to strangers of a network.
    pub(super) async fn ceremonies_keep(&mut self, user: i64, network: &str, most: i64) -> Result<()> {
        let sql = "DELETE FROM passkey_ceremonies WHERE user_id = $1 AND network = $2 AND key NOT IN \
                   (SELECT o.key FROM passkey_ceremonies o WHERE o.user_id = $1 AND o.network = $2 ORDER BY o.expires DESC, o.key LIMIT $3)";
        sqlx::query(sql).bind(user).bind(network).bind(most).execute(self.connection()).await?;
        Ok(())
    }

    /// Stores what an answer is compared with.
    pub(super) async fn ceremony_insert(
        &mut self,
        key: &str,
        (purpose, user, network): (&str, i64, &str),
        state: &str,
        expires: Timestamp,
    ) -> Result<()> {
        let sql = "INSERT INTO passkey_ceremonies (key, user_id, network, purpose, state, expires) VALUES ($1, $2, $3, $4, $5, $6)";
        let query = sqlx::query(sql).bind(key).bind(user).bind(network).bind(purpose).bind(state).bind(expires.millis());
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Takes what an answer is compared with, once and in time.
    pub(super) async fn ceremony_take(&mut self, key: &str, (purpose, user): (&str, i64)) -> Result<Option<String>> {
        let sql = "DELETE FROM passkey_ceremonies WHERE key = $1 AND purpose = $2 AND user_id = $3 AND expires > $4 RETURNING state";
        let query = sqlx::query_scalar(sql).bind(key).bind(purpose).bind(user).bind(self.now.millis());
        Ok(query.fetch_optional(self.connection()).await?)
    }

    /// Deletes what nobody can answer any more.
    pub(in crate::people::factor) async fn ceremonies_delete_expired(&mut self) -> Result<()> {
        sqlx::query("DELETE FROM passkey_ceremonies WHERE expires <= $1").bind(self.now.millis()).execute(self.connection()).await?;
        Ok(())
    }
}
