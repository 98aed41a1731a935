//! The backups of a client, with their archives. Which page of them stands in the address.

use domain::{Backup, BackupId, BackupQuery, ClientId, JobState, ListPage, file_size, grouped};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::rpc::{delete_backup, list_backups};
use crate::{
    forms::Sending,
    leaving::job::{tone, use_jobs},
    lists::pages,
    loading::{Loaded, ask},
    moment::{day, exact_text, moment, now},
    paths,
    ui::{
        Badge, Button, ButtonLink, ButtonSize, ButtonVariant, Cell, Column, DataTable, Dialog, Glyph, Row, RowHeader, TableSkeleton, or_dash,
        use_toasts,
    },
};

/// The backups, the latest first; read again when `asked` counts up and when a job ends.
#[component]
pub(super) fn Backups(client: ClientId, asked: RwSignal<u32>) -> impl IntoView {
    let (search, jobs) = (use_location().search, use_jobs());
    let query = Memo::new(move |_| search.with(|search| BackupQuery::from_address(search)));
    // The answer comes with its question: while the next one is on its way, the page shows the last one.
    let page = ask(
        move || (query.get().to_address(), asked.get(), jobs.ended()),
        move |(address, ..)| async move {
            let page = list_backups(client, address.clone()).await?;
            Ok((address, page))
        },
    );
    let deleting = Question { backup: RwSignal::default(), open: RwSignal::new(false) };
    let shown = move |(address, page): (String, ListPage<Backup>)| {
        if page.rows.is_empty() {
            return view! { <p class="muted">"No backups yet. Backups are deleted after 7 days."</p> }.into_any();
        }
        let shown = BackupQuery::from_address(&address);
        let busy = Signal::derive(move || query.get().to_address() != address);
        let pages = pages(move |query| paths::client_backup_list(client, query), &shown, &page);
        let columns = ["Requested", "By", "State", "Records", "Size", "Secrets", "Stored until", "SHA-256", "Archive"].map(Column::new).to_vec();
        let rows = page.rows.into_iter().map(|backup| row(backup, deleting)).collect_view();
        view! { <DataTable caption="Backups" columns busy>{rows}</DataTable>{pages} }.into_any()
    };
    view! {
        <div class="stack-small">
            <Loaded resource=page view=Callback::new(shown) skeleton=ViewFn::from(|| view! { <TableSkeleton /> }) />
        </div>
        {deletion(deleting, asked)}
    }
}

fn row(backup: Backup, deleting: Question) -> AnyView {
    let (jobs, id, job, is_done) = (use_jobs(), backup.id, backup.job, backup.has_file(now()));
    let figure = |text: String| or_dash(if is_done { text } else { String::new() });
    let download = is_done.then(|| {
        let label = format!("Download the archive of {}", exact_text(backup.created));
        view! { <ButtonLink href=paths::backup_file(id) size=ButtonSize::Small icon=Glyph::Download label external=true>"Download"</ButtonLink> }
    });
    let by = backup.asked_by.as_ref().map(domain::UserSummary::name).unwrap_or_default();
    let (state, outcome) = (backup.state, backup.outcome.clone());
    if !state.is_over() {
        jobs.follow(job);
    }
    let state = move || {
        let heard = jobs.find(job).filter(|_| !state.is_over());
        let (state, outcome) = heard.map_or_else(|| (state, outcome.clone()), |job| (job.state, job.outcome));
        // What went wrong, in a sentence.
        let why = (state == JobState::Failed).then(|| view! { <p class="muted">{outcome}</p> });
        view! { <a href=paths::job(job)><Badge tone=tone(state) text=state.label() /></a>{why} }
    };
    let (records, size) = (figure(grouped(backup.records)), figure(file_size(backup.bytes)));
    let (until, checksum) = (backup.until, backup.sha256);
    view! {
        <Row>
            <RowHeader>{moment(backup.created)}</RowHeader>
            <Cell label="By">{or_dash(by)}</Cell>
            <Cell label="State"><div>{state}</div></Cell>
            <Cell label="Records">{records}</Cell>
            <Cell label="Size">{size}</Cell>
            <Cell label="Secrets">{if backup.has_secrets { "Encrypted" } else { "Not included" }}</Cell>
            <Cell label="Stored until">{if is_done { day(until) } else { or_dash(String::new()) }}</Cell>
            <Cell label="SHA-256"><span class="checksum">{or_dash(checksum)}</span></Cell>
            <Cell label="Archive">
                <div class="actions">
                    {download}
                    <span data-needs-script="">
                        <Button
                            size=ButtonSize::Small
                            icon=Glyph::Trash
                            label=format!("Delete the backup of {}", exact_text(backup.created))
                            on_click=move || deleting.ask(id)
                        >
                            "Delete"
                        </Button>
                    </span>
                </div>
            </Cell>
        </Row>
    }
    .into_any()
}

/// Which backup is asked about before it is deleted.
#[derive(Clone, Copy)]
struct Question {
    backup: RwSignal<Option<BackupId>>,
    open: RwSignal<bool>,
}

impl Question {
    fn ask(self, backup: BackupId) {
        self.backup.set(Some(backup));
        self.open.set(true);
    }
}

/// The question before a backup is deleted.
fn deletion(Question { backup, open }: Question, asked: RwSignal<u32>) -> AnyView {
    let (sending, toasts) = (Sending::new(), use_toasts());
    let delete = move || {
        let Some(id) = backup.get_untracked() else { return };
        sending.run(delete_backup(id), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => {
                    asked.update(|asked| *asked += 1);
                    toasts.success("The backup was deleted.");
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Danger busy=sending.busy() on_click=delete>"Delete backup"</Button>
        }
    };
    view! {
        <Dialog id="delete-backup" title="Delete backup?" open actions>
            <p>"The archive is deleted immediately. Downloaded copies aren’t affected."</p>
        </Dialog>
    }
    .into_any()
}
