//! Millions of audit records, for load tests.

use domain::PartnerId;

use crate::{Operator, Result};

/// Records per transaction.
const BATCH: u64 = 20_000;

impl Operator<'_> {
    /// Adds `count` audit records to the first partner, as if they were of the years before. Calls `progress` with the number so far.
    ///
    /// # Errors
    /// Only failures.
    pub async fn seed_audit(&self, count: u64, mut progress: impl FnMut(u64)) -> Result<()> {
        let mut tx = self.0.command("load tests start from the first partner", PartnerId::new(0)).await?;
        let Some(partner) = tx.partner_first().await? else { return Ok(()) };
        drop(tx);
        let number = |count: u64| i64::try_from(count).unwrap_or_default();
        let mut done = 0;
        while done < count {
            let next = count.min(done + BATCH);
            let mut tx = self.0.command("audit records for load tests", partner).await?;
            tx.audit_imagine(number(done)..number(next), number(count)).await?;
            tx.commit().await?;
            done = next;
            progress(done);
        }
        Ok(())
    }
}
