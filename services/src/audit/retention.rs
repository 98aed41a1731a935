//! How long records are stored (docs/spec/audit.md, "Retention").

use domain::{AuditId, AuditRetention, AuditRetentionDraft, Caller, Change, Draft, JobKind, PartnerId, Permission, Scope, Timestamp, counted};

use crate::{
    Result, Services,
    kernel::{Tx, audit::chain::record_id, authz::NO_PARTNER, proof::proved},
    leaving::job::{NewJob, Next, Work},
};

/// Records deleted by a step, so that others can write in between.
const PORTION: u32 = 1000;

/// How long the records of nobody's account are stored, of which no partner decides.
const STRANGERS_DAYS: i64 = 365;

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

impl Services {
    /// How long the partner's records are stored.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view settings.
    pub async fn audit_retention_get(&self, caller: &Caller) -> Result<AuditRetention> {
        self.authorize(caller, Permission::SettingView, Scope::Partner(caller.partner)).await?.audit_retention().await
    }

    /// Sets how long the partner's records are stored.
    ///
    /// # Errors
    /// `Forbidden` without the permission to manage settings; `Unproved`; `Invalid` for anything but a number of days.
    pub async fn audit_retention_set(&self, caller: &Caller, draft: AuditRetentionDraft) -> Result<AuditRetention> {
        let mut tx = self.authorize(caller, proved(Permission::SettingManage), Scope::Partner(caller.partner)).await?;
        let (before, after) = (tx.audit_retention().await?, draft.check(())?);
        if let Some(change) = before.change(after) {
            tx.audit_retention_set(after).await?;
            self.audit(&mut tx, "audit.retention", caller.partner, None, &[change]).await?;
            tx.commit().await?;
        }
        Ok(after)
    }

    /// Asks for the deletion of every partner's records whose time has been over for a day, and returns for how many partners.
    ///
    /// # Errors
    /// Only failures.
    pub async fn audit_pruning_due(&self) -> Result<usize> {
        self.audit_strangers_prune().await?;
        let mut asked = 0;
        for partner in self.store.audit_retentions().await? {
            asked += usize::from(self.audit_pruning_of(partner).await?);
        }
        Ok(asked)
    }

    async fn audit_pruning_of(&self, partner: PartnerId) -> Result<bool> {
        // Most of the time there is nothing to do, which takes no lock to see.
        if !self.system_read("old audit records are deleted", partner).await?.audit_is_overdue().await? {
            return Ok(false);
        }
        let mut tx = self.system("old audit records are deleted", partner).await?;
        if !tx.audit_is_overdue().await? {
            return Ok(false);
        }
        let Some(days) = tx.audit_retention().await?.days else { return Ok(false) };
        let cutoff = tx.now.plus_seconds(-i64::from(days) * SECONDS_OF_A_DAY);
        let Some(last) = self.audit_prune_record(&mut tx, cutoff).await? else { return Ok(false) };
        let (subject, input) = (format!("Records older than {}", counted(u64::from(days), "day", "days")), last.to_string());
        self.job_create(&mut tx, &NewJob { kind: JobKind::AuditPruning, client: None, subject, input, total: 0 }).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Records that what is older than a time is deleted, and returns up to which place; none if there is nothing to delete.
    async fn audit_prune_record(&self, tx: &mut Tx, cutoff: Timestamp) -> Result<Option<i64>> {
        let Some((last, hash)) = tx.audit_prunable(cutoff).await? else { return Ok(None) };
        let partner = tx.partner;
        let change = |field, label, text: &str| Change::of(field, label, text, "");
        let last_id = AuditId::new(record_id(partner, last));
        let changes = [change("last", "Last deleted record", &last_id.to_string()), change("hash", "Its link", &hash)];
        self.audit(tx, "audit.prune", partner, None, &changes.into_iter().flatten().collect::<Vec<_>>()).await?;
        Ok(Some(last))
    }

    /// Deletes what is old of nobody's account. There are few such records each day, so it takes no job.
    async fn audit_strangers_prune(&self) -> Result<()> {
        let reason = "old audit records are deleted";
        let cutoff = self.clock.now().plus_seconds(-STRANGERS_DAYS * SECONDS_OF_A_DAY);
        let is_overdue = |first: Option<Timestamp>| first.is_some_and(|first| first < cutoff.plus_seconds(-SECONDS_OF_A_DAY));
        if !is_overdue(self.system_read(reason, NO_PARTNER).await?.audit_first().await?) {
            return Ok(());
        }
        let mut tx = self.system(reason, NO_PARTNER).await?;
        if !is_overdue(tx.audit_first().await?) {
            return Ok(());
        }
        if let Some(last) = self.audit_prune_record(&mut tx, cutoff).await? {
            while tx.audit_prune(last, PORTION).await? > 0 {}
            tx.commit().await?;
        }
        Ok(())
    }

    /// Deletes some of the records that were recorded as deleted.
    pub(crate) async fn audit_pruning_step(&self, work: &mut Work) -> Result<Next> {
        let last: i64 = serde_json::from_str(&work.input)?;
        let mut tx = self.job_begin(work).await?;
        let deleted = tx.audit_prune(last, PORTION).await?;
        work.progress.done += deleted;
        "Deleting records".clone_into(&mut work.progress.doing);
        let next = if deleted == 0 {
            Next::Ended(format!("{} deleted.", counted(work.progress.done, "record was", "records were")))
        } else {
            Next::Continue
        };
        self.job_save(tx, work, &next).await?;
        Ok(next)
    }
}
