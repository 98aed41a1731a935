//! The page.

use domain::{Home, Permission, Scope, Total};
use leptos::prelude::*;
use leptos_router::components::Redirect;

use super::{
    attention::{attention, drafts},
    figures::{clients, created, devices},
    rpc::get_home,
};
use crate::{
    caller::use_caller,
    leaving::job::use_jobs,
    loading::{Loaded, ask},
    paths,
    ui::{ButtonLink, ButtonVariant, EmptyState, Glyph, Page},
};

/// What one wants to know first. A client's users come to their client, if they may see its page.
#[component]
pub fn HomePage() -> impl IntoView {
    let caller = use_caller();
    match caller.client.filter(|_| caller.can(Permission::ClientView, Scope::Visible).is_ok()) {
        Some(client) => view! { <Redirect path=paths::client(client) /> }.into_any(),
        None => home(),
    }
}

fn home() -> AnyView {
    let home = ask(|| (), |()| get_home());
    let jobs = use_jobs();
    Effect::new(move |before: Option<u64>| {
        let ended = jobs.ended();
        if before.is_some_and(|before| before != ended) {
            home.refetch();
        }
        ended
    });
    view! {
        <Page title="Home">
            <Loaded resource=home view=Callback::new(shown) />
        </Page>
    }
    .into_any()
}

fn shown(home: Home) -> AnyView {
    let Home { at, attention: figures, drafts: begun, clients: by_status, created: by_month, devices: by_kind } = home;
    let is_new = !by_status.is_empty() && by_status.iter().all(|(_, total)| *total == Total::Exactly(0));
    let has_devices = by_kind.iter().any(|(_, total)| *total != Total::Exactly(0));
    view! {
        <div class="home">
            {attention(figures, at)}
            {(!begun.is_empty()).then(|| drafts(begun))}
            {if is_new { first_client() } else { (!by_status.is_empty()).then(|| clients(by_status)).into_any() }}
            {has_devices.then(|| devices(by_kind))}
            {(!is_new && !by_month.is_empty()).then(|| created(by_month))}
        </div>
    }
    .into_any()
}

/// Before there is anything to count.
fn first_client() -> AnyView {
    let caller = use_caller();
    let may_create = caller.can(Permission::ClientCreate, Scope::Partner(caller.partner)).is_ok();
    let add = may_create.then(|| {
        view! { <ButtonLink href=paths::client_new() variant=ButtonVariant::Primary icon=Glyph::Plus>"Add the first client"</ButtonLink> }
    });
    view! {
        <EmptyState glyph=Glyph::Building title="No clients yet" text="Clients are the organizations that you look after.">{add}</EmptyState>
    }
    .into_any()
}
