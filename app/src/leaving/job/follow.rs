//! Follows jobs while they run, on whatever page one is, by server-sent events. The server ends each answer after some seconds and the browser asks again by
//! itself, so a proxy that holds an answer back only makes the news come later.

use domain::{ClientId, Job, JobId, JobKind, JobState};
use leptos::prelude::*;

use crate::ui::{Toasts, use_toasts};

/// The jobs that the page follows, as the server last told of them.
#[derive(Clone, Copy)]
pub(crate) struct Jobs {
    latest: RwSignal<Vec<Job>>,
    /// How many of them ended while the page followed them.
    ended: RwSignal<u64>,
    toasts: Toasts,
    /// Counts the requests to listen: an older one gives way to a newer.
    listening: StoredValue<u64>,
}

/// The jobs of the page.
pub(crate) fn use_jobs() -> Jobs {
    expect_context()
}

impl Jobs {
    /// Makes [`use_jobs`] work below, and looks for jobs that run already.
    pub(crate) fn provide() {
        let jobs = Self { latest: RwSignal::default(), ended: RwSignal::default(), toasts: use_toasts(), listening: StoredValue::default() };
        provide_context(jobs);
        Effect::new(move |_| jobs.listen());
    }

    /// Looks for jobs that began just now.
    pub(crate) fn listen(self) {
        let turn = self.listening.get_value() + 1;
        self.listening.set_value(turn);
        #[cfg(feature = "hydrate")]
        events::listen(self, turn);
    }

    /// A job as the page last heard of it.
    pub(crate) fn latest(self, job: Job) -> Signal<Job> {
        Signal::derive(move || self.find(|other| other.id == job.id).unwrap_or_else(|| job.clone()))
    }

    /// Per cent of a client that are erased.
    pub(crate) fn erased(self, client: ClientId) -> Option<u8> {
        self.find(|job| job.kind == JobKind::Termination && job.client == Some(client)).and_then(|job| job.progress.percent())
    }

    /// How many jobs ended since the page is open; for pages that show what came of them.
    pub(crate) fn ended(self) -> u64 {
        self.ended.get()
    }

    fn find(self, fits: impl Fn(&Job) -> bool) -> Option<Job> {
        self.latest.with(|jobs| jobs.iter().find(|job| fits(job)).cloned())
    }

    /// The ids of the jobs that were not over.
    fn running(self) -> Vec<JobId> {
        self.latest.with_untracked(|jobs| jobs.iter().filter(|job| !job.state.is_over()).map(|job| job.id).collect())
    }

    /// Takes over what the server says, and tells those who asked for a job what came of it.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser listens"))]
    fn update(self, jobs: Vec<Job>) {
        let running = self.running();
        for job in jobs.iter().filter(|job| job.state.is_over() && running.contains(&job.id)) {
            self.ended.update(|ended| *ended += 1);
            if job.is_own {
                let text = format!("{} of {}: {}", job.kind.label(), job.subject, job.outcome);
                if job.state == JobState::Failed { self.toasts.error(text) } else { self.toasts.success(text) }
            }
        }
        self.latest.set(jobs);
    }
}

#[cfg(feature = "hydrate")]
mod events {
    use std::time::Duration;

    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{EventSource, MessageEvent};

    use super::Jobs;
    use crate::paths;

    /// How long to wait after an answer that the browser doesn't ask for again.
    const AGAIN: Duration = Duration::from_secs(10);

    pub(super) fn listen(jobs: Jobs, turn: u64) {
        let Ok(source) = EventSource::new(&paths::job_events(&jobs.running())) else { return };
        let is_current = move || jobs.listening.try_get_value() == Some(turn);
        let stop = source.clone();
        let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if !is_current() {
                return stop.close();
            }
            let told = event.data().as_string().and_then(|text| serde_json::from_slice(text.as_bytes()).ok());
            if let Some(told) = told {
                jobs.update(told);
            }
            if jobs.running().is_empty() {
                stop.close();
            }
        });
        let broken = source.clone();
        let error = Closure::<dyn Fn()>::new(move || {
            // Otherwise the browser asks again by itself.
            if broken.ready_state() == EventSource::CLOSED && is_current() && !jobs.running().is_empty() {
                set_timeout(
                    move || {
                        if is_current() {
                            jobs.listen()
                        }
                    },
                    AGAIN,
                );
            }
        });
        source.set_onmessage(Some(message.as_ref().unchecked_ref()));
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        // They live as long as the page.
        message.forget();
        error.forget();
    }
}
