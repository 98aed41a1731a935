//! Does jobs, step by step.
//!
//! A server takes a job by writing its own key and the end of a lease into it. Every step is a transaction that first finds this key still there, so of two
//! servers that believe to have a job only one commits. One that dies loses its lease with time, and another goes on after the last committed step.

use std::time::Duration;

use domain::{ClientId, Error, JobId, JobKind, JobProgress, JobState, PartnerId, UserId};
use tokio::{sync::watch, time};

use crate::{Fault, Result, Services, kernel::Tx, people::account};

/// How long a server has a job without a word of it.
const LEASE_SECONDS: i64 = 30;

/// How often the lease is renewed during a step that is long.
const RENEWS_EVERY: Duration = Duration::from_secs(10);

/// How long a step waits for what is in its way.
const LATER_SECONDS: i64 = 30;

/// How long a step waits for somebody who answers soon.
const SOON_SECONDS: i64 = 5;

/// How often a server looks for a job.
const LOOKS_EVERY: Duration = Duration::from_millis(500);

/// How often a server looks for a schedule that is due.
const SCHEDULES_EVERY: Duration = Duration::from_secs(10);

/// So many times in a row a step is tried before its job fails.
const ATTEMPTS: i64 = 5;

/// So many servers in a row may die of a step before its job fails, so that what kills one doesn't kill all of them for ever.
const DEATHS: i64 = 10;

/// How many jobs a server does at a time, so that a short one needn't wait for a long one.
const AT_A_TIME: usize = 2;

/// A job that this server works on.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub(crate) id: JobId,
    pub(crate) partner: PartnerId,
    pub(crate) owner: UserId,
    pub(crate) kind: JobKind,
    pub(crate) client: Option<ClientId>,
    /// What was asked for, as the kind's JSON.
    pub(crate) input: String,
    /// Where the next step goes on, as the kind's JSON; empty at first.
    pub(crate) cursor: String,
    pub(crate) progress: JobProgress,
    /// How often the present step failed.
    pub(super) attempts: i64,
    /// How many servers in a row have died of it.
    pub(super) deaths: i64,
    /// This server's key to it.
    pub(super) lease: String,
}

/// What comes after a step.
#[derive(Debug)]
pub(crate) enum Next {
    /// Another step.
    Continue,
    /// The same step, some time later: something else is in its way.
    Later,
    /// The same step, a few seconds later: it waits for somebody who answers soon.
    Soon,
    /// Nothing: this came of it, in a sentence.
    Ended(String),
}

impl Services {
    /// Works on jobs until told to stop; then the steps that are running end, and other servers can go on at once.
    pub async fn jobs_serve(&self, stopping: watch::Receiver<bool>) {
        let workers = (0..AT_A_TIME).map(|_| self.job_worker(stopping.clone()));
        futures::future::join(futures::future::join_all(workers), self.schedules_serve(stopping.clone())).await;
    }

    /// Asks for the jobs that schedules want, until told to stop.
    async fn schedules_serve(&self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            if let Err(fault) = self.reports_due().await {
                tracing::warn!(cause = %fault, "schedules can't be read");
            }
            if let Err(fault) = self.aws_checks_due().await {
                tracing::warn!(cause = %fault, "AWS accounts that are due can't be checked");
            }
            if let Err(fault) = self.audit_pruning_due().await {
                tracing::warn!(cause = %fault, "old audit records can't be deleted");
            }
            tokio::select! {
                _ = stopping.changed() => {}
                () = time::sleep(SCHEDULES_EVERY) => {}
            }
        }
    }

    async fn job_worker(&self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            match self.job_work(|| !*stopping.borrow()).await {
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(fault) => tracing::warn!(cause = %fault, "jobs can't be worked on"),
            }
            tokio::select! {
                _ = stopping.changed() => {}
                () = time::sleep(LOOKS_EVERY) => {}
            }
        }
    }

    /// Does at most so many steps of the jobs that wait, then stops as if the server had died, its leases still running. Returns how many steps were done.
    ///
    /// # Errors
    /// Only failures.
    pub async fn jobs_run(&self, most: usize) -> Result<usize> {
        let mut left = most;
        while left > 0 {
            let mut goes_on = || {
                let more = left > 0;
                left = left.saturating_sub(1);
                more
            };
            if self.job_take_steps(&mut goes_on).await?.is_none() {
                break;
            }
        }
        Ok(most - left)
    }

    /// Takes a job, if one waits, and does its steps until it is over or `goes_on` says no; then the next server can have it.
    async fn job_work(&self, mut goes_on: impl FnMut() -> bool) -> Result<Option<JobId>> {
        let Some(work) = self.job_take_steps(&mut goes_on).await? else { return Ok(None) };
        self.store.job_release(&work).await?;
        Ok(Some(work.id))
    }

    async fn job_take_steps(&self, goes_on: &mut impl FnMut() -> bool) -> Result<Option<Work>> {
        let now = self.clock.now();
        if !self.store.job_waits(now).await? {
            return Ok(None);
        }
        let Some(mut work) = self.store.job_take(&self.ids.uuid(), now, now.plus_seconds(LEASE_SECONDS)).await? else { return Ok(None) };
        while goes_on() && self.job_goes_on(&mut work).await? {}
        Ok(Some(work))
    }

    /// Does one step; false if there is no other to do now.
    async fn job_goes_on(&self, work: &mut Work) -> Result<bool> {
        if work.deaths >= DEATHS && !work.kind.outlives_owner() {
            self.job_end(work, JobState::Failed, "The servers that worked on it stopped each time.").await?;
            return Ok(false);
        }
        if self.store.job_is_cancelling(work).await? {
            self.job_end(work, JobState::Cancelled, "It was cancelled.").await?;
            return Ok(false);
        }
        match self.job_step(work).await {
            Ok(next) => {
                work.attempts = 0;
                match next {
                    Next::Continue => return Ok(true),
                    Next::Later => self.store.job_retry(work, 0, self.clock.now().plus_seconds(LATER_SECONDS)).await?,
                    Next::Soon => self.store.job_retry(work, 0, self.clock.now().plus_seconds(SOON_SECONDS)).await?,
                    Next::Ended(_) => self.job_clear(work).await?,
                }
                Ok(false)
            }
            Err(fault) => self.job_failed(work, fault).await.map(|()| false),
        }
    }

    async fn job_step(&self, work: &mut Work) -> Result<Next> {
        match work.kind {
            JobKind::Termination => self.termination_step(work).await,
            JobKind::Backup => self.backup_step(work).await,
            JobKind::Import => self.client_import_step(work).await,
            JobKind::Restore => self.restore_step(work).await,
            JobKind::Report => self.report_step(work).await,
            JobKind::AwsRefresh => self.aws_refresh_step(work).await,
            JobKind::AwsOnboarding => self.aws_onboarding_step(work).await,
            JobKind::AwsCheck => self.aws_check_step(work).await,
            JobKind::AwsDelinking => self.aws_delinking_step(work).await,
            JobKind::AuditExport => self.audit_export_step(work).await,
            JobKind::AuditPruning => self.audit_pruning_step(work).await,
        }
    }

    /// Removes what a job that is over needs no more.
    async fn job_clear(&self, work: &Work) -> Result<()> {
        match work.kind {
            // The parts of a run that was cancelled stay until its time is over, so that it can go on where it stopped.
            JobKind::Termination | JobKind::Restore | JobKind::Report | JobKind::AuditExport | JobKind::AuditPruning => Ok(()),
            JobKind::Backup => self.backup_clear(work).await,
            JobKind::Import => self.client_import_clear(work.partner).await,
            JobKind::AwsRefresh | JobKind::AwsOnboarding | JobKind::AwsCheck | JobKind::AwsDelinking => self.aws_clear(work).await,
        }
    }

    /// A refusal ends a job at once. Anything else can pass: the step is tried again, later each time.
    async fn job_failed(&self, work: &Work, fault: Fault) -> Result<()> {
        let attempts = work.attempts + 1;
        if matches!(fault, Fault::Refused(_)) || attempts >= ATTEMPTS {
            let is_for_lack_of_rights = matches!(fault, Fault::Refused(Error::Forbidden { .. }));
            let outcome = Error::from(fault).sentences();
            if self.store.job_end(work, JobState::Failed, &outcome, self.clock.now()).await? && is_for_lack_of_rights {
                self.job_owner_mail(work, &outcome).await;
            }
            return self.job_clear(work).await;
        }
        tracing::warn!(cause = %fault, job = %work.id, attempts, "a step of a job failed and will be tried again");
        let retry_at = self.clock.now().plus_seconds(1 << attempts);
        self.store.job_retry(work, attempts, retry_at).await
    }

    async fn job_end(&self, work: &Work, state: JobState, outcome: &str) -> Result<()> {
        self.store.job_end(work, state, outcome, self.clock.now()).await?;
        self.job_clear(work).await
    }

    /// A writing transaction for a step. Its caller is the job's owner with the rights of this moment; kinds that outlive their owner have none.
    ///
    /// # Errors
    /// `Failed` if another server has the job; `Forbidden` if the owner can't act any more.
    pub(crate) async fn job_begin(&self, work: &Work) -> Result<Tx> {
        let mut tx = self.system("a step of a job", work.partner).await?;
        let until = tx.now.plus_seconds(LEASE_SECONDS);
        if !tx.job_hold(work, until).await? {
            return Err(Fault::Failed(format!("another server has {}", work.id)));
        }
        self.work_through(&mut tx, work.id);
        if !work.kind.outlives_owner() {
            let owner = account::acting(&mut tx, work.owner).await?.ok_or_else(owner_is_gone)?;
            self.act_as_owner(&mut tx, owner);
        }
        Ok(tx)
    }

    /// Does something long outside any transaction, and keeps the job meanwhile.
    pub(crate) async fn job_while_held<T>(&self, work: &Work, long: impl Future<Output = T>) -> T {
        let renewing = async {
            loop {
                time::sleep(RENEWS_EVERY).await;
                if let Err(fault) = self.store.job_renew(work, self.clock.now().plus_seconds(LEASE_SECONDS)).await {
                    tracing::warn!(cause = %fault, job = %work.id, "the lease of a job can't be renewed");
                }
            }
        };
        tokio::select! {
            done = long => done,
            () = renewing => unreachable!("it is renewed for ever"),
        }
    }

    /// Commits a step with where the next one goes on, or with the end of the job.
    pub(crate) async fn job_save(&self, mut tx: Tx, work: &Work, next: &Next) -> Result<()> {
        tx.job_save(work).await?;
        if let Next::Ended(outcome) = next {
            tx.job_succeed(work, outcome).await?;
        }
        tx.commit().await
    }
}

pub(crate) fn owner_is_gone() -> Error {
    Error::forbidden("The person or API key that started this no longer has access. Start it again yourself.")
}
