//! The client being changed, and from which state on.

use domain::{Catalogues, Client, ClientDraft, ClientId, ClientProfile, Draft};
use leptos::prelude::*;

use crate::{
    caller::use_caller,
    clients::client::{
        form::ClientForm,
        rpc::{get_client, update_client},
    },
    error::UiError,
};

/// The result of a save.
pub(super) enum Saved {
    /// Saved: the new state.
    Done(Client),
    /// The client as it is stored, after a save failed because another user had changed it.
    ChangedMeanwhile(Client),
}

/// What is being changed, and from which state on.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// Which client.
    pub(super) id: ClientId,
    /// What is typed.
    pub(super) form: ClientForm,
    /// The client as it was read.
    pub(super) base: RwSignal<ClientDraft>,
    version: StoredValue<i64>,
    /// What would be saved: the draft in its normal form, where it has one.
    pub(super) result: Memo<ClientDraft>,
}

impl Editing {
    /// Begins with a client as it was read.
    pub(super) fn new(client: Client, catalogues: Catalogues) -> Self {
        let form = ClientForm::new(client.details.clone(), catalogues, &use_caller());
        let result = Memo::new(move |_| {
            let draft = form.draft.get();
            draft.clone().check(()).map_or(draft, ClientProfile::into_draft)
        });
        Self { id: client.id, form, base: RwSignal::new(client.details), version: StoredValue::new(client.version), result }
    }

    /// Whether a save would change anything.
    pub(super) fn is_changed(self) -> bool {
        self.base.with(|base| self.result.with(|result| base != result))
    }

    /// Saves the form, unless somebody else changed the client's details meanwhile or the client was terminated.
    pub(super) async fn save(self) -> Result<Saved, UiError> {
        let draft = self.form.draft.get_untracked();
        loop {
            match update_client(self.id, self.version.get_value(), draft.clone()).await {
                Ok(client) => return Ok(Saved::Done(client)),
                Err(error) if error.is_conflict() => {
                    let theirs = get_client(self.id).await?;
                    let only_its_state = self.base.with_untracked(|base| *base == theirs.details) && theirs.version > self.version.get_value();
                    if theirs.status.is_terminated() || !only_its_state {
                        return Ok(Saved::ChangedMeanwhile(theirs));
                    }
                    // Suspending or activating changes no details, so the save is retried on the new version.
                    self.version.set_value(theirs.version);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Goes on from another state of the client.
    pub(super) fn rebase(self, theirs: &Client, draft: ClientDraft) {
        self.version.set_value(theirs.version);
        self.base.set(theirs.details.clone());
        self.form.replace(draft);
    }
}
