//! Runs of reports: asking for one, by hand or by a schedule, and its file.

use bytes::Bytes;
use domain::{
    Caller, ClientId, Error, JobKind, ListPage, Permission, ReportId, ReportKind, ReportProfile, ReportRun, ReportRunId, ReportRunQuery, UserId,
    may_read_report,
};
use serde::{Deserialize, Serialize};

use super::{
    calendar::Calendar,
    file::{FOLDER, folder, key},
    read,
    store::{
        DueReport, StoredReport,
        run::{NewRun, StoredRun},
    },
};
use crate::{
    Result, Services, StoredFile,
    kernel::{Tx, authz::NO_PARTNER, fold::fold},
    leaving::job::NewJob,
    people::account,
};

/// The most runs that are asked for, or swept, at a time.
const AT_A_TIME: u32 = 100;

/// The longest part of a report's name in the name of its file.
const NAME_LENGTH: usize = 60;

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// What the job of a run has to know: the report as it was when somebody asked, so that all parts of the file have the same columns.
#[derive(Serialize, Deserialize)]
pub(super) struct RunInput {
    pub(super) run: ReportRunId,
    pub(super) report: ReportId,
    pub(super) kind: ReportKind,
    /// Whose rights count, whoever asked.
    pub(super) owner: UserId,
    pub(super) profile: ReportProfile,
}

/// Whose rights a run has, by what its job knows: the report's owner's, who needn't be who asked for the run.
pub(crate) fn owner_of_run(input: &str) -> Result<UserId> {
    Ok(serde_json::from_str::<RunInput>(input)?.owner)
}

impl Services {
    /// Runs a report now.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden` without the permission to manage reports.
    pub async fn report_run(&self, caller: &Caller, id: ReportId) -> Result<ReportRun> {
        let (mut tx, report) = self.report_change(caller, id).await?;
        self.report_run_make(&mut tx, &report, Some(caller.user.id)).await?;
        self.audit(&mut tx, "report.run", id, report.report.row.client, &[]).await?;
        let run = read(&mut tx, id).await?.report.row.last_run.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(run)
    }

    /// A page of the runs of a report, the latest first.
    ///
    /// # Errors
    /// As [`Services::report_get`].
    pub async fn report_run_list(&self, caller: &Caller, id: ReportId, query: &ReportRunQuery) -> Result<ListPage<ReportRun>> {
        let mut tx = self.authorize(caller, Permission::ReportView, caller.place()).await?;
        self.report_seen(&mut tx, id).await?;
        tx.report_run_list(id, query).await
    }

    /// The file of a run.
    ///
    /// # Errors
    /// `NotFound` for a run that doesn't exist or isn't visible; `Forbidden` without the permission to see what it lists; `Conflict` if there is no file
    /// yet, or no more.
    pub async fn report_file(&self, caller: &Caller, id: ReportRunId) -> Result<StoredFile> {
        let StoredRun { run, file_name, parts, .. } = self.report_run_readable(caller, id).await?;
        Ok(StoredFile { name: file_name, bytes: run.bytes, parts })
    }

    /// A part of the file of a run. Checks again what the caller may, because a file can take long to be sent.
    ///
    /// # Errors
    /// As [`Services::report_file`].
    pub async fn report_file_part(&self, caller: &Caller, id: ReportRunId, part: u32) -> Result<Bytes> {
        self.report_run_readable(caller, id).await?;
        Ok(self.files()?.get(&key(id, part)).await?.ok_or(Error::NotFound)?)
    }

    async fn report_run_readable(&self, caller: &Caller, id: ReportRunId) -> Result<StoredRun> {
        let mut tx = self.authorize_again(caller, Permission::ReportView, caller.place()).await?;
        let stored = tx.report_run_get(id).await?.ok_or(Error::NotFound)?;
        if !may_read_report(&*tx.caller()?, stored.kind, stored.owner) {
            return Err(Error::NotFound.into());
        }
        self.permit_own(&mut tx, stored.kind.permission()).await?;
        if !stored.run.has_file(tx.now) {
            return Err(Error::conflict("This run has no file: it isn’t finished yet, or the file has expired.").into());
        }
        Ok(stored)
    }

    /// Asks for a run of every report that is due, and returns how many. A schedule that was missed, however often, runs once.
    ///
    /// # Errors
    /// Only failures.
    pub async fn reports_due(&self) -> Result<usize> {
        let mut asked = 0;
        for due in self.store.reports_due(self.clock.now(), AT_A_TIME).await? {
            match self.report_run_due(&due).await {
                Ok(is_asked) => asked += usize::from(is_asked),
                Err(fault) => tracing::warn!(cause = %fault, report = %due.id, "a report that is due can't be run"),
            }
        }
        Ok(asked)
    }

    /// In one transaction: the run, its job, and when the report runs next. Of several servers, only the first finds it due.
    async fn report_run_due(&self, due: &DueReport) -> Result<bool> {
        let mut tx = self.system("a schedule asks for runs", due.partner).await?;
        let Some(stored) = tx.report_due(due.id).await? else { return Ok(false) };
        let row = &stored.report.row;
        let next_run = Calendar::of(&row.profile.time_zone)?.next(row.profile.schedule, tx.now)?;
        if !tx.report_next_run_set(row.id, row.next_run, next_run).await? {
            return Ok(false);
        }
        self.audit(&mut tx, "report.run", row.id, row.client, &[]).await?;
        // Without an owner who can act the job belongs to nobody, and fails with a sentence that says so.
        if let Some(owner) = account::acting(&mut tx, stored.owner).await? {
            self.act_as_owner(&mut tx, owner);
        }
        self.report_run_make(&mut tx, &stored, None).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Asks for a run, in the transaction of the use case that wants it.
    pub(super) async fn report_run_make(&self, tx: &mut Tx, stored: &StoredReport, asked_by: Option<UserId>) -> Result<()> {
        let row = &stored.report.row;
        let profile = &row.profile;
        let (run, now) = (tx.report_run_number().await?, tx.now);
        let input = RunInput { run, report: row.id, kind: row.kind, owner: stored.owner, profile: profile.clone() };
        let job =
            NewJob { kind: JobKind::Report, client: row.client, subject: profile.name.clone(), input: serde_json::to_string(&input)?, total: 0 };
        let job = self.job_create(tx, &job).await?;
        let file_name = format!("{}-{}.csv", plain_name(&profile.name, row.kind), Calendar::of(&profile.time_zone)?.date(now)?);
        let until = now.plus_seconds(i64::from(profile.days) * SECONDS_OF_A_DAY);
        tx.report_run_insert(&NewRun { id: run, report: row.id, client: row.client, job, asked_by, file_name: &file_name, until }).await
    }

    /// Deletes the files of a client's reports, before their rows, and those of the partner's reports so far, which can list the client.
    pub(crate) async fn report_files_erase(&self, tx: &mut Tx, client: ClientId) -> Result<()> {
        for run in tx.report_runs_about(client).await? {
            self.files()?.delete_folder(&folder(run)).await?;
        }
        tx.report_runs_of_partner_end().await
    }

    /// Deletes all partners' runs whose time is over, with their files, and files without a run; returns of how many runs. For background jobs.
    ///
    /// # Errors
    /// `Database` or `Files`.
    pub async fn report_sweep(&self) -> Result<usize> {
        let mut swept = self.folders_sweep(FOLDER, "report_runs").await?;
        loop {
            let mut tx = self.system_read("runs whose time is over are deleted", NO_PARTNER).await?;
            let over = tx.report_runs_over(AT_A_TIME).await?;
            drop(tx);
            if over.is_empty() {
                return Ok(swept);
            }
            // The files first: without its row, nobody would find them again.
            for run in &over {
                self.files()?.delete_folder(&folder(*run)).await?;
            }
            let mut tx = self.system("runs whose time is over are deleted", NO_PARTNER).await?;
            for run in &over {
                tx.report_run_delete(*run).await?;
            }
            tx.commit().await?;
            swept += over.len();
        }
    }
}

/// A name for files everywhere: letters and digits of ASCII with dashes between.
fn plain_name(name: &str, kind: ReportKind) -> String {
    let words = fold(name);
    let words: Vec<_> = words.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let plain: String = words.join("-").chars().take(NAME_LENGTH).collect();
    let plain = plain.trim_end_matches('-');
    if plain.is_empty() { kind.key().to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_is_plain() {
        let plain = |name| plain_name(name, ReportKind::TenantProfiles);
        assert_eq!(plain("Tenant Profiles"), "tenant-profiles");
        assert_eq!(plain("../Zoë’s \"report\"\r\n; rm -rf /"), "zoe-s-report-rm-rf");
        assert_eq!(plain("株式会社"), "tenant-profiles");
        assert_eq!(plain(&"ab ".repeat(40)).len(), 59);
    }
}
