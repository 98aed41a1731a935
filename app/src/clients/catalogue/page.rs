//! The page of one catalogue.

use domain::{CatalogueItem, CatalogueKind, Catalogues, Permission, Scope};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    actions::Actions,
    editor::ItemEditor,
    list::item_table,
    rpc::{list_catalogues, restore_catalogue_item, retire_catalogue_item},
    services::service_sections,
};
use crate::{
    caller::{refusal, use_caller},
    error::UiError,
    forms::Sending,
    loading::{Answer, Loaded, ask},
    paths,
    thing::not_found,
    ui::{Button, ButtonVariant, ConfirmDialog, Crumb, EmptyState, Glyph, Page, SearchBox, Tab, TabNav, TableSkeleton, use_toasts},
};

/// The catalogue that the address names.
#[component]
pub fn CataloguePage() -> impl IntoView {
    let params = use_params_map();
    let caller = use_caller();
    // The names in it are known to whoever sees a client, but the catalogue itself is the partner's.
    let may_view = caller.can(Permission::CatalogueView, Scope::Partner(caller.partner)).is_ok();
    // Technologies are shown within their services.
    let named = move || params.with(|params| params.get("kind")).and_then(|key| CatalogueKind::from_key(&key));
    let kind = Memo::new(move |_| named().filter(|kind| may_view && *kind != CatalogueKind::Technology));
    let catalogues = ask(|| (), |()| list_catalogues());
    move || match kind.get() {
        Some(kind) => view! { <Catalogue kind catalogues /> }.into_any(),
        None => not_found("Catalogue"),
    }
}

#[component]
fn Catalogue(kind: CatalogueKind, catalogues: Answer<Catalogues>) -> impl IntoView {
    let refused = refusal(Permission::CatalogueManage, Scope::Partner(use_caller().partner));
    let actions = Actions::new(refused);
    let search = RwSignal::new(String::new());
    let changed = Callback::new(move |()| catalogues.refetch());
    let add = move || {
        view! {
            <Button
                variant=ButtonVariant::Primary
                icon=Glyph::Plus
                disabled_because=actions.refused()
                on_click=move || actions.add(kind, None)
            >
                {format!("Add {}", kind.noun())}
            </Button>
        }
    };
    let content = move |catalogues: Catalogues| {
        let catalogues = StoredValue::new(catalogues);
        (move || catalogues.with_value(|catalogues| items(kind, catalogues, &search.get(), actions))).into_any()
    };
    let crumbs = vec![Crumb::text("Setup"), Crumb::text("Catalogues"), Crumb::text(kind.label())];
    view! {
        <Page title=kind.label() crumbs description=description(kind) actions=add>
            <TabNav label="Catalogues" tabs=tabs(kind) />
            <div data-needs-script=""><SearchBox name="search" label=format!("Search {}", kind.label()) placeholder="Search" value=search /></div>
            <Loaded resource=catalogues view=Callback::new(content) skeleton=ViewFn::from(|| view! { <TableSkeleton rows=5 /> }) />
        </Page>
        <Editing actions changed />
        <RetireQuestion actions changed />
    }
}

/// Every catalogue; technologies are shown within their services.
fn tabs(current: CatalogueKind) -> Vec<Tab> {
    let kinds = CatalogueKind::ALL.iter().copied().filter(|kind| *kind != CatalogueKind::Technology);
    kinds.map(|kind| Tab { label: kind.label().to_owned(), href: paths::catalogue(kind), current: kind == current, ..Tab::default() }).collect()
}

/// What a client's package, service and so on is, for somebody who sees the page for the first time.
const fn description(kind: CatalogueKind) -> &'static str {
    match kind {
        CatalogueKind::Package => "What clients buy as a bundle. A client can have several.",
        CatalogueKind::AddOn => "What clients can buy on top of a package.",
        CatalogueKind::Service | CatalogueKind::Technology => "Services you provide, each with its technologies.",
        CatalogueKind::Integration => "Custom integrations that clients can inherit.",
        CatalogueKind::RemoteAccess => "Remote access features you can enable for clients.",
        CatalogueKind::AgentPolicy => "Policies for the agents on a client’s devices.",
    }
}

/// The items whose name or description holds the words; a service also if one of its technologies does.
fn items(kind: CatalogueKind, catalogues: &Catalogues, words: &str, actions: Actions) -> AnyView {
    let words = words.trim().to_lowercase();
    let holds = |item: &&CatalogueItem| [&item.name, &item.description].iter().any(|text| text.to_lowercase().contains(&words));
    let found: Vec<_> =
        catalogues.of(kind).filter(|item| holds(item) || catalogues.technologies(item.id).any(|technology| holds(&technology))).cloned().collect();
    if catalogues.of(kind).next().is_none() {
        let title = format!("No {} yet", kind.label().to_lowercase());
        return view! { <EmptyState glyph=Glyph::File title text="Items you add here can be selected for any client." /> }.into_any();
    }
    if found.is_empty() {
        return view! { <EmptyState glyph=Glyph::Search title="Nothing found" text="No items match your search. Try fewer words or clear the search." /> }
            .into_any();
    }
    match kind {
        CatalogueKind::Service => service_sections(found, catalogues, actions),
        _ => item_table(kind.label(), found, actions),
    }
}

#[component]
fn Editing(actions: Actions, changed: Callback<()>) -> impl IntoView {
    move || {
        actions.edit.get().map(|(kind, parent, item)| {
            let saved = Callback::new(move |_| changed.run(()));
            view! { <ItemEditor kind parent item open=RwSignal::new(true) on_saved=saved on_outdated=changed /> }
        })
    }
}

/// Asks before an item is retired or restored, and says what that means.
#[component]
fn RetireQuestion(actions: Actions, changed: Callback<()>) -> impl IntoView {
    let (sending, toasts) = (Sending::new(), use_toasts());
    move || {
        actions.retire_or_restore.get().map(|item| {
            let CatalogueItem { id, name, retired, .. } = item;
            let open = RwSignal::new(true);
            let done = move |answer: Result<CatalogueItem, UiError>| {
                open.set(false);
                match answer {
                    Ok(item) if item.retired => toasts.success(format!("“{}” was retired.", item.name)),
                    Ok(item) => toasts.success(format!("“{}” is offered again.", item.name)),
                    Err(error) => toasts.error(error.to_string()),
                }
                changed.run(());
            };
            let go = move || {
                sending.run(async move { if retired { restore_catalogue_item(id).await } else { retire_catalogue_item(id).await } }, done);
            };
            let (verb, body) = if retired {
                ("Restore", "It can be selected for clients again.")
            } else {
                ("Retire", "It can no longer be selected. Clients that have it keep it. You can restore it at any time.")
            };
            view! {
                <ConfirmDialog
                    id="catalogue-offer"
                    title=format!("{verb} “{name}”?")
                    body
                    confirm=verb
                    danger=!retired
                    open
                    busy=sending.busy()
                    on_confirm=go
                />
            }
        })
    }
}
