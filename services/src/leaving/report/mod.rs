//! Reports: what is listed, when it runs, and for whom (docs/spec/reports.md, "Who sees a report"). [`run`] is about their runs, [`step`] writes the files.

mod calendar;
mod file;
mod lines;
mod run;
mod step;
mod store;

use domain::{
    Caller, ClientId, Draft, Error, ListPage, Permission, PlannedRun, Report, ReportDraft, ReportId, ReportKind, ReportProfile, ReportQuery,
    ReportRow, ReportSetting, Schedule, ScheduleDraft, Timestamp, Violations, may_read_report, sees_all_reports,
};

use crate::{
    Fault, Result, Services,
    kernel::Tx,
    people::{account, user::email_key},
};
use calendar::Calendar;
pub(crate) use run::owner_of_run;
use store::StoredReport;

const NO_MAIL: &str = "E-mail notifications aren’t available: no mail server is configured.";

impl Services {
    /// A page of the reports of a kind that the caller sees.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view reports, or what they list.
    pub async fn report_list(&self, caller: &Caller, kind: ReportKind, query: &ReportQuery) -> Result<ListPage<ReportRow>> {
        let mut tx = self.authorize(caller, Permission::ReportView, caller.place()).await?;
        self.permit_own(&mut tx, kind.permission()).await?;
        let owner = (!sees_all_reports(&*tx.caller()?, kind)).then_some(caller.user.id);
        tx.report_list(kind, owner, query).await
    }

    /// A report.
    ///
    /// # Errors
    /// `NotFound` for one that doesn't exist or isn't visible.
    pub async fn report_get(&self, caller: &Caller, id: ReportId) -> Result<Report> {
        let mut tx = self.authorize(caller, Permission::ReportView, caller.place()).await?;
        let report = self.report_seen(&mut tx, id).await?;
        with_planned(report, tx.now)
    }

    /// Creates a report of the caller's. Without a schedule it runs at once.
    ///
    /// # Errors
    /// `Forbidden` without the permission to manage reports or to see what they list; `Invalid` with every wrong field.
    pub async fn report_create(&self, caller: &Caller, kind: ReportKind, draft: ReportDraft) -> Result<Report> {
        let mut tx = self.authorize_at(caller, Permission::ReportManage, None).await?;
        self.permit_own(&mut tx, kind.permission()).await?;
        let profile = self.report_check(&mut tx, kind, draft, &[]).await?;
        let next_run = next_run(&profile, tx.now)?;
        let id = tx.report_insert(kind, &profile, next_run).await?;
        let owner = tx.only_client;
        self.audit(&mut tx, "report.create", id, owner, &[]).await?;
        if profile.schedule == Schedule::Once {
            let report = read(&mut tx, id).await?;
            self.report_run_make(&mut tx, &report, Some(caller.user.id)).await?;
        }
        self.report_saved(tx, id).await
    }

    /// Changes a report. One whose owner can't act any more is then the caller's.
    ///
    /// # Errors
    /// As [`Services::report_create`]; `NotFound`; `Conflict` if the version is stale.
    pub async fn report_update(&self, caller: &Caller, id: ReportId, version: i64, draft: ReportDraft) -> Result<Report> {
        let (mut tx, stored) = self.report_change(caller, id).await?;
        let (report, before) = (&stored.report, &stored.report.row.profile);
        if report.version != version {
            return Err(Error::stale("report").into());
        }
        let profile = self.report_check(&mut tx, report.row.kind, draft, &before.recipients).await?;
        let has_owner = account::acting(&mut tx, stored.owner).await?.is_some();
        let owner = if has_owner { stored.owner } else { caller.user.id };
        let changes = before.changes(&profile);
        if changes.is_empty() && has_owner {
            return with_planned(stored, tx.now);
        }
        let is_paused = report.row.is_paused && profile.schedule != Schedule::Once;
        let is_same = (before.schedule, &before.time_zone) == (profile.schedule, &profile.time_zone);
        let next_run = match (is_paused, is_same) {
            (true, _) => None,
            (false, true) => report.row.next_run,
            (false, false) => next_run(&profile, tx.now)?,
        };
        if !tx.report_update(id, version, &profile, (owner, is_paused, next_run)).await? {
            return Err(Error::stale("report").into());
        }
        self.audit(&mut tx, "report.update", id, report.row.client, &changes).await?;
        self.report_saved(tx, id).await
    }

    /// Stops the schedule of a report until it is resumed.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden`; `Conflict` without a schedule.
    pub async fn report_pause(&self, caller: &Caller, id: ReportId) -> Result<Report> {
        self.report_pause_set(caller, id, true).await
    }

    /// Resumes the schedule of a report. Runs that were missed meanwhile are not caught up.
    ///
    /// # Errors
    /// As [`Services::report_pause`].
    pub async fn report_resume(&self, caller: &Caller, id: ReportId) -> Result<Report> {
        self.report_pause_set(caller, id, false).await
    }

    async fn report_pause_set(&self, caller: &Caller, id: ReportId, is_paused: bool) -> Result<Report> {
        let (mut tx, stored) = self.report_change(caller, id).await?;
        let row = &stored.report.row;
        if row.profile.schedule == Schedule::Once {
            return Err(Error::conflict("The report has no schedule.").into());
        }
        if row.is_paused == is_paused {
            return with_planned(stored, tx.now);
        }
        let next_run = if is_paused { None } else { next_run(&row.profile, tx.now)? };
        if !tx.report_update(id, stored.report.version, &row.profile, (stored.owner, is_paused, next_run)).await? {
            return Err(Error::stale("report").into());
        }
        self.audit(&mut tx, if is_paused { "report.pause" } else { "report.resume" }, id, row.client, &[]).await?;
        self.report_saved(tx, id).await
    }

    /// Deletes a report with its runs and their files.
    ///
    /// # Errors
    /// `NotFound`; `Forbidden`.
    pub async fn report_delete(&self, caller: &Caller, id: ReportId) -> Result<()> {
        let (mut tx, stored) = self.report_change(caller, id).await?;
        let runs = tx.report_delete(id).await?;
        self.audit(&mut tx, "report.delete", id, stored.report.row.client, &[]).await?;
        tx.commit().await?;
        for run in runs {
            // Without a row nobody finds the files, so a failure costs space alone.
            if let Err(fault) = self.files()?.delete_folder(&file::folder(run)).await {
                tracing::warn!(cause = %fault, %run, "the file of a deleted report is left");
            }
        }
        Ok(())
    }

    /// The next runs of a schedule, before it is saved.
    ///
    /// # Errors
    /// `Forbidden` without the permission to manage reports; `Invalid` with every wrong field.
    pub async fn report_preview(&self, caller: &Caller, schedule: ScheduleDraft) -> Result<Vec<PlannedRun>> {
        let tx = self.authorize_read(caller, Permission::ReportManage, caller.place()).await?;
        let (schedule, time_zone) = schedule.check(())?;
        calendar(&time_zone)?.planned(schedule, tx.now)
    }

    /// What the form of a report has to know.
    ///
    /// # Errors
    /// `Forbidden` without the permission to view reports.
    pub async fn report_setting(&self, caller: &Caller) -> Result<ReportSetting> {
        self.authorize(caller, Permission::ReportView, caller.place()).await?;
        Ok(ReportSetting { has_mail: self.mailer.is_some() })
    }

    /// A report that the caller sees.
    async fn report_seen(&self, tx: &mut Tx, id: ReportId) -> Result<StoredReport> {
        let stored = read(tx, id).await?;
        if !may_read_report(&*tx.caller()?, stored.report.row.kind, stored.owner) {
            return Err(Error::NotFound.into());
        }
        self.permit_own(tx, stored.report.row.kind.permission()).await?;
        Ok(stored)
    }

    /// Opens a transaction to change a report that the caller sees.
    async fn report_change(&self, caller: &Caller, id: ReportId) -> Result<(Tx, StoredReport)> {
        let mut tx = self.authorize_at(caller, Permission::ReportManage, None).await?;
        let stored = self.report_seen(&mut tx, id).await?;
        Ok((tx, stored))
    }

    async fn report_saved(&self, mut tx: Tx, id: ReportId) -> Result<Report> {
        let report = with_planned(read(&mut tx, id).await?, tx.now)?;
        tx.commit().await?;
        Ok(report)
    }

    /// Checks a permission at the tenant of the caller.
    pub(super) async fn permit_own(&self, tx: &mut Tx, permission: Permission) -> Result<()> {
        let own: Option<ClientId> = tx.only_client;
        self.permit(tx, permission, own).await
    }

    /// Checks a draft, and that each new address is that of a user whom the caller could look up.
    async fn report_check(&self, tx: &mut Tx, kind: ReportKind, draft: ReportDraft, known: &[String]) -> Result<ReportProfile> {
        let profile = draft.check(kind)?;
        calendar(&profile.time_zone)?;
        let new: Vec<String> = profile.recipients.iter().filter(|address| !known.contains(address)).cloned().collect();
        if new.is_empty() {
            return Ok(profile);
        }
        if self.mailer.is_none() {
            return Err(Error::invalid("recipients", NO_MAIL).into());
        }
        let caller = tx.caller()?;
        let users = match self.permit_own(tx, Permission::UserView).await {
            Ok(()) => {
                let own = tx.only_client;
                tx.users_by_email(own, &new).await?
            }
            // Everybody knows their own address.
            Err(Fault::Refused(_)) => Vec::new(),
            Err(failure) => return Err(failure),
        };
        let found: Vec<String> = users.iter().chain([&caller.user]).map(|user| email_key(&user.email)).collect();
        let mut violations = Violations::new();
        for address in new.iter().filter(|address| !found.contains(&email_key(address))) {
            violations.add("recipients", format!("“{address}” isn’t the address of an active user of {}.", caller.organization));
        }
        Ok(violations.checked(profile)?)
    }
}

async fn read(tx: &mut Tx, id: ReportId) -> Result<StoredReport> {
    Ok(tx.report_get(id).await?.ok_or(Error::NotFound)?)
}

/// The calendar of a time zone that somebody chose.
fn calendar(time_zone: &str) -> Result<Calendar> {
    Calendar::of(time_zone).map_err(|_| Error::invalid("time_zone", "This server doesn’t know the time zone. Choose another.").into())
}

fn next_run(profile: &ReportProfile, after: Timestamp) -> Result<Option<Timestamp>> {
    Calendar::of(&profile.time_zone)?.next(profile.schedule, after)
}

/// A report as it is shown: with the runs that are to come.
fn with_planned(stored: StoredReport, now: Timestamp) -> Result<Report> {
    let mut report = stored.report;
    if report.row.next_run.is_some() {
        report.planned = Calendar::of(&report.row.profile.time_zone)?.planned(report.row.profile.schedule, now)?;
    }
    Ok(report)
}
