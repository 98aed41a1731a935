//! All sections of the client on one page, and the bar that saves them.

use domain::{Catalogues, Client, Error, Step};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{
    changes::change_table,
    conflict::{Conflict, conflict_dialog},
    editing::{Editing, Saved},
};
use crate::{
    clients::client::{ClientTab, sections},
    error::UiError,
    forms::{FormSummary, Sending, Unsaved, replacing},
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Dialog, use_toasts},
};

const TERMINATED: &str = "This client was terminated while you were editing it. A terminated client can’t be changed, so nothing was saved.";

/// The sections, the bar, and the dialogs that a save may need.
#[component]
pub(super) fn Editor(client: Client, catalogues: Catalogues) -> impl IntoView {
    let address = paths::client_tab(client.id, ClientTab::Settings);
    let editing = Editing::new(client, catalogues);
    let form = editing.form;
    let (reviewing, conflict) = (RwSignal::new(false), Conflict::new());
    let unsaved = Unsaved::when(Signal::derive(move || editing.is_changed()));
    unsaved.warn();

    let (sending, toasts) = (Sending::new(), use_toasts());
    let navigate = use_navigate();
    let leave = Callback::new(move |()| {
        unsaved.saved();
        navigate(&paths::client_tab(editing.id, ClientTab::Settings), replacing());
    });
    let review = move || {
        if form.errors.pass() {
            reviewing.set(true);
        }
    };
    let refused = move |error: UiError| {
        reviewing.set(false);
        form.errors.refuse(error);
    };
    let save = move || {
        sending.run(editing.save(), move |answer| match answer {
            Ok(Saved::Done(client)) => {
                toasts.success(format!("{} was saved.", client.details.name));
                leave.run(());
            }
            Ok(Saved::ChangedMeanwhile(theirs)) if theirs.status.is_terminated() => refused(Error::forbidden(TERMINATED).into()),
            Ok(Saved::ChangedMeanwhile(theirs)) => {
                reviewing.set(false);
                conflict.ask(theirs);
            }
            Err(error) => refused(error),
        });
    };
    let unready = Signal::derive(move || {
        let unchanged = (!editing.is_changed()).then(|| "Nothing is changed yet.".to_owned());
        unchanged.or_else(|| form.uploads.pending())
    });
    let actions = move || {
        view! {
            <Button on_click=move || reviewing.set(false)>"Go back to editing"</Button>
            <Button variant=ButtonVariant::Primary busy=sending.busy() on_click=save>"Save"</Button>
        }
    };
    view! {
        <div class="editor">
            {sections::index(&sections::NAMES)}
            <div class="stack">
                <FormSummary errors=form.errors />
                {Step::ALL.iter().map(|step| sections::of_step(*step, form)).collect_view()}
                <div class="form-bar">
                    <div class="actions push">
                        <ButtonLink href=address>"Cancel"</ButtonLink>
                        <Button variant=ButtonVariant::Primary disabled_because=unready on_click=review>"Review changes"</Button>
                    </div>
                </div>
            </div>
        </div>
        <Dialog id="review" title="Review changes" open=reviewing wide=true actions>
            {move || reviewing.get().then(|| change_table("What will be saved", &editing.base.get(), &editing.result.get(), &form.catalogues.get()))}
        </Dialog>
        {conflict_dialog(conflict, editing, reviewing, leave)}
    }
}
