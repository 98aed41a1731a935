//! Keeps on the server what is typed, while it is typed.

use std::time::Duration;

use domain::{ClientDraft, DraftDetail, DraftId, Error, Step};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::super::{
    browser::pause,
    form::ClientForm,
    rpc::{get_draft, save_draft},
};
use crate::error::UiError;

/// After the last key.
const REST: Duration = Duration::from_millis(600);

/// Between two tries.
const RETRY: Duration = Duration::from_secs(4);

/// How a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Everything is on the server.
    Yes,
    /// Soon.
    Soon,
    /// Not yet: the server can't be reached, and is tried again.
    Retrying,
    /// Not until somebody signs in again, in another window.
    SignedOut,
    /// Another device saved meanwhile.
    Elsewhere,
    /// The draft is no more: finished or discarded elsewhere.
    Gone,
}

/// Watches the form and saves.
#[derive(Clone, Copy)]
pub(super) struct Saver {
    id: StoredValue<DraftId>,
    form: ClientForm,
    step: Signal<Step>,
    version: StoredValue<i64>,
    /// What the server has.
    saved: StoredValue<(Step, ClientDraft)>,
    timer: StoredValue<Option<TimeoutHandle>>,
    in_flight: StoredValue<bool>,
    /// No more saves: the draft is being finished or discarded.
    stopped: StoredValue<bool>,
    kept: RwSignal<Kept>,
}

impl Saver {
    /// Saves from now on whatever differs from the draft as it was read.
    pub(super) fn watching(detail: DraftDetail, form: ClientForm, step: Signal<Step>) -> Self {
        let saver = Self {
            id: StoredValue::new(detail.id),
            form,
            step,
            version: StoredValue::new(detail.version),
            saved: StoredValue::new((detail.step, detail.draft)),
            timer: StoredValue::new(None),
            in_flight: StoredValue::new(false),
            stopped: StoredValue::new(false),
            kept: RwSignal::new(Kept::Yes),
        };
        Effect::new(move |_| {
            saver.form.draft.track();
            saver.step.track();
            if saver.is_behind() {
                saver.kept.set(Kept::Soon);
                saver.save_in(REST);
            }
        });
        // A window that is hidden may never be seen again.
        Effect::new(move |_| {
            let hidden = window_event_listener_untyped("visibilitychange", move |_| saver.save_now());
            on_cleanup(move || hidden.remove());
        });
        on_cleanup(move || saver.stop_timer());
        saver
    }

    /// How the draft stands.
    pub(super) fn kept(self) -> Signal<Kept> {
        self.kept.into()
    }

    /// Which draft.
    pub(super) fn id(self) -> DraftId {
        self.id.get_value()
    }

    /// Which state of it the server has.
    pub(super) fn version(self) -> i64 {
        self.version.get_value()
    }

    /// Saves without waiting for more.
    pub(super) fn save_now(self) {
        if self.stopped.try_get_value() == Some(false) && self.is_behind() {
            self.stop_timer();
            leptos::task::spawn_local(self.save());
        }
    }

    /// Saves no more, and waits for what is on its way.
    pub(super) async fn stop(self) {
        self.stopped.set_value(true);
        self.stop_timer();
        while self.in_flight.try_get_value() == Some(true) {
            pause(Duration::from_millis(30)).await;
        }
    }

    /// Goes on after [`Self::stop`].
    pub(super) fn resume(self) {
        self.stopped.set_value(false);
        self.save_now();
    }

    /// Somebody else saved.
    pub(super) fn conflict(self) {
        self.kept.set(Kept::Elsewhere);
    }

    /// Takes over what another device saved, or types this over it.
    pub(super) async fn settle(self, keep_mine: bool) -> Result<(), UiError> {
        let theirs = get_draft(self.id()).await?;
        self.version.set_value(theirs.version);
        self.saved.set_value((theirs.step, theirs.draft.clone()));
        self.kept.set(Kept::Yes);
        if !keep_mine {
            self.form.replace(theirs.draft);
        }
        self.resume();
        Ok(())
    }

    fn is_behind(self) -> bool {
        let Some(draft) = self.form.draft.try_get_untracked() else { return false };
        let step = self.step.get_untracked();
        self.saved.with_value(|(saved_step, saved)| *saved_step != step || *saved != draft)
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    fn save_in(self, delay: Duration) {
        self.stop_timer();
        self.timer.set_value(set_timeout_with_handle(move || self.save_now(), delay).ok());
    }

    /// One save at a time: the next one needs the version that this one brings.
    async fn save(self) {
        if self.in_flight.get_value() || self.kept.get_untracked() == Kept::Elsewhere {
            return;
        }
        self.in_flight.set_value(true);
        let (step, draft) = (self.step.get_untracked(), self.form.draft.get_untracked());
        let answer = save_draft(self.id(), self.version(), step, draft.clone()).await;
        // The page may have been left meanwhile.
        if self.in_flight.try_set_value(false).is_some() {
            return;
        }
        match answer {
            Ok(detail) => {
                self.version.set_value(detail.version);
                self.saved.set_value((step, draft));
                let behind = self.is_behind();
                self.kept.set(if behind { Kept::Soon } else { Kept::Yes });
                if behind && !self.stopped.get_value() {
                    self.save_in(REST);
                }
            }
            Err(UiError::Refused(Error::Conflict { .. })) => self.conflict(),
            Err(UiError::Refused(Error::NotFound)) => self.kept.set(Kept::Gone),
            Err(error) => {
                self.kept.set(if error.is_signed_out() { Kept::SignedOut } else { Kept::Retrying });
                self.save_in(RETRY);
            }
        }
    }
}
