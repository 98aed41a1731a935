//! Tells administrators of a job whose owner can't do it any more (docs/spec/leaving.md, "Jobs"): its owner is gone, and nobody else would miss it.

use domain::JobKind;

use super::Work;
use crate::{Result, Services, kernel::mail::FailedJob, leaving::report::owner_of_run};

impl Services {
    /// Mails the partner's full administrators about a job that was refused what it was to do. Whoever asks for a run of another's report sees it fail, so
    /// nobody is mailed about that.
    pub(super) async fn job_owner_mail(&self, work: &Work, outcome: &str) {
        let Some(mailer) = self.mailer.clone() else { return };
        let mails = async {
            let owner = match work.kind {
                JobKind::Report => owner_of_run(&work.input)?,
                JobKind::Backup | JobKind::Import | JobKind::Restore | JobKind::Termination => work.owner,
                JobKind::AwsRefresh | JobKind::AwsOnboarding | JobKind::AwsCheck | JobKind::AwsDelinking => work.owner,
                JobKind::AuditExport | JobKind::AuditPruning => work.owner,
            };
            // A schedule's job belongs to nobody if the owner couldn't act when it was due.
            if work.owner != owner && work.owner.number() != 0 {
                return Ok(Vec::new());
            }
            let mut tx = self.system_read("administrators are told of a job whose owner can't do it", work.partner).await?;
            let Some((subject, owner)) = tx.job_subject(work.id, owner).await? else { return Ok(Vec::new()) };
            let job = FailedJob { id: work.id, kind: work.kind, subject: &subject, owner: owner.as_ref(), outcome };
            Result::Ok(tx.administrators().await?.iter().map(|administrator| mailer.failed_job(administrator, &job)).collect())
        };
        match mails.await {
            Ok(mails) => mailer.clone().send_later(mails, self.clock.now()),
            Err(fault) => tracing::warn!(cause = %fault, job = %work.id, "nobody can be told that a job failed"),
        }
    }
}
