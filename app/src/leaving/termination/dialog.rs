//! The dialog that asks before a client is terminated: what will be erased, the name typed as shown, and a tick for every statement.

use domain::{Client, ClientId, Draft, Statement, TerminationDraft, TerminationPreview, counted, grouped, limits};
use leptos::prelude::*;

use super::rpc::{preview_termination, terminate_client};
use crate::{
    forms::{FormErrors, Sending},
    leaving::{backup::BackupFirst, job::use_jobs},
    loading::{Loaded, ask},
    ui::{Button, ButtonVariant, CheckboxField, Dialog, Notice, Skeleton, TextField, Tone, use_toasts},
};

/// Which client is asked about; one for a whole page.
#[derive(Clone, Copy)]
pub(crate) struct TerminationQuestion {
    client: RwSignal<Option<ClientId>>,
    open: RwSignal<bool>,
}

impl TerminationQuestion {
    /// Nothing is asked yet.
    pub(crate) fn new() -> Self {
        Self { client: RwSignal::new(None), open: RwSignal::new(false) }
    }

    /// Asks.
    pub(crate) fn ask(self, client: ClientId) {
        self.client.set(Some(client));
        self.open.set(true);
    }
}

/// What is typed and ticked.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    statements: RwSignal<Vec<Statement>>,
    backup: BackupFirst,
    errors: FormErrors,
}

impl Form {
    fn draft(self) -> TerminationDraft {
        TerminationDraft { name: self.name.get(), statements: self.statements.get() }
    }

    /// Why the client can't be terminated yet.
    fn missing(self, name: &str) -> Option<String> {
        if self.backup.is_running() {
            return Some("Wait until the backup is complete.".to_owned());
        }
        let violations = self.draft().check(name).err()?;
        let unticked = violations.iter().filter(|violation| violation.field != "name").count() as u64;
        let name = violations.of("name").map(|_| "enter the client’s name as shown");
        let ticks = (unticked > 0).then(|| format!("tick {} more", counted(unticked, "statement", "statements")));
        let missing = name.map(ToOwned::to_owned).into_iter().chain(ticks).collect::<Vec<_>>().join(" and ");
        let mut letters = missing.chars();
        letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    }
}

/// Where the dialog appears; `on_done` is told what became of the client.
pub(crate) fn termination_dialog(question: TerminationQuestion, on_done: Callback<Client>) -> AnyView {
    let TerminationQuestion { client, open } = question;
    // Asked again each time the dialog opens: the figures change.
    let preview = ask(
        move || (client.get(), open.get()),
        |asked| async move {
            match asked {
                (Some(id), true) => preview_termination(id).await.map(Some),
                _ => Ok(None),
            }
        },
    );
    let form = Form { name: RwSignal::default(), statements: RwSignal::default(), backup: BackupFirst::new(), errors: FormErrors::new() };
    Effect::new(move |_| {
        if open.get() {
            form.name.set(String::new());
            form.statements.set(Vec::new());
            form.backup.reset();
            form.errors.reset();
        }
    });
    let (sending, toasts, jobs) = (Sending::new(), use_toasts(), use_jobs());
    let terminate = Callback::new(move |id: ClientId| {
        sending.run(terminate_client(id, form.draft()), move |answer| match answer {
            Ok(client) => {
                open.set(false);
                toasts.info(format!("{} is out of service. Its data is being erased.", client.details.name));
                jobs.listen();
                on_done.run(client);
            }
            Err(error) => form.errors.refuse(error),
        });
    });
    let button = move || {
        let preview = preview.get().and_then(Result::ok).flatten();
        let id = preview.as_ref().map(|preview| preview.id);
        let reason = Signal::derive(move || match &preview {
            Some(preview) => form.missing(&preview.name),
            None => Some("Wait until everything is counted.".to_owned()),
        });
        let terminate = move || id.into_iter().for_each(|id| terminate.run(id));
        view! { <Button variant=ButtonVariant::Danger busy=sending.busy() disabled_because=reason on_click=terminate>"Terminate"</Button> }
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Transition>{button}</Transition>
        }
    };
    let shown = move |preview: Option<TerminationPreview>| preview.map_or_else(|| ().into_any(), |preview| body(&preview, form));
    view! {
        <Dialog id="terminate-client" title="Terminate the selected Client?" open wide=true actions>
            <Loaded resource=preview view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <Skeleton lines=6 /> }) />
        </Dialog>
    }
    .into_any()
}

fn body(preview: &TerminationPreview, form: Form) -> AnyView {
    let rows = preview.erased.iter().filter(|row| row.count > 0);
    let rows = rows.map(|row| view! { <li><span>{row.kind.label()}</span>" "<strong>{grouped(row.count)}</strong></li> });
    let roles = (preview.listed_by > 0).then(|| {
        let stay = if preview.listed_by == 1 { "lists it and stays" } else { "list it and stay" };
        view! { <p>{format!("{} of your organization {stay}, without it.", counted(preview.listed_by, "role", "roles"))}</p> }
    });
    let statements = Statement::ALL.iter().map(|statement| tick(*statement, form)).collect_view();
    let other = form.errors.of("");
    view! {
        <div class="stack">
            <Notice tone=Tone::Danger title=format!("Everything about {} is erased for good", preview.name)>
                <p>"This can’t be undone, not even by support. Back up first if you might need the data. Only the client’s bare record and a receipt remain."</p>
            </Notice>
            <div>
                <h3>"What is erased"</h3>
                <ul class="counts">{rows.collect_view()}</ul>
                {roles}
            </div>
            <details class="disclosure">
                <summary>"Back up first"</summary>
                <div class="stack">{form.backup.view(preview.id, preview.backup_refused.clone())}</div>
            </details>
            {move || other.get().map(|message| view! { <Notice tone=Tone::Danger title=message /> })}
            <TextField
                name="confirm-name"
                label="Confirm client name"
                value=form.name
                error=form.errors.of("name")
                required=true
                hint=format!("Enter it as shown: {}", preview.name)
                max_length=limits::NAME
            />
            {statements}
        </div>
    }
    .into_any()
}

/// A statement to tick.
fn tick(statement: Statement, form: Form) -> AnyView {
    let value = RwSignal::new(form.statements.with_untracked(|ticked| ticked.contains(&statement)));
    Effect::new(move |_| {
        let is_ticked = value.get();
        form.statements.update(|ticked| {
            ticked.retain(|other| *other != statement);
            if is_ticked {
                ticked.push(statement);
            }
        });
    });
    view! { <CheckboxField name=statement.key() label=statement.label() value error=form.errors.of(statement.key()) /> }.into_any()
}
