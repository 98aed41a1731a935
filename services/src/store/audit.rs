//! Audit records: who did what to what, when, from where.

use domain::{Change, ClientId, Origin, PartnerId, Timestamp};
use sqlx::{Any, any::AnyArguments, query::Query};

use super::{Account, Tx};
use crate::Result;

/// A record of an action that is about to be written with it.
pub(crate) struct Record {
    id: String,
    at: Timestamp,
    partner: PartnerId,
    client: Option<ClientId>,
    actor: Actor,
    action: String,
    object: String,
    changes: String,
}

/// Who did it, as the record keeps it: what it says stays true when the user is renamed or erased.
struct Actor {
    user: Option<i64>,
    login: String,
    ip: String,
}

impl Record {
    /// Binds the values of its row, ten, in the order of the columns.
    pub(super) fn bind(self, query: Query<'_, Any, AnyArguments>) -> Query<'_, Any, AnyArguments> {
        query
            .bind(self.id)
            .bind(self.at.millis())
            .bind(self.partner.number())
            .bind(self.client.map(ClientId::number))
            .bind(self.actor.user)
            .bind(self.actor.login)
            .bind(self.actor.ip)
            .bind(self.action)
            .bind(self.object)
            .bind(self.changes)
    }
}

impl Tx {
    /// A record of an action of the transaction's caller.
    ///
    /// `action` is `noun.verb`, `object` an id. Of secrets, `changes` says only that they changed.
    pub(crate) fn record(&self, id: String, action: &str, object: String, client: Option<ClientId>, changes: &[Change]) -> Result<Record> {
        let actor = match &self.caller {
            Some(caller) => Actor { user: Some(caller.user.id.number()), login: caller.user.login.clone(), ip: caller.origin.address() },
            None => Actor { user: None, login: "system".to_owned(), ip: String::new() },
        };
        self.record_of(id, actor, action, object, client, changes)
    }

    /// A record of what somebody did who isn't signed in. Of an account that doesn't exist it says nothing: what was typed may be a
    /// password in the wrong field.
    pub(crate) fn record_of_stranger(&self, id: String, action: &str, account: Option<&Account>, origin: &Origin) -> Result<Record> {
        let ip = origin.address();
        let actor = match account {
            Some(account) => Actor { user: Some(account.user.id.number()), login: account.user.login.clone(), ip },
            None => Actor { user: None, login: String::new(), ip },
        };
        let object = account.map(|account| account.user.id.to_string()).unwrap_or_default();
        self.record_of(id, actor, action, object, account.and_then(|account| account.client), &[])
    }

    fn record_of(&self, id: String, actor: Actor, action: &str, object: String, client: Option<ClientId>, changes: &[Change]) -> Result<Record> {
        let (action, changes) = (action.to_owned(), serde_json::to_string(changes)?);
        Ok(Record { id, at: self.now, partner: self.partner, client, actor, action, object, changes })
    }

    /// Writes a record in the transaction of what it tells, so that no write is without its record.
    pub(crate) async fn audit(&mut self, record: Record) -> Result<()> {
        // A row is handed over in one piece; that a statement has ended, in two.
        let sql = "INSERT INTO audit_records (id, at, partner_id, client_id, user_id, login, ip, action, object, changes) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING 1";
        record.bind(sqlx::query(sql)).fetch_one(self.connection()).await?;
        Ok(())
    }
}
