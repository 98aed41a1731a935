//! Many devices from a file: it is looked at first, and imported when every row of it is right.

mod columns;
mod file;
mod report;

use domain::{DeviceImported, Permission, Scope, counted};
use leptos::prelude::*;

use super::list::DEVICES;
use crate::{
    caller::refusal,
    paths,
    thing::may_not,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Glyph, Notice, Page, Section, Tone},
};
use columns::columns;
use file::{Import, Stage, file_section};
use report::report;

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
            {file_section(import)}
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
    let list = paths::devices(&domain::ListQuery::default());
    view! {
        <Notice tone=Tone::Positive title=format!("{made}.")>
            {replaced}
            {skipped}
            <p><ButtonLink href=list>"See the devices"</ButtonLink></p>
        </Notice>
    }
    .into_any()
}

/// The button that imports, or why it can't be used.
fn import_button(import: Import, words: impl Fn() -> String + Send + 'static, refused: Option<&'static str>) -> AnyView {
    let disabled_because = refused.map(ToOwned::to_owned);
    view! {
        <div class="actions">
            <Button
                variant=ButtonVariant::Primary
                icon=Glyph::Upload
                busy=import.sending.busy()
                disabled_because
                on_click=move || import.import()
            >
                {words}
            </Button>
        </div>
    }
    .into_any()
}
