//! One client to change: all sections on one page, a look at what changed before it is saved, and a choice when somebody else was faster.

pub(in crate::clients::client) mod changes;
mod conflict;

use domain::{Catalogues, Client, ClientDraft, ClientId, ClientProfile, ClientQuery, ClientStatus, Error, Permission, Step};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    NeedsScript,
    detail::{client_of_address, no_client},
    form::ClientForm,
    rpc::{get_client, update_client},
    sections,
};
use crate::{
    caller::use_caller,
    clients::catalogue::rpc::list_catalogues,
    error::UiError,
    forms::{FormSummary, Sending, Unsaved},
    json::ask,
    loading::Loaded,
    paths,
    thing::may_not,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Dialog, Page, use_toasts},
};
use changes::change_table;
use conflict::{Conflict, conflict_dialog};

/// The page.
#[component]
pub fn ClientEditPage() -> impl IntoView {
    let client = client_of_address();
    let catalogues = ask(|| (), |()| list_catalogues());
    let shown = move |client: Option<Client>| {
        let Some(client) = client else { return no_client() };
        let shown = StoredValue::new(client);
        let both = move |catalogues: Catalogues| view! { <Editor client=shown.get_value() catalogues /> }.into_any();
        shown.with_value(|client| {
            let (name, address) = (client.details.name.clone(), paths::client(client.id));
            let crumbs = vec![
                Crumb::text("Setup"),
                Crumb::text("Accounts"),
                Crumb::link("Clients", paths::clients(&ClientQuery::default())),
                Crumb::link(name.clone(), address),
                Crumb::text("Edit"),
            ];
            let refused = if client.status == ClientStatus::Terminated {
                Some("A terminated client can’t be changed.".to_owned())
            } else {
                client.may.require(Permission::ClientManage).err().map(|error| error.to_string())
            };
            let content = match refused {
                Some(reason) => may_not("You can’t change this client", reason),
                None => view! { <NeedsScript /><Loaded resource=catalogues view=Callback::new(both) /> }.into_any(),
            };
            view! { <Page title=format!("Edit {name}") crumbs>{content}</Page> }.into_any()
        })
    };
    view! { <Loaded resource=client view=Callback::new(shown) /> }
}

/// The result of a save.
enum Saved {
    /// Saved: the new state.
    Done(Client),
    /// Not saved, because somebody else changed the client: the client as it is stored.
    ChangedMeanwhile(Client),
}

const TERMINATED: &str = "This client was terminated while you were editing it. A terminated client can’t be changed, so nothing was saved.";

/// What is being changed, and from which state on.
#[derive(Clone, Copy)]
struct Editing {
    id: ClientId,
    form: ClientForm,
    /// The client as it was read.
    base: RwSignal<ClientDraft>,
    version: StoredValue<i64>,
    /// What would be saved: the draft in its normal form, where it has one.
    result: Memo<ClientDraft>,
}

impl Editing {
    fn new(client: Client, catalogues: Catalogues) -> Self {
        let form = ClientForm::new(client.details.clone(), catalogues, &use_caller());
        let result = Memo::new(move |_| {
            let draft = form.draft.get();
            ClientProfile::try_from(draft.clone()).map_or(draft, ClientProfile::into_draft)
        });
        Self { id: client.id, form, base: RwSignal::new(client.details), version: StoredValue::new(client.version), result }
    }

    fn is_changed(self) -> bool {
        self.base.with(|base| self.result.with(|result| base != result))
    }

    /// Saves the form, unless somebody else changed the client's details meanwhile or the client was terminated.
    async fn save(self) -> Result<Saved, UiError> {
        let draft = self.form.draft.get_untracked();
        loop {
            match update_client(self.id, self.version.get_value(), draft.clone()).await {
                Ok(client) => return Ok(Saved::Done(client)),
                Err(error) if error.is_conflict() => {
                    let theirs = get_client(self.id).await?;
                    let only_its_state = self.base.with_untracked(|base| *base == theirs.details) && theirs.version > self.version.get_value();
                    if theirs.status == ClientStatus::Terminated || !only_its_state {
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
    fn rebase(self, theirs: &Client, draft: ClientDraft) {
        self.version.set_value(theirs.version);
        self.base.set(theirs.details.clone());
        self.form.replace(draft);
    }
}

#[component]
fn Editor(client: Client, catalogues: Catalogues) -> impl IntoView {
    let address = paths::client(client.id);
    let editing = Editing::new(client, catalogues);
    let form = editing.form;
    let (reviewing, conflict) = (RwSignal::new(false), Conflict::new());
    let unsaved = Unsaved::when(Signal::derive(move || editing.is_changed()));
    unsaved.warn();

    let (sending, toasts) = (Sending::new(), use_toasts());
    let navigate = use_navigate();
    let leave = Callback::new(move |()| {
        unsaved.saved();
        navigate(&paths::client(editing.id), NavigateOptions::default());
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
            Ok(Saved::ChangedMeanwhile(theirs)) if theirs.status == ClientStatus::Terminated => refused(Error::forbidden(TERMINATED).into()),
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
            <SectionNavigation />
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

/// Links to the sections.
#[component]
fn SectionNavigation() -> impl IntoView {
    let link = |(id, label): (&'static str, &'static str)| view! { <li><a href=format!("#section-{id}") rel="external">{label}</a></li> };
    view! { <nav class="section-nav" aria-label="Sections"><ul>{sections::NAMES.map(link).collect_view()}</ul></nav> }
}
