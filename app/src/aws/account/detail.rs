//! The page of one account.

use domain::{AwsAccount, AwsAccountKind, AwsAccountQuery, AwsAccountState, AwsAction, AwsMemberQuery};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    facts::{account_section, role_section},
    frame::{crumbs, list_of},
    live::LiveAccount,
    pending::{check_button, pending_section},
    refused, refused_to_change,
    rpc::get_aws_account,
    windows::{Window, Windows},
    words::{live_progress, state_badge},
};
use crate::{
    loading::Loaded,
    paths,
    thing::{not_found, of_address},
    ui::{ButtonLink, ButtonVariant, Crumb, Glyph, Menu, MenuButton, Notice, Page, Tone},
};

/// The page.
#[component]
pub fn AwsAccountPage() -> impl IntoView {
    let account = of_address("account", get_aws_account);
    let shown = |account: Option<AwsAccount>| match account {
        Some(account) => shown(account),
        None => not_found("AWS account"),
    };
    view! { <Loaded resource=account view=Callback::new(shown) /> }
}

fn shown(account: AwsAccount) -> AnyView {
    let (name, kind) = (account.name.clone(), account.kind);
    let management =
        account.management.clone().map(|management| Crumb::link(management.name, paths::aws_members(management.id, &AwsMemberQuery::default())));
    let crumbs = crumbs(kind, management.into_iter().chain([Crumb::text(name.clone())]));
    let (live, navigate) = (LiveAccount::new(account), use_navigate());
    let windows = Windows::new(Callback::new(move |window| match window {
        Window::Delete => navigate(&paths::aws_accounts(list_of(kind), &AwsAccountQuery::default()), NavigateOptions::default()),
        _ => live.reload(),
    }));
    let is_unfinished = Memo::new(move |_| {
        live.with(|account| {
            matches!(account.state, AwsAccountState::Pending | AwsAccountState::Failed)
                && account.kind == AwsAccountKind::Member
                && refused_to_change(account).is_none()
        })
    });
    let facts = move || {
        live.with(|account| {
            let role = (account.kind == AwsAccountKind::Member).then(|| role_section(account));
            view! { {account_section(account)}{role} }
        })
    };
    view! {
        <Page title=name crumbs beside=move || live.with(beside) actions=move || actions(live, windows)>
            <div class="stack">
                {move || live.with(notice)}
                {move || is_unfinished.get().then(|| pending_section(live))}
                {facts}
            </div>
        </Page>
        {windows.view()}
    }
    .into_any()
}

/// A management account is only signed in to.
fn beside(account: &AwsAccount) -> Option<AnyView> {
    (account.kind != AwsAccountKind::Management).then(|| state_badge(account.state))
}

/// The job that works on it, or why it doesn't go on.
fn notice(account: &AwsAccount) -> Option<AnyView> {
    if let Some(job) = account.job {
        return Some(view! { <div class="card">{live_progress(job)}</div> }.into_any());
    }
    let (tone, title) = match account.state {
        AwsAccountState::Failed if account.kind == AwsAccountKind::Single => (Tone::Danger, "The server can’t sign in"),
        AwsAccountState::Failed => (Tone::Danger, "Onboarding failed"),
        AwsAccountState::Pending => (Tone::Warning, "Waiting for the role"),
        _ => (Tone::Warning, ""),
    };
    let problem = account.problem.clone();
    (!problem.is_empty()).then(|| view! { <Notice tone title><p>{problem}</p></Notice> }.into_any())
}

fn actions(live: LiveAccount, windows: Windows) -> AnyView {
    let account = live.get();
    let (id, kind) = (account.id, account.kind);
    let members = (kind == AwsAccountKind::Management).then(|| {
        let href = paths::aws_members(id, &AwsMemberQuery::default());
        view! { <ButtonLink href variant=ButtonVariant::Primary icon=Glyph::Users>"Manage Customer Accounts"</ButtonLink> }
    });
    let edit = (kind != AwsAccountKind::Member)
        .then(|| view! { <ButtonLink href=paths::aws_account_edit(id) icon=Glyph::Pencil disabled_because=refused(AwsAction::Edit, &account)>"Edit"</ButtonLink> });
    let check = (kind == AwsAccountKind::Single).then(|| check_button(live, refused_to_change(&account)));
    let label = format!("Actions for {}", account.name);
    let account = StoredValue::new(account);
    let item = move |(label, icon, window): (&'static str, Glyph, Window)| {
        let because = account.with_value(|account| refused(window.action(), account));
        view! { <MenuButton label icon disabled_because=because on_click=move || windows.open(window, vec![account.get_value()]) /> }
    };
    let items = offered(kind).iter().copied().map(item).collect_view();
    view! {
        {members}
        {check}
        {edit}
        <Menu id="account-menu" label variant=ButtonVariant::Secondary>{items}</Menu>
    }
    .into_any()
}

/// What can be done with an account of a kind, beside what has a button.
const fn offered(kind: AwsAccountKind) -> &'static [(&'static str, Glyph, Window)] {
    const LINK: (&str, Glyph, Window) = ("Associate Account to Customer", Glyph::Building, Window::Link);
    const UNLINK: (&str, Glyph, Window) = ("Remove Account from Customer", Glyph::Close, Window::Unlink);
    const DELETE: (&str, Glyph, Window) = ("Delete", Glyph::Trash, Window::Delete);
    match kind {
        AwsAccountKind::Management => &[DELETE],
        AwsAccountKind::Single => &[LINK, UNLINK, ("Promote to MSP", Glyph::Layers, Window::Promote), DELETE],
        AwsAccountKind::Member => {
            &[LINK, UNLINK, ("Onboard Account", Glyph::Plus, Window::Onboard), ("Remove Role ARN", Glyph::Trash, Window::Delink)]
        }
    }
}
