//! The rows of the lists, each with its menu.

use domain::{AwsAccount, AwsAccountKind, AwsAction, AwsMemberQuery, counted, grouped};
use leptos::prelude::*;

use super::{
    refused, refused_to_change,
    rpc::refresh_aws_account,
    windows::{Window, Windows},
    words::{customer, last_refresh, live_state},
};
use crate::{
    forms::Sending,
    leaving::job::use_jobs,
    paths,
    ui::{ButtonSize, Cell, Glyph, Menu, MenuButton, MenuLink, Row, RowHeader, or_dash, use_toasts},
};

/// The columns between the name and the menu.
pub(super) const fn columns(kind: AwsAccountKind) -> [&'static str; 4] {
    match kind {
        AwsAccountKind::Single => ["Account ID", "Customer", "State", "Sign-in"],
        AwsAccountKind::Management | AwsAccountKind::Member => ["Account ID", "Sign-in", "Members", "Last refresh"],
    }
}

/// A row of a list, which is read again by `reread` when its refresh begins.
pub(super) fn row(account: AwsAccount, windows: Windows, reread: Callback<()>) -> AnyView {
    let (id, name, number) = (account.id, account.name.clone(), account.number.to_string());
    let sign_in = or_dash(account.sign_in.as_ref().map(domain::AwsSignIn::words).unwrap_or_default());
    let cells = match account.kind {
        AwsAccountKind::Single => {
            let (customer, state) = (customer(&account), live_state(&account));
            view! {
                <Cell label="Customer">{customer}</Cell>
                <Cell label="State">{state}</Cell>
                <Cell label="Sign-in">{sign_in}</Cell>
            }
            .into_any()
        }
        AwsAccountKind::Management | AwsAccountKind::Member => {
            let (members, refresh) = (members(&account), last_refresh(&account.refresh));
            view! {
                <Cell label="Sign-in">{sign_in}</Cell>
                <Cell label="Members">{members}</Cell>
                <Cell label="Last refresh">{refresh}</Cell>
            }
            .into_any()
        }
    };
    let menu = menu(account, windows, reread);
    view! {
        <Row>
            <RowHeader><a href=paths::aws_account(id)>{name}</a></RowHeader>
            <Cell label="Account ID"><span class="mono">{number}</span></Cell>
            {cells}
            <Cell corner=true>{menu}</Cell>
        </Row>
    }
    .into_any()
}

/// How many members are associated and onboarded, of how many.
pub(super) fn members(account: &AwsAccount) -> AnyView {
    let members = account.members;
    let ([associated, onboarded], all) = ([members.associated, members.onboarded].map(grouped), counted(members.all, "account", "accounts"));
    let href = paths::aws_members(account.id, &AwsMemberQuery::default());
    view! {
        <div class="cell-lines">
            <a href=href>{all}</a>
            <small class="muted">{associated}" associated, "{onboarded}" onboarded"</small>
        </div>
    }
    .into_any()
}

fn menu(account: AwsAccount, windows: Windows, reread: Callback<()>) -> AnyView {
    let (id, label) = (account.id, format!("Actions for {}", account.name));
    let (refused_to_refresh, refused_to_edit) = (refused_to_change(&account), refused(AwsAction::Edit, &account));
    let is_management = account.kind == AwsAccountKind::Management;
    let account = StoredValue::new(account);
    let ask = move |window| move || windows.open(window, vec![account.get_value()]);
    let item = move |label: &'static str, icon, window| {
        let because = account.with_value(|account| refused(Window::action(window), account));
        view! { <MenuButton label icon disabled_because=because on_click=ask(window) /> }
    };
    let first = if is_management {
        let members = paths::aws_members(id, &AwsMemberQuery::default());
        view! { <MenuLink href=members label="Manage Customer Accounts" icon=Glyph::Users />{refresh_item(id, refused_to_refresh, reread)} }
            .into_any()
    } else {
        view! {
            {item("Associate Account to Customer", Glyph::Building, Window::Link)}
            {item("Remove Account from Customer", Glyph::Close, Window::Unlink)}
            {item("Promote to MSP", Glyph::Layers, Window::Promote)}
        }
        .into_any()
    };
    let edit = match &refused_to_edit {
        None => view! { <MenuLink href=paths::aws_account_edit(id) label="Edit" icon=Glyph::Pencil /> }.into_any(),
        Some(reason) => view! { <MenuButton label="Edit" icon=Glyph::Pencil disabled_because=Some(reason.clone()) /> }.into_any(),
    };
    view! {
        <Menu id=format!("{id}-menu") label size=ButtonSize::Small>
            {first}
            {edit}
            {item("Delete", Glyph::Trash, Window::Delete)}
        </Menu>
    }
    .into_any()
}

/// Reads the members again.
fn refresh_item(id: domain::AwsAccountId, refused: Option<String>, reread: Callback<()>) -> AnyView {
    let refresh = refresh_action(id, reread);
    view! { <MenuButton label="Refresh" icon=Glyph::Refresh disabled_because=refused on_click=refresh /> }.into_any()
}

/// Starts the job that reads the members; `begun` is told once it is there.
pub(super) fn refresh_action(id: domain::AwsAccountId, begun: Callback<()>) -> Callback<()> {
    let (sending, toasts, jobs) = (Sending::new(), use_toasts(), use_jobs());
    Callback::new(move |()| {
        sending.run(refresh_aws_account(id), move |answer| match answer {
            Ok(job) => {
                jobs.follow(job);
                begun.run(());
            }
            Err(error) => toasts.error(error.to_string()),
        });
    })
}
