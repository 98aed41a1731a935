//! The frame of all pages that need somebody to be signed in.

use domain::{Caller, CatalogueKind, ClientId, ClientQuery, ListQuery, Permission, Scope, api_key_permission};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{components::Outlet, hooks::use_location};

use crate::{
    caller::{OwnPicture, caller_if_any},
    paths,
    people::session::{SignInAgain, rpc::DeleteSession},
    ui::{AppShell, Glyph, MenuButton, MenuLink, NavGroup, NavItem, SignedIn},
};

/// The console: navigation, the user's menu, and the page inside. Whoever isn't signed in gets to the sign-in page instead.
#[component]
pub fn PrivateLayout() -> impl IntoView {
    match caller_if_any() {
        Some(caller) => view! { <Console caller /> }.into_any(),
        None => view! { <SignInFirst /> }.into_any(),
    }
}

#[component]
fn Console(caller: Caller) -> impl IntoView {
    provide_context(caller.clone());
    let path = use_location().pathname;
    focus_on_arrival(path);
    let (id, name, organisation, own) = (caller.user.id, caller.user.name(), caller.organization.clone(), OwnPicture::provide(&caller));
    let signed_in = Signal::derive(move || {
        let picture = own.get().map(|picture| paths::user_picture(id, &picture));
        SignedIn { name: name.clone(), organisation: organisation.clone(), picture }
    });
    let groups = places(&caller);
    let navigation = Signal::derive(move || path.with(|path| groups.iter().map(|group| seen_from(group, path)).collect::<Vec<_>>()));
    view! {
        <AppShell home=paths::home() navigation signed_in user_menu=user_menu>
            <Outlet />
        </AppShell>
        <SignInAgain />
    }
}

fn user_menu() -> impl IntoView {
    view! {
        <MenuLink href=paths::account() label="Account" icon=Glyph::User />
        <MenuLink href=paths::api_docs() label="REST API" icon=Glyph::File external=true />
        <form method="post" action=DeleteSession::url()>
            <MenuButton label="Sign out" icon=Glyph::SignOut submit=true />
        </form>
    }
}

/// Where the caller may go to. What isn't there for the caller isn't shown.
fn places(caller: &Caller) -> Vec<NavGroup> {
    let may = |permission, scope| caller.can(permission, scope).is_ok();
    let partner = Scope::Partner(caller.partner);
    let item = |label: &str, href: String, icon| NavItem { label: label.to_owned(), href, icon, current: false };
    let mut groups = Vec::new();
    let mut group = |label: &str, items: Vec<NavItem>| {
        if !items.is_empty() {
            groups.push(NavGroup { label: label.to_owned(), items });
        }
    };

    let clients = may(Permission::ClientView, Scope::Visible).then(|| item("Clients", paths::clients(&ClientQuery::default()), Glyph::Building));
    let plain = ListQuery::default();
    let users = may(Permission::UserView, Scope::Visible).then(|| item("Users", paths::users(&plain), Glyph::User));
    let groups_of_users = may(Permission::UserGroupView, Scope::Visible).then(|| item("User Groups", paths::user_groups(&plain), Glyph::Users));
    let sets = may(Permission::RoleView, Scope::Visible).then(|| item("Permission Sets", paths::permission_sets(&plain), Glyph::Shield));
    let roles = may(Permission::RoleView, Scope::Visible).then(|| item("Roles", paths::roles(&plain), Glyph::Key));
    let credentials = may(Permission::CredentialSetView, Scope::Visible);
    let credential_sets = credentials.then(|| item("Credential Sets", paths::credential_sets(&plain), Glyph::Lock));
    group("Setup · Accounts", clients.into_iter().chain(users).chain(groups_of_users).chain(sets).chain(roles).chain(credential_sets).collect());

    let devices = may(Permission::DeviceView, Scope::Visible)
        .then(|| [item("Devices", paths::devices(&plain), Glyph::Monitor), item("Device Groups", paths::device_groups(&plain), Glyph::Layers)]);
    group("Setup · Resources", devices.into_iter().flatten().collect());

    // Technologies are shown within their services.
    let kinds = CatalogueKind::ALL.iter().filter(|kind| may(Permission::CatalogueView, partner) && **kind != CatalogueKind::Technology);
    group("Setup · Catalogues", kinds.map(|kind| item(kind.label(), paths::catalogue(*kind), glyph(*kind))).collect());

    let settings = may(Permission::SettingView, partner).then(|| item("Settings", paths::settings(), Glyph::Settings));
    let place = caller.place();
    let of_client = api_key_permission(Scope::Client(ClientId::new(0)), false);
    let keys = (may(api_key_permission(place, false), place) || may(of_client, Scope::Visible))
        .then(|| item("API Keys", paths::api_keys(&plain), Glyph::Key));
    group("Administration", settings.into_iter().chain(keys).collect());
    groups
}

const fn glyph(kind: CatalogueKind) -> Glyph {
    match kind {
        CatalogueKind::Package => Glyph::File,
        CatalogueKind::AddOn => Glyph::Plus,
        CatalogueKind::Service | CatalogueKind::Technology => Glyph::Globe,
        CatalogueKind::Integration => Glyph::Cloud,
        CatalogueKind::RemoteAccess => Glyph::Key,
        CatalogueKind::AgentPolicy => Glyph::Shield,
    }
}

/// The group as seen from an address: the place where one is, or which one is below, is marked.
fn seen_from(group: &NavGroup, path: &str) -> NavGroup {
    let here = |href: &str| path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let items = group.items.iter().map(|item| NavItem { current: here(&item.href), ..item.clone() });
    NavGroup { label: group.label.clone(), items: items.collect() }
}

/// After following a link, the focus goes to the new page, as it would when a page is loaded; otherwise it would stay on a link that is gone.
fn focus_on_arrival(path: Memo<String>) {
    Effect::new(move |before: Option<String>| {
        let here = path.get();
        if before.is_some_and(|before| before != here) {
            request_animation_frame(|| {
                use leptos::wasm_bindgen::JsCast;
                let content = document().get_element_by_id("content").and_then(|content| content.dyn_into::<leptos::web_sys::HtmlElement>().ok());
                if let Some(content) = content {
                    _ = content.focus();
                }
            });
        }
        here
    });
}

/// Leads to the sign-in page and from there back here: on the server by a redirection, in the browser by loading that page.
#[component]
fn SignInFirst() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_axum::redirect(&paths::login_then(&use_location().pathname.get_untracked()));
    Effect::new(|_| crate::forms::sign_in_again());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_current_when_one_is_there_or_below() {
        let item = NavItem { label: "Clients".into(), href: "/clients".into(), icon: Glyph::Building, current: false };
        let group = NavGroup { label: String::new(), items: vec![item] };
        for (path, current) in [("/clients", true), ("/clients/client_8", true), ("/clientship", false), ("/", false)] {
            assert_eq!(seen_from(&group, path).items.first().map(|item| item.current), Some(current), "{path}");
        }
    }
}
