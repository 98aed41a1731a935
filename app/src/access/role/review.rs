//! What is added and taken away, and for whom, before it is saved.

use domain::{PermissionBits, RoleDifference, UserReference, grouped};
use leptos::prelude::*;

use super::amount::{Amounts, Compared};
use crate::{
    loading::Loaded,
    ui::{Cell, Column, DataTable, Row, RowHeader, Spinner},
};

/// What a save would change, as soon as it is known.
pub(super) fn review(amounts: Amounts) -> AnyView {
    let shown = move |(of, difference): Compared| {
        let difference = StoredValue::new(difference);
        let view = move || if amounts.is_current(&of) { difference.with_value(changes) } else { waiting() };
        IntoAny::into_any(view)
    };
    view! { <Loaded resource=amounts.answer view=Callback::new(shown) skeleton=ViewFn::from(waiting) /> }.into_any()
}

fn waiting() -> AnyView {
    view! { <Spinner label="Counting" /> }.into_any()
}

fn changes(difference: &RoleDifference) -> AnyView {
    let RoleDifference { after, gained, lost, joining, leaving, .. } = difference;
    let lines = [
        ("Clients", gained.clients, lost.clients, after.clients),
        ("Devices", gained.devices, lost.devices, after.devices),
        ("Credential sets", gained.credential_sets, lost.credential_sets, after.credential_sets),
        ("Users", gained.users, lost.users, after.users),
    ];
    let row = |(label, gained, lost, after): (&'static str, u64, u64, u64)| {
        view! {
            <Row>
                <RowHeader>{label}</RowHeader>
                <Cell label="Added" number=true>{signed('+', gained)}</Cell>
                <Cell label="Taken away" number=true>{signed('−', lost)}</Cell>
                <Cell label="Then" number=true>{grouped(after)}</Cell>
            </Row>
        }
    };
    let columns = vec![
        Column::new("What the role’s users see"),
        Column::new("Added").number(),
        Column::new("Taken away").number(),
        Column::new("Then").number(),
    ];
    let permissions = [("Permissions granted", gained.permissions), ("Permissions removed", lost.permissions)];
    let permission = |(label, bits): (&'static str, PermissionBits)| {
        let names: Vec<_> = bits.iter().map(domain::Permission::name).collect();
        (!names.is_empty()).then(|| view! { <p><strong>{label}": "</strong>{names.join(", ")}"."</p> })
    };
    let people = [("Users added", joining, gained.users), ("Users removed", leaving, lost.users)];
    let people = people.map(|(label, first, all)| {
        let names = names(first, all);
        (!names.is_empty()).then(|| view! { <p><strong>{label}": "</strong>{names}"."</p> })
    });
    view! {
        <div class="stack-small">
            <DataTable caption="What will change" columns>{lines.map(row).collect_view()}</DataTable>
            {people.into_iter().collect_view()}
            {permissions.map(permission).into_iter().collect_view()}
        </div>
    }
    .into_any()
}

fn signed(sign: char, count: u64) -> AnyView {
    match count {
        0 => view! { <span class="missing" aria-label="none">"—"</span> }.into_any(),
        count => format!("{sign}{}", grouped(count)).into_any(),
    }
}

/// The first by name, and how many more.
fn names(first: &[UserReference], all: u64) -> String {
    let name = |user: &UserReference| {
        let name = format!("{} {}", user.first_name, user.last_name);
        if name.trim().is_empty() { user.login.clone() } else { name.trim().to_owned() }
    };
    let names = first.iter().map(name).collect::<Vec<_>>().join(", ");
    match all.saturating_sub(first.len() as u64) {
        0 => names,
        more => format!("{names} and {} more", grouped(more)),
    }
}
