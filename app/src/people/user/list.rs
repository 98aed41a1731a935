//! The Users page.

use domain::{ClientId, ListedUser, NameSort, Permission, Scope, UserFilter, UserRow, UserStatus};
use leptos::prelude::*;

use super::rpc::list_user_directory;
use crate::{
    caller::refusal,
    clients::client::ClientTab,
    lists::{Add, Directory, Stand, list_page, list_view, organization_link},
    moment::moment,
    paths,
    ui::{Badge, Cell, Glyph, Row, RowHeader, Tone, or_dash},
};

/// The list.
pub(super) const USERS: Directory<UserFilter> = Directory {
    place: "Accounts",
    title: "Users",
    noun: "user",
    searched: "Name, login name, e-mail address or client",
    about: "Users are the people who sign in, yours and your clients’.",
    glyph: Glyph::User,
    filters: &[
        (UserFilter::CURRENT, "Active and inactive"),
        (UserFilter::in_state(UserStatus::Active), UserStatus::Active.label()),
        (UserFilter::INVITED, "Invited"),
        (UserFilter::in_state(UserStatus::Inactive), UserStatus::Inactive.label()),
        (UserFilter::in_state(UserStatus::Terminated), UserStatus::Terminated.label()),
    ],
    columns: &["Name", "Organization", "Roles", "Last sign-in", "Two-factor", "Status"],
    sorted: Some(NameSort::Name),
    address: paths::users,
};

/// The page.
#[component]
pub fn UsersPage() -> impl IntoView {
    list_page(&USERS, Add { href: paths::user_new(None), refused: refusal(Permission::UserManage, Scope::Visible) }, list_user_directory, row)
}

/// The users of a client, on its page.
pub(crate) fn client_users(client: ClientId) -> AnyView {
    list_view(Stand::at(&USERS, client, ClientTab::Users), list_user_directory, row)
}

fn row(user: ListedUser) -> AnyView {
    let ListedUser { row, roles, last_sign_in, second_factor } = user;
    let UserRow { id, client, organization, profile, status, invited, .. } = row;
    let (name, login) = (profile.name(), profile.login);
    let login = (login != name).then(|| view! { <small>{login}</small> });
    let roles = roles.into_iter().map(|role| role.name).collect::<Vec<_>>().join(", ");
    let last_sign_in = last_sign_in.map_or_else(|| or_dash(String::new()), moment);
    view! {
        <Row>
            <RowHeader><a href=paths::user(id)>{name}</a>{login}</RowHeader>
            <Cell label="Organization">{organization_link(client, organization)}</Cell>
            <Cell label="Roles">{or_dash(roles)}</Cell>
            <Cell label="Last sign-in">{last_sign_in}</Cell>
            <Cell label="Two-factor" secondary=true>{or_dash(if second_factor { "On" } else { "" }.to_owned())}</Cell>
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
