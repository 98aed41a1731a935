//! The frame of all pages that need somebody to be signed in.

use domain::Caller;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{components::Outlet, hooks::use_location};

use crate::{
    caller::{OwnPicture, caller_if_any},
    leaving::job::Jobs,
    navigation::{Place, groups, seen_from},
    palette::{Palette, remember},
    paths,
    people::{
        factor::ProveAgain,
        session::{SignInAgain, rpc::DeleteSession},
    },
    ui::{AppShell, Glyph, MenuButton, MenuLink, SignedIn},
};

/// The console: navigation, the user's menu, and the page inside. Without a session, the sign-in page instead.
#[component]
pub(crate) fn PrivateLayout(
    /// The pages that stand in the navigation.
    places: Vec<Place>,
) -> impl IntoView {
    match caller_if_any() {
        Some(caller) => view! { <Console caller places /> }.into_any(),
        None => view! { <SignInFirst /> }.into_any(),
    }
}

#[component]
fn Console(caller: Caller, places: Vec<Place>) -> impl IntoView {
    provide_context(caller.clone());
    let path = use_location().pathname;
    focus_on_arrival(path);
    Jobs::provide();
    let (id, name, organisation, own) = (caller.user.id, caller.user.name(), caller.organization.clone(), OwnPicture::provide(&caller));
    let signed_in = Signal::derive(move || {
        let picture = own.get().map(|picture| paths::user_picture(id, &picture));
        SignedIn { name: name.clone(), organisation: organisation.clone(), picture }
    });
    remember(id, path);
    let (groups, palette) = (groups(&places, &caller), Palette::new(places));
    let navigation = Signal::derive(move || path.with(|path| groups.iter().map(|group| seen_from(group, path)).collect::<Vec<_>>()));
    view! {
        <AppShell home=paths::home() navigation signed_in user_menu=user_menu tools=move || palette.button()>
            <Outlet />
        </AppShell>
        {palette.place()}
        <SignInAgain />
        <ProveAgain />
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
