//! Where a new client begins: with a new draft, or with one that was left.

use domain::{ClientQuery, DraftId, DraftRow, Permission, Scope};
use leptos::{form::ActionForm, prelude::*};

use super::rpc::{CreateDraft, discard_draft, list_drafts};
use crate::{
    caller::{refusal, use_caller},
    forms::Sending,
    loading::{Answer, Loaded, ask},
    moment::moment,
    paths,
    ui::{
        Button, ButtonLink, ButtonSize, ButtonVariant, Cell, Column, ConfirmDialog, Crumb, DataTable, EmptyState, Glyph, Notice, Page, Row,
        RowHeader, Tone, use_toasts,
    },
};

/// The page.
#[component]
pub fn NewClientPage() -> impl IntoView {
    let drafts = ask(|| (), |()| list_drafts());
    let refused = refusal(Permission::ClientCreate, Scope::Partner(use_caller().partner));
    let crumbs = vec![
        Crumb::text("Setup"),
        Crumb::text("Accounts"),
        Crumb::link("Clients", paths::clients(&ClientQuery::default())),
        Crumb::text("New Client"),
    ];
    let content = match refused {
        Some(text) => view! { <EmptyState glyph=Glyph::Lock title="You can’t add clients" text /> }.into_any(),
        None => view! {
            <Start />
            <Loaded resource=drafts view=Callback::new(move |rows| view! { <Drafts rows drafts /> }.into_any()) />
        }
        .into_any(),
    };
    view! { <Page title="New Client" crumbs description="Your progress is saved automatically. Continue on any device.">{content}</Page> }
}

/// A form, so that it works without scripts too; the answer leads to the first tab.
#[component]
fn Start() -> impl IntoView {
    let create = ServerAction::<CreateDraft>::new();
    let failed = move || {
        let error = create.value().get()?.err()?;
        Some(view! { <Notice tone=Tone::Danger title="The draft couldn’t be created">{error.to_string()}</Notice> })
    };
    view! {
        {failed}
        <ActionForm action=create>
            <Button submit=true variant=ButtonVariant::Primary icon=Glyph::Plus busy=create.pending()>"Start a new client"</Button>
        </ActionForm>
    }
}

/// The drafts to continue.
#[component]
fn Drafts(rows: Vec<DraftRow>, drafts: Answer<Vec<DraftRow>>) -> impl IntoView {
    let (open, doomed) = (RwSignal::new(false), RwSignal::new(None::<DraftId>));
    let (sending, toasts) = (Sending::new(), use_toasts());
    let discard = move |()| {
        let Some(id) = doomed.get_untracked() else { return };
        sending.run(discard_draft(id), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.success("The draft was discarded.");
                    drafts.refetch();
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    let row = move |row: DraftRow| {
        let DraftRow { id, name, step, updated, .. } = row;
        let name = if name.trim().is_empty() { "Untitled draft".to_owned() } else { name };
        let address = paths::client_draft(&id, step);
        let link = view! { <a href=address.clone()>{name.clone()}</a> };
        let ask = move || {
            doomed.set(Some(id.clone()));
            open.set(true);
        };
        view! {
            <Row>
                <RowHeader>{link}</RowHeader>
                <Cell label="Step">{step.label()}</Cell>
                <Cell label="Last saved">{moment(updated)}</Cell>
                <Cell>
                    <div class="actions">
                        <ButtonLink href=address size=ButtonSize::Small>"Continue"</ButtonLink>
                        <span data-needs-script=""><Button size=ButtonSize::Small variant=ButtonVariant::Quiet icon=Glyph::Trash label=format!("Discard {name}") on_click=ask /></span>
                    </div>
                </Cell>
            </Row>
        }
    };
    let columns = vec![Column::new("Client"), Column::new("Step"), Column::new("Last saved"), Column::quiet("Actions")];
    (!rows.is_empty()).then(|| {
        view! {
            <div class="stack-small">
                <h2>"Continue a draft"</h2>
                <DataTable caption="Drafts" columns>{rows.into_iter().map(row).collect_view()}</DataTable>
            </div>
            <ConfirmDialog
                id="discard-draft"
                title="Discard this draft?"
                body="Everything you entered is deleted."
                confirm="Discard"
                danger=true
                open
                busy=sending.busy()
                on_confirm=discard
            />
        }
    })
}
