//! Somebody else saved the client meanwhile: a clear choice instead of an overwrite.

use domain::{Client, UserSummary, merge};
use leptos::prelude::*;

use super::{changes::change_table, editing::Editing};
use crate::ui::{Button, ButtonVariant, Dialog};

/// The client as somebody else saved it.
#[derive(Clone, Copy)]
pub(super) struct Conflict {
    theirs: RwSignal<Option<Client>>,
    open: RwSignal<bool>,
}

impl Conflict {
    /// None.
    pub(super) fn new() -> Self {
        Self { theirs: RwSignal::new(None), open: RwSignal::new(false) }
    }

    /// Asks what to do.
    pub(super) fn ask(self, theirs: Client) {
        self.theirs.set(Some(theirs));
        self.open.set(true);
    }
}

/// What they changed, what I changed, and the choice. `reviewing` opens the review of what would then be saved, `leave` leads to the client
/// as it is.
pub(super) fn conflict_dialog(conflict: Conflict, editing: Editing, reviewing: RwSignal<bool>, leave: Callback<()>) -> AnyView {
    let Conflict { theirs, open } = conflict;
    let apply = move || {
        if let Some(theirs) = theirs.get_untracked() {
            let merged = merge(&editing.base.get_untracked(), &editing.result.get_untracked(), &theirs.details);
            editing.rebase(&theirs, merged);
        }
        open.set(false);
        reviewing.set(true);
    };
    let discard = move || {
        open.set(false);
        leave.run(());
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Go back to editing"</Button>
            <Button on_click=discard>"Discard mine and see theirs"</Button>
            <Button variant=ButtonVariant::Primary on_click=apply>"Apply my changes to theirs"</Button>
        }
    };
    let content = move || {
        let theirs = theirs.get().filter(|_| open.get())?;
        let (base, catalogues) = (editing.base.get(), editing.form.catalogues.get());
        let who = theirs.updated_by.as_ref().map_or_else(|| "Somebody else".to_owned(), UserSummary::name);
        Some(view! {
            <p>{format!("{who} saved this client while you were editing it. If you apply your changes, yours win where you both changed the same field.")}</p>
            <h3>"What they changed"</h3>
            {change_table("What they changed", &base, &theirs.details, &catalogues)}
            <h3>"What you changed"</h3>
            {change_table("What you changed", &base, &editing.result.get(), &catalogues)}
        })
    };
    view! { <Dialog id="conflict" title="Somebody else saved this client" open wide=true actions>{content}</Dialog> }.into_any()
}
