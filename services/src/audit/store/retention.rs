//! How long records are stored, and those whose time is over.

use domain::{AuditRetention, PartnerId, Timestamp};
use sqlx::{AssertSqlSafe, Row};

use crate::{
    Result,
    kernel::{
        Store, Tx,
        audit::chain::{places, record_id},
    },
};

/// The milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

impl Store {
    /// An exception: the partners that don't store records for ever.
    pub(in crate::audit) async fn audit_retentions(&self) -> Result<Vec<PartnerId>> {
        let rows = sqlx::query("SELECT id FROM partners WHERE audit_days > 0").fetch_all(&mut self.read().await?).await?;
        rows.iter().map(|row| Ok(PartnerId::new(row.try_get("id")?))).collect()
    }
}

impl Tx {
    pub(in crate::audit) async fn audit_retention(&mut self) -> Result<AuditRetention> {
        let sql = "SELECT audit_days FROM partners WHERE id = $1";
        let days: i64 = sqlx::query_scalar(sql).bind(self.partner.number()).fetch_one(self.connection()).await?;
        Ok(AuditRetention { days: u32::try_from(days).ok().filter(|days| *days > 0) })
    }

    pub(in crate::audit) async fn audit_retention_set(&mut self, retention: AuditRetention) -> Result<()> {
        let sql = "UPDATE partners SET audit_days = $1 WHERE id = $2";
        let days = retention.days.map_or(0, i64::from);
        sqlx::query(sql).bind(days).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Whether the time of the chain's first record has been over for a day, and no job deletes such already.
    pub(in crate::audit) async fn audit_is_overdue(&mut self) -> Result<bool> {
        let sql = "SELECT COUNT(*) FROM partners p JOIN audit_records t ON t.id = \
                   (SELECT MIN(r.id) FROM audit_records r WHERE r.id > $1 AND r.id < $2) \
                   WHERE p.id = $3 AND p.audit_days > 0 AND t.at < $4 - (p.audit_days + 1) * $5 \
                   AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.ended = 0 AND j.partner_id = p.id AND j.kind = 'audit-pruning')";
        let (from, until) = places(self.partner);
        let query = sqlx::query_scalar(sql).bind(from).bind(until).bind(self.partner.number()).bind(self.now.millis()).bind(DAY);
        let number: i64 = query.fetch_one(self.connection()).await?;
        Ok(number > 0)
    }

    /// When the first record of the chain was written.
    pub(in crate::audit) async fn audit_first(&mut self) -> Result<Option<Timestamp>> {
        let sql = "SELECT t.at FROM audit_records t WHERE t.id > $1 AND t.id < $2 ORDER BY t.id LIMIT 1";
        let (from, until) = places(self.partner);
        let first: Option<i64> = sqlx::query_scalar(sql).bind(from).bind(until).fetch_optional(self.connection()).await?;
        Ok(first.map(Timestamp::from_millis))
    }

    /// The place of the last record before the first that isn't older than a time, and its link; none if that is the chain's first. The chain is cut at a place,
    /// and records are in the order of time but for what was dated or the clock set back.
    pub(in crate::audit) async fn audit_prunable(&mut self, before: Timestamp) -> Result<Option<(i64, String)>> {
        let from = record_id(self.partner, 0);
        let sql = "SELECT t.id FROM audit_records t WHERE t.partner_id = $1 AND t.at >= $2 ORDER BY t.at, t.id LIMIT 1";
        let kept: Option<i64> = sqlx::query_scalar(sql).bind(self.partner.number()).bind(before.millis()).fetch_optional(self.connection()).await?;
        let last = match kept {
            Some(kept) => kept - 1,
            None => from + self.audit_last().await?,
        };
        let sql = "SELECT t.hash FROM audit_records t WHERE t.id = $1 UNION ALL SELECT t.hash FROM audit_gaps t WHERE t.id = $1";
        let hash: Option<String> = sqlx::query_scalar(sql).bind(last).fetch_optional(self.connection()).await?;
        Ok(hash.map(|hash| (last - from, hash)))
    }

    /// Deletes the first records and links of the chain up to a place, at most so many, and returns how many.
    pub(in crate::audit) async fn audit_prune(&mut self, last: i64, most: u32) -> Result<u64> {
        let from = record_id(self.partner, 0);
        let mut deleted = 0;
        for table in ["audit_records", "audit_gaps"] {
            let sql =
                format!("DELETE FROM {table} WHERE id IN (SELECT t.id FROM {table} t WHERE t.id > $1 AND t.id <= $2 ORDER BY t.id LIMIT {most})");
            deleted += sqlx::query(AssertSqlSafe(sql)).bind(from).bind(from + last).execute(self.connection()).await?.rows_affected();
        }
        Ok(deleted)
    }
}
