//! The Credential Sets page.

use domain::{CredentialSet, Permission, Scope};
use leptos::prelude::*;

use super::{rpc::list_credential_sets, words::type_label};
use crate::{
    caller::refusal,
    lists::{Add, Directory, list_page},
    moment::day,
    paths,
    ui::{Cell, Glyph, Row, RowHeader, or_dash},
};

/// The list. Its filters are the types that have a form.
pub(super) const SETS: Directory = Directory {
    place: "Accounts",
    title: "Credential Sets",
    noun: "credential set",
    searched: "Name",
    about: "A credential set says how devices are signed in to. Its secrets are encrypted and never shown again.",
    glyph: Glyph::Lock,
    filters: &[
        ("", "All"),
        ("AWS", "AWS"),
        ("AZURE", "Azure"),
        ("DATABASE", "Database"),
        ("HTTP", "HTTP"),
        ("SNMP", "SNMP"),
        ("SSH", "SSH"),
        ("STORAGE", "Storage"),
        ("TELNET", "Telnet"),
        ("VMWARE", "VMware"),
        ("VNC", "VNC"),
        ("WINDOWS", "Windows"),
    ],
    columns: &["Name", "Type", "Client", "Description", "Updated"],
    address: paths::credential_sets,
};

/// The page.
#[component]
pub fn CredentialSetsPage() -> impl IntoView {
    let add = Add { href: paths::credential_set_new(""), refused: refusal(Permission::CredentialSetManage, Scope::Visible) };
    list_page(SETS, add, list_credential_sets, row)
}

fn row(set: CredentialSet) -> AnyView {
    let CredentialSet { id, client, details, updated, .. } = set;
    view! {
        <Row>
            <RowHeader><a href=paths::credential_set(&id)>{details.name}</a></RowHeader>
            <Cell label="Type">{type_label(&details.credential_type)}</Cell>
            <Cell label="Client">{or_dash(client.map(|client| client.name).unwrap_or_default())}</Cell>
            <Cell label="Description">{or_dash(details.description)}</Cell>
            <Cell label="Updated">{day(updated)}</Cell>
        </Row>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_with_a_form_is_a_filter() {
        let types = domain::CREDENTIAL_TYPES.iter().map(|kind| (kind.key, kind.label));
        assert!(SETS.filters.iter().skip(1).copied().eq(types));
    }
}
