//! Making a client of the archive of a backup: it is uploaded and looked at, then a job restores it.

use domain::{ClientQuery, Draft, Error, Permission, RESTORE_PERMISSIONS, RestoreDraft, RestorePreview, Scope, grouped};
use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
};
use leptos_router::hooks::use_navigate;

use super::rpc::start_restore;
use crate::{
    caller::{refusal, use_caller},
    error::UiError,
    forms::{FileSending, FileWords, Form, FormErrors, Sending, Unsaved, file_section, replacing, violations_of},
    leaving::job::use_jobs,
    moment::moment,
    paths,
    thing::{may_not, not_found},
    ui::{Button, ButtonVariant, Crumb, Description, DescriptionList, Page, PasswordField, Section, TextField},
};

/// The page.
#[component]
pub fn RestorePage() -> impl IntoView {
    let caller = use_caller();
    if matches!(caller.can(Permission::ClientCreate, Scope::Partner(caller.partner)), Err(Error::NotFound)) {
        // A client's users know nothing of other clients.
        return not_found("Page");
    }
    let content = match RESTORE_PERMISSIONS.into_iter().find_map(|permission| refusal(permission, Scope::Partner(caller.partner))) {
        None => view! { <Restorer /> }.into_any(),
        Some(reason) => may_not("You can’t restore clients", reason),
    };
    let crumbs = vec![
        Crumb::text("Setup"),
        Crumb::text("Accounts"),
        Crumb::link("Clients", paths::clients(&ClientQuery::default())),
        Crumb::link("Import", paths::client_import()),
        Crumb::text("Restore a backup"),
    ];
    view! { <Page title="Restore a backup" crumbs>{content}</Page> }.into_any()
}

/// An archive on its way.
#[derive(Clone, Copy)]
struct Archive {
    sending: FileSending,
    preview: RwSignal<Option<RestorePreview>>,
}

#[component]
fn Restorer() -> impl IntoView {
    let archive = Archive { sending: FileSending::new(), preview: RwSignal::default() };
    let words = FileWords {
        description: "Creates a new client from a backup. Nothing is created until you confirm.",
        drop: "Drop the .zip file of a backup here, or",
        limits: "A backup of a client, at most 2 GiB.",
        accept: ".zip,application/zip",
    };
    let chosen = move || archive.preview.get().map(confirm);
    view! {
        <div class="stack">
            {file_section(archive.sending, words, move |event| archive.upload_chosen(event), move |event| archive.upload_dropped(event))}
            {chosen}
        </div>
    }
}

impl Archive {
    fn upload_chosen(self, event: &Event) {
        #[cfg(feature = "hydrate")]
        self.upload(crate::upload::chosen(event));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    fn upload_dropped(self, event: &DragEvent) {
        #[cfg(feature = "hydrate")]
        self.upload(crate::upload::dropped(event));
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, event);
    }

    #[cfg(feature = "hydrate")]
    fn upload(self, files: Vec<web_sys::File>) {
        let Some(file) = files.into_iter().next().filter(|_| !self.sending.sending.busy().get_untracked()) else { return };
        self.preview.set(None);
        if self.sending.accept(&file, domain::MAX_ARCHIVE_BYTES, domain::ARCHIVE_TOO_LARGE) {
            let progress = self.sending.begin();
            let sent = async move {
                let id = crate::upload::send_in_parts(&file, domain::RESTORE_PART_BYTES, &paths::restores(), paths::restore_part, progress).await?;
                super::rpc::preview_restore(id).await
            };
            self.sending.sending.run(sent, move |answer| match answer {
                Ok(preview) => self.preview.set(Some(preview)),
                Err(error) => self.sending.refuse(&error),
            });
        }
    }
}

/// What is in the archive, and what the new client is to be called.
fn confirm(preview: RestorePreview) -> AnyView {
    let (name, passphrase) = (RwSignal::new(preview.name.clone()), RwSignal::new(String::new()));
    let draft = Signal::derive(move || RestoreDraft { name: name.get(), passphrase: passphrase.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(()))));
    let unsaved = Unsaved::of(move || draft.get());
    let (sending, jobs, navigate) = (Sending::new(), use_jobs(), StoredValue::new_local(use_navigate()));
    let id = preview.id.clone();
    let restore = move || {
        sending.run(start_restore(id.clone(), draft.get_untracked()), move |answer: Result<_, UiError>| match answer {
            Ok(job) => {
                unsaved.saved();
                jobs.follow(job);
                navigate.with_value(|navigate| navigate(&paths::job(job), replacing()));
            }
            Err(error) => errors.refuse(error),
        });
    };
    let records = preview.records.into_iter().map(|(kind, count)| view! { <Description label=kind value=Some(grouped(count)) /> }).collect_view();
    let secrets = preview.has_secrets.then(|| {
        view! {
            <PasswordField
                name="passphrase"
                label="Passphrase of the secrets"
                value=passphrase
                error=errors.of("passphrase")
                hint="Leave it empty to restore everything but the secrets."
                autocomplete="off"
            />
        }
    });
    view! {
        <Section title="Backup contents" description="Users come back without passwords: send them invitations. API keys, reports and logs aren’t restored.">
            <DescriptionList>
                <Description label="Client" value=Some(format!("{} ({})", preview.name, preview.client)) />
                <Description label="Backed up">{preview.made.map(moment)}</Description>
                {records}
            </DescriptionList>
        </Section>
        <Section title="New client">
            <Form errors unsaved on_submit=restore>
                <TextField
                    name="name"
                    label="Name"
                    value=name
                    error=errors.of("name")
                    on_blur=errors.leave("name")
                    required=true
                    max_length=domain::limits::NAME
                />
                {secrets}
                <div class="actions">
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Restore client"</Button>
                </div>
            </Form>
        </Section>
    }
    .into_any()
}
