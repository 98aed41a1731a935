//! Many clients from a file.

use domain::{ClientQuery, Error, Permission, Scope};
use leptos::prelude::*;

use super::{
    file::{Import, file},
    reading::{Reading, reading},
    report::report,
    template::template,
};
use crate::{
    caller::use_caller,
    paths,
    thing::{may_not, not_found},
    ui::{ButtonLink, Crumb, Glyph, Page},
};

/// The page.
#[component]
pub fn ClientImportPage() -> impl IntoView {
    let caller = use_caller();
    let content = match caller.can(Permission::ClientCreate, Scope::Partner(caller.partner)) {
        Ok(()) => view! { <Importer /> }.into_any(),
        // A client's users know nothing of other clients.
        Err(Error::NotFound) => return not_found("Page"),
        Err(refusal) => may_not("You can’t import clients", refusal.to_string()),
    };
    let crumbs =
        vec![Crumb::text("Setup"), Crumb::text("Accounts"), Crumb::link("Clients", paths::clients(&ClientQuery::default())), Crumb::text("Import")];
    let restore = || view! { <ButtonLink href=paths::client_restore() icon=Glyph::Upload>"Restore a backup"</ButtonLink> };
    view! { <Page title="Import clients" crumbs actions=restore>{content}</Page> }.into_any()
}

#[component]
fn Importer() -> impl IntoView {
    let import = Import::new();
    let checked = move || {
        let found = import.report.get()?;
        let fields = Reading::of(&found, import.reading.get_untracked().csv);
        let section = reading(import, found.read.clone(), fields.clone());
        Some(view! { {section}{report(import, found, fields)} })
    };
    view! {
        <div class="stack">
            {file(import)}
            {checked}
            {template()}
        </div>
    }
}
