//! Exports, as their jobs say.

use std::collections::BTreeSet;

use domain::{JobId, Timestamp};
use sqlx::Row;

use crate::{
    Result,
    kernel::{Binds, Tx},
};

impl Tx {
    /// What a finished export of the caller's was asked for, how it ended, and when.
    pub(in crate::audit) async fn audit_export_get(&mut self, job: JobId) -> Result<Option<(String, String, Timestamp)>> {
        let sql = "SELECT t.input, t.cursor, t.ended FROM jobs t \
                   WHERE t.id = $1 AND t.partner_id = $2 AND t.user_id = $3 AND t.kind = 'audit-export' AND t.state = 'succeeded'";
        let query = sqlx::query(sql).bind(job.number()).bind(self.partner.number()).bind(self.user_number());
        let row = query.fetch_optional(self.connection()).await?;
        row.map(|row| Ok((row.try_get("input")?, row.try_get("cursor")?, Timestamp::from_millis(row.try_get("ended")?)))).transpose()
    }

    /// Cancels the partner's exports, and returns all that there were.
    pub(in crate::audit) async fn audit_exports_end(&mut self) -> Result<Vec<JobId>> {
        let partner = self.partner.number();
        let sql = "UPDATE jobs SET cancelling = 1 WHERE kind = 'audit-export' AND partner_id = $1 AND ended = 0";
        sqlx::query(sql).bind(partner).execute(self.connection()).await?;
        let sql = "SELECT t.id FROM jobs t WHERE t.kind = 'audit-export' AND t.partner_id = $1";
        let jobs: Vec<i64> = sqlx::query_scalar(sql).bind(partner).fetch_all(self.connection()).await?;
        Ok(jobs.into_iter().map(JobId::new).collect())
    }

    /// Those of some jobs, of all partners, whose file is being written, or is there and ended since a time.
    pub(in crate::audit) async fn audit_exports_among(&mut self, ids: &[String], since: Timestamp) -> Result<BTreeSet<String>> {
        let mut binds = Binds::default();
        let places: Vec<_> = ids.iter().map(|id| binds.text(&**id)).collect();
        let since = binds.number(since.millis());
        let sql = format!(
            "SELECT CAST(t.id AS TEXT) AS id FROM jobs t WHERE CAST(t.id AS TEXT) IN ({}) AND (t.ended = 0 OR (t.state = 'succeeded' AND t.ended > {since}))",
            places.join(", ")
        );
        binds.fetch(self, sql).await?.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }
}
