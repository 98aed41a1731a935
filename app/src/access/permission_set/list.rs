//! The Permission Sets page.

use domain::{NameSort, PermissionSet, PermissionSetFilter};
use leptos::prelude::*;

use super::{form::refused_to_make, rpc::list_permission_sets, words::whose};
use crate::{
    lists::{Add, Directory, list_page},
    moment::day,
    paths,
    ui::{Badge, Cell, Glyph, Row, RowHeader, or_dash},
};

/// The list.
pub(super) const SETS: Directory<Option<PermissionSetFilter>> = Directory {
    place: "Accounts",
    title: "Permission Sets",
    noun: "permission set",
    searched: "Name",
    about: "Permission sets say what users can do. A role has one or more of them.",
    glyph: Glyph::Shield,
    filters: &[
        (None, "All"),
        (Some(PermissionSetFilter::Msp), PermissionSetFilter::Msp.label()),
        (Some(PermissionSetFilter::Client), PermissionSetFilter::Client.label()),
        (Some(PermissionSetFilter::Default), PermissionSetFilter::Default.label()),
        (Some(PermissionSetFilter::Own), PermissionSetFilter::Own.label()),
    ],
    columns: &["Name", "Description", "For", "Permissions", "Updated"],
    sorted: Some(NameSort::Name),
    address: paths::permission_sets,
};

/// The page.
#[component]
pub fn PermissionSetsPage() -> impl IntoView {
    list_page(&SETS, Add { href: paths::permission_set_new(), refused: refused_to_make() }, list_permission_sets, row)
}

fn row(set: PermissionSet) -> AnyView {
    let PermissionSet { id, name, description, scope, is_default, permissions, updated, .. } = set;
    let default = is_default.then(|| view! { <Badge text="Default" /> });
    view! {
        <Row>
            <RowHeader><span class="row"><a href=paths::permission_set(&id)>{name}</a>{default}</span></RowHeader>
            <Cell label="Description">{or_dash(description)}</Cell>
            <Cell label="For">{whose(scope)}</Cell>
            <Cell label="Permissions">{permissions.iter().count().to_string()}</Cell>
            <Cell label="Updated" secondary=true>{day(updated)}</Cell>
        </Row>
    }
    .into_any()
}
