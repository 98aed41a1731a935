//! The Credential Sets page.

use domain::{CREDENTIAL_TYPES, ClientId, CredentialSet, CredentialType, NameSort, OfClient, Permission, Scope};
use leptos::prelude::*;

use super::{rpc::list_credential_sets, words::type_label};
use crate::{
    caller::refusal,
    clients::client::ClientTab,
    lists::{Add, Directory, Stand, client_link, list_page, list_view},
    moment::day,
    paths,
    ui::{Cell, Glyph, Row, RowHeader, or_dash},
};

/// All sets, and those of each type that has a form.
static TYPES: [(OfClient<Option<CredentialType>>, &str); CREDENTIAL_TYPES.len() + 1] = {
    let mut filters = [(OfClient::any(None), "All"); CREDENTIAL_TYPES.len() + 1];
    let mut at = 0;
    while at < CREDENTIAL_TYPES.len() {
        let kind = CREDENTIAL_TYPES[at];
        at += 1;
        filters[at] = (OfClient::any(Some(kind)), kind.label);
    }
    filters
};

/// The list.
pub(super) const SETS: Directory<OfClient<Option<CredentialType>>> = Directory {
    place: "Accounts",
    title: "Credential Sets",
    noun: "credential set",
    searched: "Name or client",
    about: "Credential sets store how to sign in to devices. Secrets are encrypted and never shown again.",
    glyph: Glyph::Lock,
    filters: &TYPES,
    columns: &["Name", "Type", "Client", "Description", "Updated"],
    sorted: Some(NameSort::Name),
    address: paths::credential_sets,
};

/// The page.
#[component]
pub fn CredentialSetsPage() -> impl IntoView {
    let add = Add { href: paths::credential_set_new("", None), refused: refusal(Permission::CredentialSetManage, Scope::Visible) };
    list_page(&SETS, add, list_credential_sets, row)
}

/// The credential sets of a client, on its page.
pub(crate) fn client_credential_sets(client: ClientId) -> AnyView {
    list_view(Stand::at(&SETS, client, ClientTab::CredentialSets), list_credential_sets, row)
}

fn row(set: CredentialSet) -> AnyView {
    let CredentialSet { id, client, details, updated, .. } = set;
    view! {
        <Row>
            <RowHeader><a href=paths::credential_set(&id)>{details.name}</a></RowHeader>
            <Cell label="Type">{type_label(&details.credential_type)}</Cell>
            <Cell label="Client">{client_link(client)}</Cell>
            <Cell label="Description">{or_dash(details.description)}</Cell>
            <Cell label="Updated" secondary=true>{day(updated)}</Cell>
        </Row>
    }
    .into_any()
}
