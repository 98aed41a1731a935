//! What remains of a client that was terminated.

use domain::{Client, ClientStatus};
use leptos::prelude::*;

use super::{overview::record, page::crumbs};
use crate::{
    caller::use_caller,
    clients::client::status::status_badge,
    leaving::termination::receipt_section,
    ui::{Notice, Page},
};

/// Its bare record, and the receipt of what was erased.
pub(super) fn bare(client: &Client) -> AnyView {
    let (id, status, name) = (client.id, client.status, client.details.name.clone());
    let (title, text) = if status == ClientStatus::Terminating {
        ("This client is being erased", "Its users can’t sign in. This can’t be stopped or undone.")
    } else {
        ("This client was terminated", "Everything but this record was erased. To work with this client again, add it as a new one.")
    };
    let record = record(client);
    let of_partner = use_caller().client.is_none();
    view! {
        <Page title=name.clone() crumbs=crumbs(name) beside=move || status_badge(status)>
            <Notice title>{text}</Notice>
            {record}
            {of_partner.then(|| receipt_section(id))}
        </Page>
    }
    .into_any()
}
