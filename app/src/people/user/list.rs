//! The Users page.

use domain::{NameSort, Permission, Scope, UserFilter, UserRow, UserStatus};
use leptos::prelude::*;

use super::rpc::list_users;
use crate::{
    caller::refusal,
    lists::{Add, Directory, list_page},
    paths,
    ui::{Badge, Cell, Glyph, Row, RowHeader, Tone, or_dash},
};

/// The list.
pub(super) const USERS: Directory<UserFilter> = Directory {
    place: "Accounts",
    title: "Users",
    noun: "user",
    searched: "Name, login name or e-mail address",
    about: "Users are the people who sign in, yours and your clients’.",
    glyph: Glyph::User,
    filters: &[
        (UserFilter::CURRENT, "Active and inactive"),
        (UserFilter::in_state(UserStatus::Active), UserStatus::Active.label()),
        (UserFilter::INVITED, "Invited"),
        (UserFilter::in_state(UserStatus::Inactive), UserStatus::Inactive.label()),
        (UserFilter::in_state(UserStatus::Terminated), UserStatus::Terminated.label()),
    ],
    columns: &["Name", "Login name", "E-mail address", "Organization", "Status"],
    sorted: Some(NameSort::Name),
    address: paths::users,
};

/// The page.
#[component]
pub fn UsersPage() -> impl IntoView {
    list_page(&USERS, Add { href: paths::user_new(), refused: refusal(Permission::UserManage, Scope::Visible) }, list_users, row)
}

fn row(user: UserRow) -> AnyView {
    let UserRow { id, organization, profile, status, invited, .. } = user;
    let name = profile.name();
    view! {
        <Row>
            <RowHeader><a href=paths::user(id)>{name}</a></RowHeader>
            <Cell label="Login name">{profile.login}</Cell>
            <Cell label="E-mail address">{or_dash(profile.email)}</Cell>
            <Cell label="Organization">{organization}</Cell>
            <Cell label="Status">{status_badge(status, invited)}</Cell>
        </Row>
    }
    .into_any()
}

/// The state in a word and a colour. Who never chose a password waits for that.
pub(super) fn status_badge(status: UserStatus, invited: bool) -> AnyView {
    let (tone, text) = match status {
        UserStatus::Active if invited => (Tone::Info, "Invited"),
        UserStatus::Active => (Tone::Positive, status.label()),
        UserStatus::Inactive => (Tone::Warning, status.label()),
        UserStatus::Terminated => (Tone::Neutral, status.label()),
    };
    view! { <Badge tone text /> }.into_any()
}
