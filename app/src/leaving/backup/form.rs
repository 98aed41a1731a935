//! Asking for a backup, and waiting for it.

use domain::{Backup, BackupDraft, ClientId, Draft, Job, JobState};
use leptos::prelude::*;

use super::rpc::create_backup;
use crate::{
    forms::{Form, FormErrors, Sending, Unsaved, violations_of},
    leaving::job::{progress_bar, use_jobs},
    paths,
    ui::{Button, ButtonLink, CheckboxField, Glyph, Notice, PasswordField, Tone},
};

/// The form; `on_made` is told of the backup that the server began.
pub(super) fn backup_form(client: ClientId, on_made: Callback<Backup>) -> AnyView {
    let with_secrets = RwSignal::new(false);
    let [passphrase, confirmation] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let draft =
        Signal::derive(move || BackupDraft { with_secrets: with_secrets.get(), passphrase: passphrase.get(), confirmation: confirmation.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(()))));
    let unsaved = Unsaved::of(move || [passphrase.get(), confirmation.get()]);
    let (sending, jobs) = (Sending::new(), use_jobs());
    let make = move || {
        sending.run(create_backup(client, draft.get_untracked()), move |answer| match answer {
            Ok(backup) => {
                for field in [passphrase, confirmation] {
                    field.set(String::new());
                }
                errors.reset();
                unsaved.saved();
                jobs.listen();
                on_made.run(backup);
            }
            Err(error) => errors.refuse(error),
        });
    };
    let fields = move || {
        with_secrets.get().then(|| {
            view! {
                <PasswordField
                    name="passphrase"
                    label="Passphrase"
                    value=passphrase
                    error=errors.of("passphrase")
                    on_blur=errors.leave("passphrase")
                    hint="At least 12 characters, such as four words. Keep it safe: nobody can recover it, and without it the secrets are lost."
                    autocomplete="off"
                    required=true
                />
                <PasswordField
                    name="confirmation"
                    label="Confirm passphrase"
                    value=confirmation
                    error=errors.of("confirmation")
                    on_blur=errors.leave("confirmation")
                    autocomplete="off"
                    required=true
                />
            }
        })
    };
    view! {
        <Form errors unsaved on_submit=make>
            <CheckboxField
                name="with-secrets"
                label="Include secrets"
                value=with_secrets
                hint="Secrets of credential sets and passwords of alternate accesses, encrypted with your own passphrase."
            />
            {fields}
            <div class="actions">
                <Button icon=Glyph::Download submit=true busy=sending.busy()>"Create backup"</Button>
            </div>
        </Form>
    }
    .into_any()
}

/// The backup that the dialog before a termination offers, and waits for.
#[derive(Clone, Copy)]
pub(crate) struct BackupFirst {
    made: RwSignal<Option<Backup>>,
    /// Its job, once that is over.
    ended: RwSignal<Option<Job>>,
}

impl BackupFirst {
    /// None was asked for.
    pub(crate) fn new() -> Self {
        Self { made: RwSignal::default(), ended: RwSignal::default() }
    }

    /// As new.
    pub(crate) fn reset(self) {
        self.made.set(None);
        self.ended.set(None);
    }

    /// Whether one is being made.
    pub(crate) fn is_running(self) -> bool {
        self.made.with(Option::is_some) && self.ended.with(Option::is_none)
    }

    /// The form, then the progress, then the archive. `refused` says why the reader can't make a backup.
    pub(crate) fn view(self, client: ClientId, refused: Option<String>) -> AnyView {
        if let Some(reason) = refused {
            return view! { <p class="muted">{reason}</p> }.into_any();
        }
        let on_made = Callback::new(move |backup| self.made.set(Some(backup)));
        let content = move || match self.made.get() {
            None => backup_form(client, on_made),
            Some(backup) => self.waiting(backup),
        };
        IntoAny::into_any(content)
    }

    fn waiting(self, backup: Backup) -> AnyView {
        let (jobs, id, job) = (use_jobs(), backup.id, backup.job);
        jobs.follow(job);
        Effect::new(move |_| {
            if let Some(job) = jobs.find(job).filter(|job| job.state.is_over()) {
                self.ended.set(Some(job));
            }
        });
        let begun = move || jobs.find(job).map_or_else(|| backup.progress.clone(), |job| job.progress);
        let content = move || match self.ended.get() {
            None => progress_bar(&begun()),
            Some(job) if job.state == JobState::Succeeded => view! {
                <Notice tone=Tone::Positive title="The backup is complete">
                    <p>{job.outcome}" Available for 7 days, even after termination."</p>
                    <div class="actions">
                        <ButtonLink href=paths::backup_file(id) icon=Glyph::Download external=true>"Download"</ButtonLink>
                    </div>
                </Notice>
            }
            .into_any(),
            Some(job) => view! {
                <Notice tone=Tone::Danger title="Backup failed">
                    <p>{job.outcome}</p>
                    <div class="actions"><Button on_click=move || self.reset()>"Try again"</Button></div>
                </Notice>
            }
            .into_any(),
        };
        view! { <div aria-live="polite">{content}</div> }.into_any()
    }
}
