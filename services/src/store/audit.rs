//! Audit records: who did what to what, when, from where.

use domain::{Change, ClientId};

use super::Tx;
use crate::Result;

impl Tx {
    /// Records an action of the transaction's caller in the transaction itself, so that no write is without its record.
    ///
    /// `action` is `noun.verb`, `object` an id. Of secrets, `changes` says only that they changed.
    pub(crate) async fn audit(&mut self, id: String, action: &str, object: &str, client: Option<ClientId>, changes: &[Change]) -> Result<()> {
        let (user, login, ip) = match &self.caller {
            Some(caller) => (Some(caller.user.id.number()), caller.user.login.clone(), caller.origin.ip.to_string()),
            None => (None, "system".to_owned(), String::new()),
        };
        let changes = serde_json::to_string(changes)?;
        let sql = "INSERT INTO audit_records (id, at, partner_id, client_id, user_id, login, ip, action, object, changes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        sqlx::query(sql)
            .bind(id)
            .bind(self.now.millis())
            .bind(self.partner.number())
            .bind(client.map(ClientId::number))
            .bind(user)
            .bind(login)
            .bind(ip)
            .bind(action)
            .bind(object)
            .bind(changes)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
