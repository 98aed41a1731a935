//! A member in the list.

use domain::{AwsAccount, AwsAccountState};
use leptos::prelude::*;

use super::ticked::Ticked;
use crate::{
    aws::account::words::{customer, live_state, role, status},
    moment::moment,
    paths,
    ui::{Cell, Row, RowHeader, or_dash},
};

/// The columns behind the name.
pub(super) const COLUMNS: [&str; 5] = ["AWS status", "Customer", "State", "Role ARN", "Last check"];

/// A row.
pub(super) fn row(account: AwsAccount, ticked: Ticked) -> AnyView {
    let id = account.id;
    let selected = Signal::derive(move || ticked.has(id));
    let email = (!account.email.is_empty()).then(|| view! { <small>{account.email.clone()}</small> });
    let unfinished = matches!(account.state, AwsAccountState::Pending).then(|| view! { <a href=paths::aws_account(id)>"Finish in AWS"</a> });
    let (name, number, label) = (account.name.clone(), account.number.to_string(), format!("Select {}", account.name));
    let (status, customer, state, role) = (status(account.status), customer(&account), live_state(&account), role(&account));
    let checked = account.checked.map_or_else(|| or_dash(String::new()), moment);
    let cells = view! {
        <Cell label=COLUMNS[0]>{status}</Cell>
        <Cell label=COLUMNS[1]>{customer}</Cell>
        <Cell label=COLUMNS[2]><div class="cell-lines">{state}{unfinished}</div></Cell>
        <Cell label=COLUMNS[3]>{role}</Cell>
        <Cell label=COLUMNS[4]><div class="cell-lines">{checked}</div></Cell>
    };
    let account = StoredValue::new(account);
    view! {
        <Row selected>
            <Cell corner=true>
                <input
                    class="checkbox"
                    type="checkbox"
                    data-needs-script=""
                    aria-label=label
                    prop:checked=move || selected.get()
                    on:change:target=move |event| ticked.tick(&[account.get_value()], event.target().checked())
                />
            </Cell>
            <RowHeader><a href=paths::aws_account(id)>{name}</a><small class="mono">{number}</small>{email}</RowHeader>
            {cells}
        </Row>
    }
    .into_any()
}
