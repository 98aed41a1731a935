//! Follows jobs while they run, on whatever page one is, by server-sent events. The server ends each answer after some seconds and the browser asks again by
//! itself, so a proxy that holds an answer back only makes the news come later.

use domain::{Erasure, Job, JobId, JobState, counted, grouped};
use leptos::prelude::*;

use crate::ui::{Toasts, use_toasts};

/// The jobs that the page follows, as the server last told of them.
#[derive(Clone, Copy)]
pub(crate) struct Jobs {
    latest: RwSignal<Vec<Job>>,
    /// Unfinished jobs that a page shows and the server hasn't reported on yet.
    shown: StoredValue<Vec<JobId>>,
    /// Counts what asks the server to look again.
    asked: RwSignal<u64>,
    /// How many of them ended while the page followed them.
    ended: RwSignal<u64>,
    /// Those that ended together with many others, of which nobody was told yet.
    untold: StoredValue<Vec<Job>>,
    toasts: Toasts,
}

/// From how many jobs at a time on they are told of together.
const MANY: usize = 3;

/// The jobs of the page.
pub(crate) fn use_jobs() -> Jobs {
    expect_context()
}

impl Jobs {
    /// Makes [`use_jobs`] work below, and looks for jobs that run already.
    pub(crate) fn provide() {
        let (latest, shown) = (RwSignal::default(), StoredValue::default());
        let jobs =
            Self { latest, shown, asked: RwSignal::default(), ended: RwSignal::default(), untold: StoredValue::default(), toasts: use_toasts() };
        provide_context(jobs);
        // What listens is the value of the effect, so the next one takes its place.
        Effect::new(move |_: Option<_>| {
            jobs.asked.track();
            #[cfg(feature = "hydrate")]
            events::listen(jobs)
        });
    }

    /// Looks for jobs that began just now.
    pub(crate) fn listen(self) {
        self.asked.update(|asked| *asked += 1);
    }

    /// Follows a job that a page shows as not over. It may be by the time that the page is there.
    pub(crate) fn follow(self, job: JobId) {
        self.shown.update_value(|shown| shown.push(job));
        self.listen();
    }

    /// A job as the page last heard of it.
    pub(crate) fn latest(self, job: Job) -> Signal<Job> {
        if !job.state.is_over() {
            self.follow(job.id);
        }
        Signal::derive(move || self.find(job.id).unwrap_or_else(|| job.clone()))
    }

    /// How much of a client is erased, by the job that erases it.
    pub(crate) fn erased(self, erasure: Erasure) -> Signal<Option<u8>> {
        self.follow(erasure.job);
        Signal::derive(move || self.find(erasure.job).map_or(erasure.percent, |job| job.progress.percent()))
    }

    /// How many jobs ended since the page is open; for pages that show what came of them.
    pub(crate) fn ended(self) -> u64 {
        self.ended.get()
    }

    /// A job as the page last heard of it, if it did.
    pub(crate) fn find(self, id: JobId) -> Option<Job> {
        self.latest.with(|jobs| jobs.iter().find(|job| job.id == id).cloned())
    }

    /// The jobs of which the page knows only that they weren't over.
    fn waiting(self) -> Vec<JobId> {
        let told = self.latest.with_untracked(|jobs| jobs.iter().filter(|job| !job.state.is_over()).map(|job| job.id).collect::<Vec<_>>());
        self.shown.get_value().into_iter().chain(told).collect()
    }

    /// Takes over what the server says, and tells those who asked for a job what came of it. False if no news can come.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser listens"))]
    fn update(self, jobs: Vec<Job>) -> bool {
        let waiting = self.waiting();
        let (is_waited_for, goes_on) = (|job: &&Job| waiting.contains(&job.id), jobs.iter().any(|job| !job.state.is_over()));
        let ended: Vec<Job> = jobs.iter().filter(|job| job.state.is_over()).filter(is_waited_for).cloned().collect();
        let own_going_on = jobs.iter().filter(|job| job.is_own && !job.state.is_over()).count();
        self.shown.set_value(Vec::new());
        self.latest.set(jobs);
        if !ended.is_empty() {
            self.ended.update(|count| *count += ended.len() as u64);
            self.tell(ended.into_iter().filter(|job| job.is_own).collect(), own_going_on);
        }
        goes_on
    }

    /// Tells what came of jobs. Of many at a time the last tells what came of all, because nobody reads a message for each.
    fn tell(self, ended: Vec<Job>, going_on: usize) {
        self.untold.update_value(|untold| untold.extend(ended));
        if self.untold.with_value(Vec::len) + going_on <= MANY {
            for job in self.untold.try_update_value(std::mem::take).unwrap_or_default() {
                let text = format!("{} of {}: {}", job.kind.label(), job.subject, job.outcome);
                if job.state == JobState::Failed { self.toasts.error(text) } else { self.toasts.success(text) }
            }
        } else if going_on == 0 {
            let jobs = self.untold.try_update_value(std::mem::take).unwrap_or_default();
            let failed = jobs.iter().filter(|job| job.state == JobState::Failed).count() as u64;
            let done = counted(jobs.len() as u64, "job", "jobs");
            if failed == 0 {
                self.toasts.success(format!("{done} finished."))
            } else {
                self.toasts.error(format!("{} of {done} failed.", grouped(failed)))
            }
        }
    }
}

#[cfg(feature = "hydrate")]
mod events {
    use web_sys::MessageEvent;

    use super::Jobs;
    use crate::{paths, transport::Listener};

    pub(super) fn listen(jobs: Jobs) -> Option<Listener> {
        let on_message = move |event: MessageEvent| {
            let told = event.data().as_string().and_then(|text| serde_json::from_slice(text.as_bytes()).ok());
            told.is_none_or(|told| jobs.update(told))
        };
        let on_closed = move || {
            if !jobs.waiting().is_empty() {
                jobs.listen();
            }
        };
        Listener::open(&paths::job_events(&jobs.waiting()), on_message, on_closed)
    }
}
