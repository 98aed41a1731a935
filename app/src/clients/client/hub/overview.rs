//! The first tab: what the client is to Tenantry, and its AWS accounts.

use domain::{Client, UserSummary};
use leptos::prelude::*;

use crate::{
    aws::account::client_section,
    moment::moment,
    ui::{Description, DescriptionList},
};

/// The tab.
pub(super) fn overview(client: &Client) -> AnyView {
    view! { <div class="stack">{record(client)}{client_section(client.id)}</div> }.into_any()
}

/// What remains of a client to its end.
pub(super) fn record(client: &Client) -> AnyView {
    let by = |user: &Option<UserSummary>| user.as_ref().map(|user| format!(" by {}", user.name()));
    let (id, created, updated) = (client.id.to_string(), client.created, client.updated);
    let (created_by, updated_by) = (by(&client.created_by), by(&client.updated_by));
    view! {
        <div class="card">
            <DescriptionList>
                <Description label="Unique ID"><span class="mono">{id}</span></Description>
                <Description label="Created">{moment(created)}{created_by}</Description>
                <Description label="Last updated">{moment(updated)}{updated_by}</Description>
            </DescriptionList>
        </div>
    }
    .into_any()
}
