//! The users of a group, to read and to pick.

use domain::{ClientId, ListPage, OwnerFilter, Total, UserFilter, UserGroupId, UserRow};
use leptos::prelude::*;

use super::rpc::list_group_users;
use crate::{
    error::UiError,
    lists::search_address,
    paths,
    people::user::rpc::{list_client_users, list_users},
    ui::{Candidates, Cell, Choice, Column, DataTable, Found, Picked, Row, RowHeader, or_dash},
};

/// How many of all are beyond a page's rows.
fn beyond(page: &ListPage<UserRow>, all: u64) -> u64 {
    let all = match page.total {
        Total::Exactly(total) => total,
        Total::MoreThan(total) => all.max(total),
    };
    all.saturating_sub(page.rows.len() as u64)
}

/// The first of a group's users, and how many more there are.
pub(super) fn table(page: ListPage<UserRow>, all: u64) -> AnyView {
    if page.rows.is_empty() {
        return view! { <p class="muted">"No users in this group."</p> }.into_any();
    }
    let beyond = beyond(&page, all);
    let row = |user: UserRow| {
        let name = user.profile.name();
        view! {
            <Row>
                <RowHeader><a href=paths::user(user.id)>{name}</a></RowHeader>
                <Cell label="Login name">{user.profile.login}</Cell>
                <Cell label="E-mail address">{or_dash(user.profile.email)}</Cell>
            </Row>
        }
    };
    let columns = ["Name", "Login name", "E-mail address"].map(Column::new).to_vec();
    view! {
        <DataTable caption="Users of the group" columns>{page.rows.into_iter().map(row).collect_view()}</DataTable>
        {(beyond > 0).then(|| view! { <p class="muted">{format!("And {beyond} more.")}</p> })}
    }
    .into_any()
}

/// A choice that begins with the first of a group's users.
pub(super) fn picked(page: &ListPage<UserRow>, all: u64) -> Picked {
    Picked::among(page.rows.iter().map(choice).collect(), beyond(page, all))
}

fn choice(user: &UserRow) -> Choice {
    Choice::new(user.id.to_string(), user.profile.name()).with_detail(format!("{} · {}", user.profile.login, user.organization))
}

/// The users who can join a group, each marked if they are members. Both searches use the same words and order, so every candidate who is a member is
/// among the group's first users.
pub(super) fn candidates(group: UserGroupId, client: Option<ClientId>) -> Candidates {
    Candidates::new(move |words| {
        let group = group.clone();
        async move {
            let message = |error: UiError| error.to_string();
            let members = list_group_users(group, search_address((), words.clone())).await.map_err(message)?.rows;
            let users = match client {
                Some(client) => list_client_users(client, search_address((), words)).await,
                None => list_users(search_address(UserFilter::of_owner(OwnerFilter::Partner), words)).await,
            };
            let users = users.map_err(message)?;
            let is_in = |user: &UserRow| members.iter().any(|member| member.id == user.id);
            Ok(Found { choices: users.rows.iter().map(|user| (choice(user), is_in(user))).collect(), more: users.next.is_some() })
        }
    })
}
