//! The API Keys page.

use domain::{ApiKey, ApiKeyFilter, NameSort, OfClient};
use leptos::prelude::*;

use super::{
    refused_to_add,
    rpc::list_api_keys,
    words::{expiry, last_use, restriction, state_badge},
};
use crate::{
    lists::{ADMINISTRATION, Add, Directory, list_page, organization_link},
    paths,
    ui::{Cell, Glyph, Row, RowHeader, or_dash},
};

/// The list.
pub(super) const KEYS: Directory<OfClient<Option<ApiKeyFilter>>> = Directory {
    place: ADMINISTRATION,
    title: "API Keys",
    noun: "API key",
    searched: "Name or client",
    about: "Programs sign in to the API with a key. Its roles say what they can do.",
    glyph: Glyph::Key,
    filters: &[
        (OfClient::any(None), "In force"),
        (OfClient::any(Some(ApiKeyFilter::Expiring)), ApiKeyFilter::Expiring.label()),
        (OfClient::any(Some(ApiKeyFilter::Revoked)), ApiKeyFilter::Revoked.label()),
    ],
    columns: &["Name", "Organization", "Key", "Roles", "Last used", "Expires", "Restricted to", "State"],
    sorted: Some(NameSort::Name),
    address: paths::api_keys,
};

/// The page.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    list_page(&KEYS, Add { href: paths::api_key_new(), refused: refused_to_add() }, list_api_keys, row)
}

fn row(key: ApiKey) -> AnyView {
    let roles = key.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join(", ");
    let (used, state) = (last_use(&key), state_badge(key.state));
    let ApiKey { id, key, client, name, organization, allowed_ips, expires, .. } = key;
    view! {
        <Row>
            <RowHeader><a href=paths::api_key(id)>{name}</a></RowHeader>
            <Cell label="Organization">{organization_link(client, organization)}</Cell>
            <Cell label="Key"><span class="mono">{short(&key)}</span></Cell>
            <Cell label="Roles">{or_dash(roles)}</Cell>
            <Cell label="Last used">{used}</Cell>
            <Cell label="Expires">{expiry(expires)}</Cell>
            <Cell label="Restricted to">{restriction(&allowed_ips)}</Cell>
            <Cell label="State">{state}</Cell>
        </Row>
    }
    .into_any()
}

/// Enough of a key to know it by.
fn short(key: &str) -> String {
    key.chars().take(8).chain("…".chars()).collect()
}
