//! Counts of wrong passwords and secrets.

use domain::Timestamp;

use crate::{Result, kernel::Tx};

impl Tx {
    /// Counts a failure and returns the number of failures in a row, starting over if the last was before `forget`; `None` while the subject is locked. A
    /// lock that ends more than `longest_seconds` ahead dates from before the clock was set back and is ignored.
    pub(in crate::people::session) async fn sign_in_failure_count(
        &mut self,
        subject: &str,
        forget: Timestamp,
        longest_seconds: i64,
    ) -> Result<Option<i64>> {
        let sql = "INSERT INTO sign_in_failures (subject, failures, last, locked_until) VALUES ($1, 1, $2, 0)
            ON CONFLICT (subject) DO UPDATE
            SET failures = CASE WHEN sign_in_failures.last < $3 THEN 1 ELSE sign_in_failures.failures + 1 END, last = excluded.last
            WHERE sign_in_failures.locked_until <= excluded.last OR sign_in_failures.locked_until > $4 RETURNING failures";
        let (now, latest) = (self.now.millis(), self.now.plus_seconds(longest_seconds).millis());
        Ok(sqlx::query_scalar(sql).bind(subject).bind(now).bind(forget.millis()).bind(latest).fetch_optional(self.connection()).await?)
    }

    pub(in crate::people::session) async fn sign_in_locked_until(&mut self, subject: &str) -> Result<Option<Timestamp>> {
        let sql = "SELECT locked_until FROM sign_in_failures WHERE subject = $1";
        let until: Option<i64> = sqlx::query_scalar(sql).bind(subject).fetch_optional(self.connection()).await?;
        Ok(until.map(Timestamp::from_millis))
    }

    pub(in crate::people::session) async fn sign_in_lock(&mut self, subject: &str, until: Timestamp) -> Result<()> {
        let sql = "UPDATE sign_in_failures SET locked_until = $1 WHERE subject = $2";
        sqlx::query(sql).bind(until.millis()).bind(subject).execute(self.connection()).await?;
        Ok(())
    }

    pub(in crate::people::session) async fn sign_in_failures_delete(&mut self, subject: &str) -> Result<()> {
        sqlx::query("DELETE FROM sign_in_failures WHERE subject = $1").bind(subject).execute(self.connection()).await?;
        Ok(())
    }

    /// Takes back one failure, and its lock if that is still the current one.
    pub(in crate::people::session) async fn sign_in_failure_take_back(&mut self, subject: &str, locked_until: Timestamp) -> Result<()> {
        let sql = "UPDATE sign_in_failures SET failures = failures - 1, locked_until = CASE WHEN locked_until = $1 THEN 0 ELSE locked_until END
            WHERE subject = $2 AND failures > 0";
        sqlx::query(sql).bind(locked_until.millis()).bind(subject).execute(self.connection()).await?;
        Ok(())
    }

    pub(in crate::people::session) async fn sign_in_failures_delete_before(&mut self, last: Timestamp) -> Result<()> {
        sqlx::query("DELETE FROM sign_in_failures WHERE last < $1").bind(last.millis()).execute(self.connection()).await?;
        Ok(())
    }
}
