//! Rows of uploaded archives.

use domain::{ClientId, JobId, RestoreId, Timestamp};
use sqlx::{Row, any::AnyRow};

use crate::{
    Result,
    kernel::{Tx, row::id},
};

/// An upload.
pub(super) struct StoredRestore {
    /// How many parts are there.
    pub(crate) parts: u32,
    /// The job that restores it, once somebody started that.
    pub(crate) job: Option<JobId>,
}

fn stored(row: &AnyRow) -> Result<StoredRestore> {
    Ok(StoredRestore {
        parts: u32::try_from(row.try_get::<i64, _>("parts")?).unwrap_or_default(),
        job: row.try_get::<Option<i64>, _>("job_id")?.map(JobId::new),
    })
}

impl Tx {
    /// Inserts an upload of the caller's, of which nothing is there yet.
    pub(super) async fn restore_insert(&mut self, id: &RestoreId) -> Result<()> {
        let sql = "INSERT INTO restores (id, partner_id, user_id, parts, job_id, created) VALUES ($1, $2, $3, 0, NULL, $4)";
        let query = sqlx::query(sql).bind(id.as_str()).bind(self.partner.number()).bind(self.user_number()).bind(self.now.millis());
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// An upload of the caller's.
    pub(super) async fn restore_get(&mut self, id: &RestoreId) -> Result<Option<StoredRestore>> {
        let sql = "SELECT parts, job_id FROM restores WHERE id = $1 AND partner_id = $2 AND user_id = $3";
        let query = sqlx::query(sql).bind(id.as_str()).bind(self.partner.number()).bind(self.user_number());
        query.fetch_optional(self.connection()).await?.as_ref().map(stored).transpose()
    }

    /// As [`Tx::restore_get`], whoever uploaded it: somebody else can let its job run again.
    pub(super) async fn restore_of_job(&mut self, id: &RestoreId) -> Result<Option<StoredRestore>> {
        let sql = "SELECT parts, job_id FROM restores WHERE id = $1 AND partner_id = $2";
        let query = sqlx::query(sql).bind(id.as_str()).bind(self.partner.number());
        query.fetch_optional(self.connection()).await?.as_ref().map(stored).transpose()
    }

    /// Counts one part more.
    pub(super) async fn restore_grow(&mut self, id: &RestoreId) -> Result<()> {
        let sql = "UPDATE restores SET parts = parts + 1 WHERE id = $1 AND partner_id = $2";
        sqlx::query(sql).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Says which job restores it.
    pub(super) async fn restore_job_set(&mut self, id: &RestoreId, job: JobId) -> Result<()> {
        let sql = "UPDATE restores SET job_id = $1 WHERE id = $2 AND partner_id = $3";
        sqlx::query(sql).bind(job.number()).bind(id.as_str()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Says which client the job of a restore has made.
    pub(super) async fn restore_job_finish(&mut self, job: JobId, client: ClientId) -> Result<()> {
        let sql = "UPDATE jobs SET client_id = $1 WHERE id = $2 AND partner_id = $3";
        sqlx::query(sql).bind(client.number()).bind(job.number()).bind(self.partner.number()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes an upload's row, and what its job knows: the key of the secrets is needed no more.
    pub(super) async fn restore_end(&mut self, id: &RestoreId) -> Result<()> {
        let sql = "UPDATE jobs SET input = '' WHERE id = (SELECT r.job_id FROM restores r WHERE r.id = $1)";
        sqlx::query(sql).bind(id.as_str()).execute(self.connection()).await?;
        sqlx::query("DELETE FROM restores WHERE id = $1").bind(id.as_str()).execute(self.connection()).await?;
        Ok(())
    }

    /// Deletes the rows of all but the latest uploads of the caller's, unless they are being restored, and returns them.
    pub(super) async fn restore_forget(&mut self, most: usize) -> Result<Vec<RestoreId>> {
        let sql = "SELECT t.id FROM restores t WHERE t.partner_id = $1 AND t.user_id = $2 \
                   AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = t.job_id AND j.ended = 0) ORDER BY t.created DESC, t.id DESC";
        let query = sqlx::query(sql).bind(self.partner.number()).bind(self.user_number());
        let rows = query.fetch_all(self.connection()).await?;
        let old: Vec<RestoreId> = rows.iter().skip(most).map(|row| id(row, "id")).collect::<Result<_>>()?;
        for id in &old {
            self.restore_end(id).await?;
        }
        Ok(old)
    }

    /// Uploads of all partners from before a moment, unless their job isn't over.
    pub(super) async fn restores_old(&mut self, before: Timestamp) -> Result<Vec<RestoreId>> {
        let sql = "SELECT t.id FROM restores t WHERE t.created < $1 AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = t.job_id AND j.ended = 0)";
        let rows = sqlx::query(sql).bind(before.millis()).fetch_all(self.connection()).await?;
        rows.iter().map(|row| id(row, "id")).collect()
    }
}
