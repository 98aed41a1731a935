//! Many devices from a file: it is looked at first, and imported when every row of it is right.

use domain::{DeviceImported, Permission, Scope, counted};
use leptos::prelude::*;

use super::{
    columns::columns,
    file::{Import, Stage, file},
    report::report,
};
use crate::{
    caller::refusal,
    inventory::device::list::DEVICES,
    paths,
    thing::may_not,
    ui::{ButtonLink, Crumb, Notice, Page, Section, Tone},
};

/// The page.
#[component]
pub fn DeviceImportPage() -> impl IntoView {
    let content = match refusal(Permission::DeviceManage, Scope::Visible) {
        Some(reason) => may_not("You can’t import devices", reason),
        None => view! { <Importer /> }.into_any(),
    };
    view! { <Page title="Import devices" crumbs=DEVICES.crumbs([Crumb::text("Import")])>{content}</Page> }
}

#[component]
fn Importer() -> impl IntoView {
    let import = Import::new();
    let below = move || match import.stage.get() {
        Stage::Choosing => None,
        Stage::Looked(found) => Some(view! { <Section title="Preview">{report(import, found)}</Section> }.into_any()),
        Stage::Done(imported) => Some(done(imported)),
    };
    view! {
        <div class="stack">
            {file(import)}
            {below}
            {columns()}
        </div>
    }
}

/// What was made.
fn done(imported: DeviceImported) -> AnyView {
    let DeviceImported { added, replaced, skipped } = imported;
    let made = counted(added, "device was imported", "devices were imported");
    let replaced = (replaced > 0).then(|| view! { <p>{format!("{}.", counted(replaced, "device was updated", "devices were updated"))}</p> });
    let skipped = (skipped > 0).then(|| {
        view! { <p>{format!("{} skipped.", counted(skipped, "row was", "rows were"))}</p> }
    });
    let list = paths::devices(&domain::DeviceQuery::default());
    view! {
        <Notice tone=Tone::Positive title=format!("{made}.")>
            {replaced}
            {skipped}
            <p><ButtonLink href=list>"See the devices"</ButtonLink></p>
        </Notice>
    }
    .into_any()
}
