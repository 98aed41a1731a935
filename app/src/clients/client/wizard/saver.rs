//! Saves the draft on the server while the user types.

use std::time::Duration;

use domain::{ClientDraft, DraftDetail, DraftId, Error, Step, merge};
use leptos::prelude::*;

use super::flushed;
use crate::{
    clients::client::{
        browser::pause,
        form::ClientForm,
        rpc::{create_draft, discard_draft, get_draft, save_draft},
    },
    error::UiError,
    paths,
    ui::Debounce,
};

/// The debounce after the last change.
const REST: Duration = Duration::from_millis(600);

/// The pause before a retry.
const RETRY: Duration = Duration::from_secs(4);

/// The save state of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SaveState {
    /// Everything is on the server.
    Saved,
    /// A save is scheduled or in flight.
    Pending,
    /// The save failed and is retried.
    Retrying,
    /// Another device changed the same fields: the user has to choose.
    Conflict,
    /// The draft is no more: finished or discarded elsewhere.
    Gone,
}

/// The two merged drafts, which differ only in the fields that both devices changed.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    theirs: DraftDetail,
    pub(super) with_theirs: ClientDraft,
    pub(super) with_mine: ClientDraft,
}

/// Watches the form and saves.
#[derive(Clone, Copy)]
pub(super) struct Saver {
    /// None until something is typed.
    id: RwSignal<Option<DraftId>>,
    form: ClientForm,
    step: Signal<Step>,
    version: StoredValue<i64>,
    /// What the server has.
    saved: StoredValue<(Step, ClientDraft)>,
    /// Versions up to this one were saved by this window when the page was last left, so they are no conflict.
    own_until: i64,
    timer: Debounce,
    in_flight: StoredValue<bool>,
    /// The last draft sent.
    sent: StoredValue<Option<(Step, ClientDraft)>>,
    /// No more saves: the draft is being finished or discarded.
    stopped: StoredValue<bool>,
    state: RwSignal<SaveState>,
    choice: RwSignal<Option<Choice>>,
    /// Told which draft has begun.
    on_begin: Callback<DraftId>,
}

impl Saver {
    /// Saves from now on whatever differs from the draft as it was read, and begins one with the first change if there is none.
    pub(super) fn watching(detail: Option<DraftDetail>, form: ClientForm, step: Signal<Step>, on_begin: Callback<DraftId>) -> Self {
        let (id, version, saved) = match detail {
            Some(detail) => (Some(detail.id), detail.version, (detail.step, detail.draft)),
            None => (None, 0, (Step::ClientDetails, ClientDraft::default())),
        };
        let left_at = id.as_ref().and_then(flushed::take);
        let saver = Self {
            own_until: left_at.map_or(0, |version| version + 1),
            id: RwSignal::new(id),
            form,
            step,
            version: StoredValue::new(version),
            saved: StoredValue::new(saved),
            timer: Debounce::new(),
            in_flight: StoredValue::new(false),
            sent: StoredValue::new(None),
            stopped: StoredValue::new(false),
            state: RwSignal::new(SaveState::Saved),
            choice: RwSignal::new(None),
            on_begin,
        };
        Effect::new(move |_| {
            saver.form.draft.track();
            saver.step.track();
            if saver.is_behind() {
                if saver.state.get_untracked() != SaveState::Conflict {
                    saver.state.set(SaveState::Pending);
                }
                // A page that is closed can't wait for a draft to begin.
                saver.save_in(if saver.id.with_untracked(Option::is_none) { Duration::ZERO } else { REST });
            }
        });
        // A hidden window can be closed without another event.
        Effect::new(move |_| {
            let leaving = ["beforeunload", "pagehide"].map(|event| window_event_listener_untyped(event, move |_| saver.flush()));
            let hidden = window_event_listener_untyped("visibilitychange", move |_| {
                if document().hidden() {
                    saver.flush();
                }
            });
            on_cleanup(move || leaving.into_iter().chain([hidden]).for_each(|listener| listener.remove()));
        });
        // This page can have loaded before the previous page's save arrived.
        Effect::new(move |_| {
            if saver.version() < saver.own_until {
                leptos::task::spawn_local(async move { _ = saver.merge_theirs().await });
            }
        });
        saver
    }

    /// The save state.
    pub(super) fn state(self) -> Signal<SaveState> {
        self.state.into()
    }

    /// The choice to make if two devices changed the same field.
    pub(super) fn choice(self) -> Signal<Option<Choice>> {
        self.choice.into()
    }

    /// Whether there is a draft already.
    pub(super) fn has_begun(self) -> bool {
        self.id.with(Option::is_some)
    }

    /// The address of a tab, once there is a draft.
    pub(super) fn address_of(self, step: Step) -> Option<String> {
        self.id.with(|id| id.as_ref().map(|id| paths::client_draft(id, step)))
    }

    /// Which draft, and which state of it the server has. Begins one if there is none.
    ///
    /// # Errors
    /// When none can begin.
    pub(super) async fn draft(self) -> Result<(DraftId, i64), UiError> {
        if let Some(id) = self.id.try_get_untracked().flatten() {
            return Ok((id, self.version()));
        }
        let DraftDetail { id, version, .. } = create_draft().await?;
        // The signals are gone if the page was left meanwhile.
        if self.id.try_set(Some(id.clone())).is_none() {
            self.version.set_value(version);
            self.on_begin.run(id.clone());
        }
        Ok((id, version))
    }

    /// Deletes the draft, if there is one.
    ///
    /// # Errors
    /// When the server refuses.
    pub(super) async fn discard(self) -> Result<(), UiError> {
        match self.id.get_untracked() {
            Some(id) => discard_draft(id).await,
            None => Ok(()),
        }
    }

    fn version(self) -> i64 {
        self.version.get_value()
    }

    /// Saves without waiting for more.
    pub(super) fn save_now(self) {
        if self.stopped.try_get_value() == Some(false) && self.is_behind() {
            self.timer.cancel();
            leptos::task::spawn_local(self.save());
        }
    }

    /// Saves no more, and waits for what is on its way.
    pub(super) async fn stop(self) {
        self.stopped.set_value(true);
        self.timer.cancel();
        while self.in_flight.try_get_value() == Some(true) {
            pause(Duration::from_millis(30)).await;
        }
    }

    /// Goes on after [`Self::stop`].
    pub(super) fn resume(self) {
        self.stopped.set_value(false);
        self.save_now();
    }

    /// Merges this form into what another device saved, field by field. Where both changed the same field, the user chooses.
    ///
    /// # Errors
    /// When the draft can't be read.
    pub(super) async fn merge_theirs(self) -> Result<(), UiError> {
        let Some(id) = self.id.try_get_untracked().flatten() else { return Ok(()) };
        let theirs = get_draft(id).await?;
        let Some(mine) = self.form.draft.try_get_untracked() else { return Ok(()) };
        let (with_mine, with_theirs) = self.saved.with_value(|(_, base)| (merge(base, &mine, &theirs.draft), merge(base, &theirs.draft, &mine)));
        if with_mine == with_theirs || theirs.version <= self.own_until {
            self.go_on_from(theirs, with_mine);
        } else {
            self.choice.set(Some(Choice { theirs, with_theirs, with_mine }));
            self.state.set(SaveState::Conflict);
        }
        Ok(())
    }

    /// Resolves a conflict with the user's choice.
    pub(super) fn settle(self, keep_mine: bool) {
        if let Some(Choice { theirs, with_theirs, with_mine }) = self.choice.try_update(Option::take).flatten() {
            self.go_on_from(theirs, if keep_mine { with_mine } else { with_theirs });
        }
    }

    fn go_on_from(self, theirs: DraftDetail, merged: ClientDraft) {
        self.version.set_value(theirs.version);
        self.saved.set_value((theirs.step, theirs.draft));
        self.form.replace(merged);
        self.state.set(if self.is_behind() { SaveState::Pending } else { SaveState::Saved });
        self.save_now();
    }

    fn is_behind(self) -> bool {
        let Some(draft) = self.form.draft.try_get_untracked() else { return false };
        let step = self.step.get_untracked();
        self.saved.with_value(|(saved_step, saved)| *saved_step != step || *saved != draft)
    }

    fn save_in(self, delay: Duration) {
        self.timer.call_in(delay, move || self.save_now());
    }

    /// Saves while the page is being left. If another save is in flight, this one is sent on top of the version that it will make.
    fn flush(self) {
        let Some(id) = self.id.try_get_untracked().flatten() else { return };
        let is_pending = self.stopped.try_get_value() == Some(false) && self.state.get_untracked() == SaveState::Pending;
        if !is_pending || crate::people::session::is_over() {
            return;
        }
        let current = self.current();
        let is_sent = self.sent.with_value(|sent| sent.as_ref() == Some(&current));
        let behind_another = self.in_flight.get_value() && !is_sent;
        let version = self.version() + i64::from(behind_another);
        flushed::set(&id, version);
        if behind_another {
            self.sent.set_value(Some(current.clone()));
            let (step, draft) = current;
            leptos::task::spawn_local(async move { _ = save_draft(id, version, step, draft).await });
        } else {
            self.save_now();
        }
    }

    fn current(self) -> (Step, ClientDraft) {
        (self.step.get_untracked(), self.form.draft.get_untracked())
    }

    /// Saves; one at a time, because the next save needs the version that this one returns.
    async fn save(self) {
        if self.in_flight.get_value() {
            return;
        }
        if self.state.get_untracked() == SaveState::Conflict {
            // The user closed the conflict dialog without choosing.
            _ = self.merge_theirs().await;
            return;
        }
        self.in_flight.set_value(true);
        let (step, draft) = self.current();
        self.sent.set_value(Some((step, draft.clone())));
        let answer = match self.draft().await {
            Ok((id, version)) => save_draft(id, version, step, draft.clone()).await,
            Err(error) => Err(error),
        };
        // The signals are gone if the page was left meanwhile.
        if self.in_flight.try_set_value(false).is_some() {
            return;
        }
        match answer {
            Ok(detail) => {
                self.version.set_value(detail.version);
                self.saved.set_value((step, draft));
                let behind = self.is_behind();
                self.state.set(if behind { SaveState::Pending } else { SaveState::Saved });
                if behind && !self.stopped.get_value() {
                    self.save_in(REST);
                }
            }
            // No draft could begin: the next change tries again.
            Err(error @ UiError::Refused(_)) if !self.id.with_untracked(Option::is_some) => {
                self.state.set(SaveState::Retrying);
                self.form.errors.refuse(error);
            }
            Err(UiError::Refused(Error::Conflict { .. })) => {
                if self.merge_theirs().await.is_err() {
                    self.retry();
                }
            }
            Err(UiError::Refused(Error::NotFound)) => self.state.set(SaveState::Gone),
            Err(_) => self.retry(),
        }
    }

    fn retry(self) {
        _ = self.state.try_set(SaveState::Retrying);
        self.save_in(RETRY);
    }
}
