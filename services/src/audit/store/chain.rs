//! Reading chains, for what verifies them.

use domain::{AuditId, Change, ClientId, PartnerId};
use sqlx::Row;

use crate::{
    Result,
    kernel::{
        Binds, Tx,
        audit::{
            chain::{Linked, places, record_id},
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
    /// The clients whose records may be gone because of this one.
    pub(in crate::audit) explains: Option<(i64, i64)>,
}

/// Up to where records were deleted because they were old.
#[derive(PartialEq, Eq)]
pub(in crate::audit) struct Pruned {
    /// The place of the record that says so.
    pub(in crate::audit) place: i64,
    /// The last place that was deleted.
    pub(in crate::audit) last: i64,
    /// The link there.
    pub(in crate::audit) hash: String,
}

/// For the operator's commands, which have no caller.
impl Tx {
    /// All that have audit records, also those that there aren't.
    pub(in crate::audit) async fn audit_partners(&mut self) -> Result<Vec<PartnerId>> {
        let sql = "SELECT p.id FROM partners p UNION SELECT c.partner_id FROM audit_chains c UNION SELECT DISTINCT t.partner_id FROM audit_records t ORDER BY id";
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
        let (from, until) = places(self.partner);
        let last: i64 = sqlx::query_scalar(sql).bind(from).bind(until).fetch_one(self.connection()).await?;
        Ok((last - from).max(0))
    }

    /// The links from one place to another, in order. One statement, because a record can leave its link between two.
    pub(in crate::audit) async fn audit_links(&mut self, first: i64, last: i64) -> Result<Vec<StoredLink>> {
        let from = record_id(self.partner, 0);
        let mut binds = Binds::default();
        let range = format!("BETWEEN {} AND {}", binds.number(from + first), binds.number(from + last));
        let sql = format!(
            "SELECT {LINKED}, t.hash, '' AS digest FROM audit_records t WHERE t.id {range} \
             UNION ALL SELECT t.id, 0, 0, t.client_id, 0, '', '', '', '', '', '', '', t.hash, t.digest FROM audit_gaps t WHERE t.id {range} ORDER BY id"
        );
        let mut links = Vec::new();
        for row in binds.fetch(self, sql).await? {
            let (id, gap): (i64, String) = (row.try_get("id")?, row.try_get("digest")?);
            let has_record = gap.is_empty();
            let read = linked(&row).and_then(|record| Ok((record.client, if has_record { record.digest()? } else { gap }, explains(&record)?)));
            // What the program never writes can't be read, and fits no link.
            let (client, digest, explains) = read.unwrap_or_default();
            links.push(StoredLink { id: id - from, client, digest, hash: row.try_get("hash").unwrap_or_default(), has_record, explains });
        }
        Ok(links)
    }

    /// The last record that says up to where records were deleted because they were old. Only records of the chain can say so.
    pub(in crate::audit) async fn audit_pruned(&mut self) -> Result<Option<Pruned>> {
        let (from, Head { begins, last, .. }) = (record_id(self.partner, 0), self.audit_head().await?);
        let sql = "SELECT t.id, t.changes FROM audit_records t \
                   WHERE t.partner_id = $1 AND t.action = 'audit.prune' AND t.id >= $2 AND t.id <= $3 ORDER BY t.id DESC LIMIT 1";
        let query = sqlx::query(sql).bind(self.partner.number()).bind(from + begins).bind(from + last);
        let Some(row) = query.fetch_optional(self.connection()).await? else { return Ok(None) };
        let changes: Vec<Change> = serde_json::from_str(row.try_get("changes")?)?;
        let last = before(&changes, "last").parse::<AuditId>().map_or(0, AuditId::number) - from;
        Ok(Some(Pruned { place: row.try_get::<i64, _>("id")? - from, last: last.max(0), hash: before(&changes, "hash").to_owned() }))
    }

    /// The partner's record with the highest id, wherever that lies.
    pub(in crate::audit) async fn audit_highest(&mut self) -> Result<Option<AuditId>> {
        let sql = "SELECT MAX(t.id) FROM audit_records t WHERE t.partner_id = $1";
        let highest: Option<i64> = sqlx::query_scalar(sql).bind(self.partner.number()).fetch_one(self.connection()).await?;
        Ok(highest.map(AuditId::new))
    }

    /// The partner's first record where there can be none: before its places, among those that were deleted, or with a link although it is from before the chain.
    /// Records that a job still deletes can be there.
    pub(in crate::audit) async fn audit_stray(&mut self, begins: i64, deleted: i64) -> Result<Option<AuditId>> {
        let (partner, from) = (self.partner.number(), record_id(self.partner, 0));
        let sql = "SELECT COUNT(*) FROM jobs t WHERE t.partner_id = $1 AND t.kind = 'audit-pruning' AND t.input = $2 AND t.state <> 'succeeded'";
        let deleting: i64 = sqlx::query_scalar(sql).bind(partner).bind(deleted.to_string()).fetch_one(self.connection()).await?;
        let none = if deleting > 0 { from } else { from + deleted };
        let sql = "SELECT MIN(t.id) FROM audit_records t WHERE t.partner_id = $1 AND (t.id <= $2 OR (t.id > $3 AND t.id < $4 AND t.hash <> ''))";
        let query = sqlx::query_scalar(sql).bind(partner).bind(none).bind(from + deleted).bind(from + begins);
        let stray: Option<i64> = query.fetch_one(self.connection()).await?;
        Ok(stray.map(AuditId::new))
    }
}

/// The clients whose records may be gone because of a record: a terminated one, or those of an import that came to nothing.
fn explains(record: &Linked<'_>) -> Result<Option<(i64, i64)>> {
    let number = |id: &str| id.parse().map_or(0, ClientId::number);
    let clients = match record.action {
        "client.terminate" | "client.erase" => Some((number(record.object), number(record.object))),
        "client_import.discard" => {
            let changes: Vec<Change> = serde_json::from_str(record.changes)?;
            Some((number(before(&changes, "first")), number(before(&changes, "last"))))
        }
        _ => None,
    };
    // Whatever has no client stays.
    Ok(clients.filter(|(first, _)| *first > 0))
}

fn before<'a>(changes: &'a [Change], field: &str) -> &'a str {
    changes.iter().find(|change| change.field == field).map_or("", |change| &change.before)
}
