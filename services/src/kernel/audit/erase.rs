//! Removes audit records without breaking their chain: those of an erased client leave their links.

use domain::ClientId;
use sqlx::{Row, any::AnyRow};

use super::chain::Linked;
use crate::{
    Result,
    kernel::{Binds, Tx},
};

/// The columns that [`linked`] reads. No record says 0 for none: one that does was changed, so it must read differently.
pub(crate) const LINKED: &str = "t.id, t.at, t.partner_id, CASE t.client_id WHEN 0 THEN -1 ELSE COALESCE(t.client_id, 0) END AS client, \
    CASE t.user_id WHEN 0 THEN -1 ELSE COALESCE(t.user_id, 0) END AS actor, t.login, t.ip, t.through, t.reference, t.action, t.object, t.changes";

/// What a link of the chain says of a record.
pub(crate) fn linked(row: &AnyRow) -> Result<Linked<'_>> {
    Ok(Linked {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        partner: row.try_get("partner_id")?,
        client: row.try_get("client")?,
        user: row.try_get("actor")?,
        login: row.try_get("login")?,
        ip: row.try_get("ip")?,
        through: row.try_get("through")?,
        reference: row.try_get("reference")?,
        action: row.try_get("action")?,
        object: row.try_get("object")?,
        changes: row.try_get("changes")?,
    })
}

impl Tx {
    /// Erases up to `most` records of a range of clients, and returns how many. For what erases clients, whose audit record says so.
    pub(crate) async fn audit_erase(&mut self, (first, last): (ClientId, ClientId), most: usize) -> Result<usize> {
        let (mut binds, mut rows, mut ids) = (Binds::default(), Vec::new(), Vec::new());
        let sql = format!("SELECT {LINKED}, t.hash FROM audit_records t WHERE t.client_id BETWEEN $1 AND $2 AND t.partner_id = $3 LIMIT {most}",);
        let query = Binds::default().query(sql).bind(first.number()).bind(last.number()).bind(self.partner.number());
        for row in query.fetch_all(self.connection()).await? {
            let (record, hash): (_, &str) = (linked(&row)?, row.try_get("hash")?);
            ids.push(record.id.to_string());
            // Records from before there was a chain have no link to leave.
            if !hash.is_empty() {
                let (digest, hash) = (binds.text(record.digest()?), binds.text(hash));
                rows.push(format!("({}, {}, {digest}, {hash})", record.id, record.client));
            }
        }
        if !rows.is_empty() {
            binds.execute(self, format!("INSERT INTO audit_gaps (id, client_id, digest, hash) VALUES {}", rows.join(", "))).await?;
        }
        if !ids.is_empty() {
            Binds::default().execute(self, format!("DELETE FROM audit_records WHERE id IN ({})", ids.join(", "))).await?;
        }
        Ok(ids.len())
    }
}
