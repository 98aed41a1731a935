//! Audit log: who did what, to which object, when and from where.

use domain::{Change, ClientId, Origin, Permission, Timestamp};
use sqlx::{Row, any::AnyRow};

use super::{statement::Binds, tx::Tx};
use crate::{Result, people::account::Account};

/// Rows per statement.
const ROWS: usize = 40;

/// The actor as recorded, independent of later changes to the user.
struct Actor {
    user: Option<i64>,
    login: String,
    ip: String,
}

/// An audit entry as a report lists it.
pub(crate) struct ListedEntry {
    pub(crate) id: String,
    pub(crate) at: Timestamp,
    /// Empty if the reader may not know them.
    pub(crate) login: String,
    pub(crate) ip: String,
    pub(crate) action: String,
    pub(crate) object: String,
    pub(crate) changes: Vec<Change>,
}

impl Tx {
    /// A part of the audit entries that the caller sees, from the oldest, behind one of a time and an id. For reports.
    pub(crate) async fn audit_entries(&mut self, (at, id): (Timestamp, &str), limit: u32) -> Result<Vec<ListedEntry>> {
        let (mut binds, reader) = (Binds::default(), self.caller()?);
        let (partner, at, id) = (binds.number(self.partner.number()), binds.number(at.millis()), binds.text(id));
        // A client's entries are found by its own index: the sign keeps the partner's out of it.
        let (sign, owner) = if self.only_client.is_some() { ("+", "t.client_id") } else { ("", "COALESCE(t.client_id, 0)") };
        let seen = self.seen_owner(Permission::AuditView, owner);
        let sql = format!(
            "SELECT t.id, t.at, t.login, t.ip, t.action, t.object, t.changes, u.client_id AS organization FROM audit_records t \
             LEFT JOIN users u ON u.id = t.user_id WHERE {sign}t.partner_id = {partner} AND (t.at, t.id) > ({at}, {id}){seen} ORDER BY t.at, t.id LIMIT {limit}"
        );
        let entry = |row: &AnyRow| {
            let organization: Option<i64> = row.try_get("organization")?;
            // A client's users see only their own people.
            let is_hidden = reader.client.is_some_and(|own| organization.is_some_and(|organization| organization != own.number()));
            let known = |column| if is_hidden { Ok(String::new()) } else { row.try_get(column) };
            Ok(ListedEntry {
                id: row.try_get("id")?,
                at: Timestamp::from_millis(row.try_get("at")?),
                login: known("login")?,
                ip: known("ip")?,
                action: row.try_get("action")?,
                object: row.try_get("object")?,
                changes: serde_json::from_str(row.try_get("changes")?)?,
            })
        };
        binds.fetch(self, sql).await?.iter().map(entry).collect()
    }

    /// Writes the audit entry of the caller's action in the same transaction, so no write lacks its entry.
    ///
    /// `action` is `noun.verb`, `object` an id. For secrets, `changes` says only that they changed. What a client's user does is a record of that client, so
    /// that it goes when the client does; so records of the partner name what belongs to a client by id alone.
    pub(super) async fn audit(&mut self, id: String, action: &str, object: String, client: Option<ClientId>, changes: &[Change]) -> Result<()> {
        let actor = match &self.caller {
            Some(caller) => Actor { user: Some(caller.user.id.number()), login: caller.user.login.clone(), ip: caller.origin.address() },
            None => Actor { user: None, login: "system".to_owned(), ip: String::new() },
        };
        let client = client.or_else(|| self.caller.as_ref().and_then(|caller| caller.client));
        self.audit_insert(id, actor, action, object, client, changes).await
    }

    /// As [`Tx::audit`], of the same action at many clients, each with the entry's id.
    pub(super) async fn audit_clients(&mut self, action: &str, entries: &[(String, ClientId, Vec<Change>)]) -> Result<()> {
        let caller = self.caller()?;
        let (user, login, ip) = (caller.user.id.number(), caller.user.login.as_str(), caller.origin.address());
        for some in entries.chunks(ROWS) {
            let (mut rows, mut binds) = (Vec::new(), Binds::default());
            let (at, partner, user) = (binds.number(self.now.millis()), binds.number(self.partner.number()), binds.number(user));
            let (login, ip, action) = (binds.text(login), binds.text(&*ip), binds.text(action));
            for (id, client, changes) in some {
                let (id, number, object) = (binds.text(&**id), binds.number(client.number()), binds.text(client.to_string()));
                let changes = binds.text(serde_json::to_string(changes)?);
                rows.push(format!("({id}, {at}, {partner}, {number}, {user}, {login}, {ip}, {action}, {object}, {changes})"));
            }
            let sql = "INSERT INTO audit_records (id, at, partner_id, client_id, user_id, login, ip, action, object, changes) VALUES ";
            binds.execute(self, format!("{sql}{}", rows.join(", "))).await?;
        }
        Ok(())
    }

    /// Writes the audit entry of an action without a session, such as signing in. A login name without an account is left out, because it can be a
    /// password typed into the wrong field.
    pub(super) async fn audit_stranger(&mut self, id: String, action: &str, account: Option<&Account>, origin: &Origin) -> Result<()> {
        let ip = origin.address();
        let actor = match account {
            Some(account) => Actor { user: Some(account.user.id.number()), login: account.user.login.clone(), ip },
            None => Actor { user: None, login: String::new(), ip },
        };
        let object = account.map(|account| account.user.id.to_string()).unwrap_or_default();
        self.audit_insert(id, actor, action, object, account.and_then(|account| account.client), &[]).await
    }

    async fn audit_insert(
        &mut self,
        id: String,
        actor: Actor,
        action: &str,
        object: String,
        client: Option<ClientId>,
        changes: &[Change],
    ) -> Result<()> {
        let sql = "INSERT INTO audit_records (id, at, partner_id, client_id, user_id, login, ip, action, object, changes) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let (at, partner, changes) = (self.now.millis(), self.partner.number(), serde_json::to_string(changes)?);
        sqlx::query(sql)
            .bind(id)
            .bind(at)
            .bind(partner)
            .bind(client.map(ClientId::number))
            .bind(actor.user)
            .bind(actor.login)
            .bind(actor.ip)
            .bind(action)
            .bind(object)
            .bind(changes)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
