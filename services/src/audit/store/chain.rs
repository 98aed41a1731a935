//! Reading chains, for what verifies them.

use domain::{AuditId, Change, ClientId, PartnerId};
use sqlx::Row;

use crate::{
    Result,
    kernel::{
        Binds, Tx,
        audit::{
            chain::PLACES,
            erase::{LINKED, linked},
        },
    },
};

/// The end of a chain, and where it begins, as stored.
#[derive(Clone, Default)]
pub(in crate::audit) struct Head {
    pub(in crate::audit) begins: i64,
    pub(in crate::audit) last: i64,
    pub(in crate::audit) hash: String,
}

/// A link, and what it is of.
pub(in crate::audit) struct StoredLink {
    pub(in crate::audit) id: i64,
    pub(in crate::audit) client: i64,
    pub(in crate::audit) digest: String,
    pub(in crate::audit) hash: String,
    /// Whether the record is still there.
    pub(in crate::audit) has_record: bool,
}

/// For the operator's commands, which have no caller.
impl Tx {
    /// All that have audit records.
    pub(in crate::audit) async fn audit_partners(&mut self) -> Result<Vec<PartnerId>> {
        let sql = "SELECT p.id FROM partners p UNION SELECT c.partner_id FROM audit_chains c ORDER BY id";
        let numbers: Vec<i64> = sqlx::query_scalar(sql).fetch_all(self.connection()).await?;
        Ok(numbers.into_iter().map(PartnerId::new).collect())
    }

    /// The partner's chain; an empty one if it has none.
    pub(in crate::audit) async fn audit_head(&mut self) -> Result<Head> {
        let sql = "SELECT begins, last, hash FROM audit_chains WHERE partner_id = $1";
        let row = sqlx::query(sql).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        let Some(row) = row else { return Ok(Head { begins: 1, ..Head::default() }) };
        Ok(Head { begins: row.try_get("begins")?, last: row.try_get("last")?, hash: row.try_get("hash")? })
    }

    /// The place of the partner's last record.
    pub(in crate::audit) async fn audit_last(&mut self) -> Result<i64> {
        let sql = "SELECT COALESCE(MAX(t.id), 0) FROM audit_records t WHERE t.id > $1 AND t.id < $2";
        let from = self.partner.number() * PLACES;
        let last: i64 = sqlx::query_scalar(sql).bind(from).bind(from + PLACES).fetch_one(self.connection()).await?;
        Ok((last - from).max(0))
    }

    /// The links from one place to another, in order. One statement, because a record can leave its link between two.
    pub(in crate::audit) async fn audit_links(&mut self, first: i64, last: i64) -> Result<Vec<StoredLink>> {
        let from = self.partner.number() * PLACES;
        let mut binds = Binds::default();
        let range = format!("BETWEEN {} AND {}", binds.number(from + first), binds.number(from + last));
        let sql = format!(
            "SELECT {LINKED}, t.hash, '' AS digest FROM audit_records t WHERE t.id {range} \
             UNION ALL SELECT t.id, 0, 0, t.client_id, 0, '', '', '', '', '', '', '', t.hash, t.digest FROM audit_gaps t WHERE t.id {range} ORDER BY id"
        );
        let mut links = Vec::new();
        for row in binds.fetch(self, sql).await? {
            let (digest, record): (String, _) = (row.try_get("digest")?, linked(&row)?);
            let has_record = digest.is_empty();
            let digest = if has_record { record.digest()? } else { digest };
            links.push(StoredLink { id: record.id - from, client: record.client, digest, hash: row.try_get("hash")?, has_record });
        }
        Ok(links)
    }

    /// Ranges of clients whose records may be gone, by what is recorded: terminated ones, and those of imports that came to nothing.
    pub(in crate::audit) async fn audit_erased(&mut self) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT t.action, t.object, t.changes FROM audit_records t \
                   WHERE t.partner_id = $1 AND t.action IN ('client.terminate', 'client.erase', 'client_import.discard')";
        let number = |id: &str| id.parse().map_or(0, ClientId::number);
        let mut erased = Vec::new();
        for row in sqlx::query(sql).bind(self.partner.number()).fetch_all(self.connection()).await? {
            if row.try_get::<&str, _>("action")? == "client_import.discard" {
                let changes: Vec<Change> = serde_json::from_str(row.try_get("changes")?)?;
                let [first, last] =
                    ["first", "last"].map(|field| changes.iter().find(|change| change.field == field).map_or(0, |change| number(&change.before)));
                erased.push((first, last));
            } else {
                let client = number(row.try_get("object")?);
                erased.push((client, client));
            }
        }
        Ok(erased)
    }

    /// Up to which place records were deleted because they were old, and the link there: as the last record says that is about it.
    pub(in crate::audit) async fn audit_pruned(&mut self) -> Result<Option<(i64, String)>> {
        let sql = "SELECT t.changes FROM audit_records t WHERE t.partner_id = $1 AND t.action = 'audit.prune' ORDER BY t.id DESC LIMIT 1";
        let changes: Option<String> = sqlx::query_scalar(sql).bind(self.partner.number()).fetch_optional(self.connection()).await?;
        let Some(changes) = changes else { return Ok(None) };
        let changes: Vec<Change> = serde_json::from_str(&changes)?;
        let value = |field: &str| changes.iter().find(|change| change.field == field).map(|change| change.before.clone()).unwrap_or_default();
        let place = value("last").parse::<AuditId>().map_or(0, AuditId::number) - self.partner.number() * PLACES;
        Ok(Some((place.max(0), value("hash"))))
    }
}
