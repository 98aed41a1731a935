//! How long records are stored (docs/spec/audit.md, "Retention").

use domain::{AuditRetention, AuditRetentionDraft, Caller, Change, Draft, JobKind, PartnerId, Permission, Scope, counted};

use crate::{
    Result, Services,
    kernel::{audit::chain::PLACES, proof::proved},
    leaving::job::{NewJob, Next, Work},
};

/// Records deleted by a step, so that others can write in between.
const PORTION: u32 = 1000;

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
        let (cutoff, from) = (tx.now.plus_seconds(-i64::from(days) * SECONDS_OF_A_DAY), partner.number() * PLACES);
        let Some((last, hash)) = tx.audit_prunable(cutoff).await? else { return Ok(false) };
        let change = |field, label, text: &str| Change::of(field, label, text, "");
        let last_id = domain::AuditId::new(from + last);
        let changes = [change("last", "Last deleted record", &last_id.to_string()), change("hash", "Its link", &hash)];
        self.audit(&mut tx, "audit.prune", partner, None, &changes.into_iter().flatten().collect::<Vec<_>>()).await?;
        let (subject, input) = (format!("Records older than {}", counted(u64::from(days), "day", "days")), last.to_string());
        self.job_create(&mut tx, &NewJob { kind: JobKind::AuditPruning, client: None, subject, input, total: 0 }).await?;
        tx.commit().await?;
        Ok(true)
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
