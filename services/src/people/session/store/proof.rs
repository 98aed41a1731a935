//! What a session knows of the second factor.

use crate::{
    Result,
    kernel::{Tx, clock::AHEAD_SECONDS},
};

/// A proof counts this long.
const PROOF_SECONDS: i64 = 5 * 60;

impl Tx {
    /// Finishes a sign-in: the session lacks nothing any more, has another key, and belongs to a record of the login history.
    pub(in crate::people::session) async fn session_finish(&mut self, key: &str, next: &str, login_record: i64) -> Result<bool> {
        let sql = "UPDATE sessions SET key = $1, previous_key = '', rotated = $2, last_seen = $2, login_record = $3, passed = 1, proved = $2, \
                   proof_failures = 0 WHERE key = $4 AND passed = 0";
        let query = sqlx::query(sql).bind(next).bind(self.now.millis()).bind(login_record).bind(key);
        Ok(query.execute(self.connection()).await?.rows_affected() == 1)
    }

    /// Records a proof for the change that comes next, and for others soon after.
    pub(in crate::people::session) async fn session_prove(&mut self, key: &str) -> Result<()> {
        let sql = "UPDATE sessions SET proved = $1, unspent = 1, proof_failures = 0 WHERE key = $2 OR previous_key = $2";
        sqlx::query(sql).bind(self.now.millis()).bind(key).execute(self.connection()).await?;
        Ok(())
    }

    /// The second factor was set up in the session, which lacks nothing any more. That was no proof for a change that asks for its own.
    pub(in crate::people::session) async fn session_set_up(&mut self, key: &str) -> Result<()> {
        let sql = "UPDATE sessions SET passed = 1, proved = $1, unspent = 0, proof_failures = 0, candidate = '' WHERE key = $2 OR previous_key = $2";
        sqlx::query(sql).bind(self.now.millis()).bind(key).execute(self.connection()).await?;
        Ok(())
    }

    /// Uses a proof that still counts; with `fresh`, only one that no change has used. False if there is none.
    pub(in crate::people::session) async fn session_proof_use(&mut self, key: &str, fresh: bool) -> Result<bool> {
        let sql =
            "UPDATE sessions SET unspent = 0 WHERE (key = $1 OR previous_key = $1) AND passed = 1 AND proved > $2 AND proved <= $3 AND unspent >= $4";
        let (since, latest) = (self.now.plus_seconds(-PROOF_SECONDS).millis(), self.now.plus_seconds(AHEAD_SECONDS).millis());
        let query = sqlx::query(sql).bind(key).bind(since).bind(latest).bind(i64::from(fresh));
        Ok(query.execute(self.connection()).await?.rows_affected() == 1)
    }

    /// Counts a wrong code, and returns how many there were in a row.
    pub(in crate::people::session) async fn session_proof_failed(&mut self, key: &str) -> Result<i64> {
        let sql = "UPDATE sessions SET proof_failures = proof_failures + 1 WHERE key = $1 OR previous_key = $1 RETURNING proof_failures";
        let failures: Option<i64> = sqlx::query_scalar(sql).bind(key).fetch_optional(self.connection()).await?;
        Ok(failures.unwrap_or(i64::MAX))
    }

    /// The sealed secret that is being set up in the session; empty for none.
    pub(in crate::people::session) async fn session_candidate(&mut self, key: &str) -> Result<String> {
        let sql = "SELECT s.candidate FROM sessions s WHERE s.key = $1 OR s.previous_key = $1";
        let candidate: Option<String> = sqlx::query_scalar(sql).bind(key).fetch_optional(self.connection()).await?;
        Ok(candidate.unwrap_or_default())
    }

    /// Stores the sealed secret that is being set up in the session.
    pub(in crate::people::session) async fn session_candidate_set(&mut self, key: &str, candidate: &str) -> Result<()> {
        let sql = "UPDATE sessions SET candidate = $1 WHERE key = $2 OR previous_key = $2";
        sqlx::query(sql).bind(candidate).bind(key).execute(self.connection()).await?;
        Ok(())
    }
}
