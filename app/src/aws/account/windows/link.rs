//! “Link to Customer”: whose the accounts are.

use domain::{AwsAccount, ClientId, ClientQuery, ClientRow, ClientSummary, Permission, Scope};
use leptos::prelude::*;

use super::{customer::customer_window, ids, lines, names, subject};
use crate::{
    aws::account::rpc::associate_aws_accounts,
    caller::{refusal, use_caller},
    clients::client::{picked_client, rpc::list_clients},
    forms::Sending,
    ui::{Button, ButtonVariant, Candidates, Choice, Dialog, Found, Glyph, Notice, Picked, Picker, Tone, use_toasts},
};

/// The window.
pub(super) fn link_window(accounts: Vec<AwsAccount>, done: Callback<()>) -> AnyView {
    let (open, creating, picked) = (RwSignal::new(true), RwSignal::new(false), Picked::new(Vec::new()));
    let (sending, toasts, problem) = (Sending::new(), use_toasts(), RwSignal::new(None::<String>));
    let (shown, accounts) = (names(&accounts), StoredValue::new(accounts));
    let finish = move || {
        let Some(client) = picked_client(picked) else { return };
        let (accounts, who) = accounts.with_value(|accounts| (ids(accounts), subject(accounts)));
        let customer = picked.shown().first().map(|choice| choice.label.clone()).unwrap_or_default();
        sending.run(associate_aws_accounts(accounts, client), move |answer| match answer {
            Ok(changed) => {
                open.set(false);
                let belong = if changed.len() == 1 { "belongs" } else { "belong" };
                toasts.success(format!("{who} now {belong} to {customer}."));
                done.run(());
            }
            Err(error) => problem.set(Some(error.to_string())),
        });
    };
    let missing = Signal::derive(move || picked_client(picked).is_none().then(|| "Choose a customer first.".to_owned()));
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=sending.busy() disabled_because=missing on_click=finish>"Finish"</Button>
        }
    };
    let refused = refusal(Permission::ClientCreate, Scope::Partner(use_caller().partner));
    let created = Callback::new(move |client: ClientSummary| picked.choose_only(choice(client.id, &client.name)));
    view! {
        <Dialog id="link-to-customer" title="Link to Customer" open wide=true actions>
            {shown}
            {move || problem.get().map(|title| view! { <Notice tone=Tone::Danger title /> })}
            <Picker
                name="customer"
                label="Customer"
                picked
                candidates=customers()
                single=true
                required=true
                none="No customer selected."
                placeholder="Type a name or unique ID…"
                hint="Select a customer to associate with the accounts."
            />
            <div class="actions">
                <Button icon=Glyph::Plus disabled_because=refused on_click=move || creating.set(true)>"Create customer"</Button>
            </div>
            {move || picked_client(picked).and_then(|client| accounts.with_value(|accounts| taken(accounts, client)))}
        </Dialog>
        {customer_window(creating, created)}
    }
    .into_any()
}

fn choice(id: ClientId, name: &str) -> Choice {
    Choice::new(id.to_string(), name).with_detail(id.to_string())
}

/// The clients whose accounts the reader may manage.
fn customers() -> Candidates {
    Candidates::new(|words| async move {
        let query = ClientQuery { search: words, ..ClientQuery::default() };
        let page = list_clients(query.to_address()).await.map_err(|error| error.to_string())?;
        let manageable = page.rows.iter().filter(|row| row.may.contains(Permission::AccountManage));
        let found = |row: &ClientRow| (choice(row.id, &row.name), false);
        Ok(Found { choices: manageable.map(found).collect(), more: page.next.is_some() })
    })
}

/// From whom accounts would be taken.
fn taken(accounts: &[AwsAccount], by: ClientId) -> Option<AnyView> {
    let others: Vec<AwsAccount> = accounts.iter().filter(|account| account.client_id().is_some_and(|client| client != by)).cloned().collect();
    if others.is_empty() {
        return None;
    }
    let title = match others.len() {
        1 => "This moves an account from another customer".to_owned(),
        many => format!("This moves {many} accounts from other customers"),
    };
    let from = |account: &AwsAccount| {
        let customer = account.client.as_ref().map(|client| client.name.clone()).unwrap_or_default();
        view! { <span>{format!("{} from {customer}", account.name)}</span> }.into_any()
    };
    let lines = lines(&others, from);
    Some(view! { <Notice tone=Tone::Warning title>{lines}</Notice> }.into_any())
}
