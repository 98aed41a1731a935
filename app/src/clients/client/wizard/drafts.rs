//! The drafts that were left, above a new client.

use domain::{DraftId, DraftRow};
use leptos::prelude::*;

use crate::{
    clients::client::rpc::{discard_draft, list_drafts},
    forms::Sending,
    loading::{Answer, Loaded, ask},
    moment::moment,
    paths,
    ui::{Button, ButtonLink, ButtonSize, ButtonVariant, Cell, Column, ConfirmDialog, DataTable, Glyph, Row, RowHeader, use_toasts},
};

/// The drafts to continue, folded unless somebody comes for them.
#[component]
pub(super) fn Drafts(
    /// Whether they are unfolded.
    open: bool,
) -> impl IntoView {
    let drafts = ask(|| (), |()| list_drafts());
    let shown = move |rows: Vec<DraftRow>| (!rows.is_empty()).then(|| list(rows, drafts, open)).into_any();
    view! { <Loaded resource=drafts view=Callback::new(shown) skeleton=ViewFn::from(|| ()) /> }
}

fn list(rows: Vec<DraftRow>, drafts: Answer<Vec<DraftRow>>, unfolded: bool) -> AnyView {
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
    let count = match rows.len() {
        1 => "1 draft to continue".to_owned(),
        many => format!("{many} drafts to continue"),
    };
    view! {
        <details class="disclosure" open=unfolded>
            <summary>{count}</summary>
            <DataTable caption="Drafts" columns>{rows.into_iter().map(row).collect_view()}</DataTable>
        </details>
        <ConfirmDialog
            id="discard-from-list"
            title="Discard this draft?"
            body="Everything you entered is deleted."
            confirm="Discard"
            danger=true
            open
            busy=sending.busy()
            on_confirm=discard
        />
    }
    .into_any()
}
