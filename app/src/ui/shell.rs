//! The frames around all pages.

use leptos::{html, prelude::*, wasm_bindgen::JsCast};

use super::{Glyph, Icon, MenuPopover, MenuSeparator, NavGroup, ThemeSwitch, ToastRegion, nav::NavList};

/// The product's name.
pub const PRODUCT: &str = "Tenantry";

/// Who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub name: String,
    /// Whom the person works for.
    pub organisation: String,
    /// Where the person's picture is, if there is one.
    pub picture: Option<String>,
}

/// The frame of the console: top bar, navigation, and the page.
///
/// On a desk the navigation stands at the side; on a phone the very same element is a popover behind the menu button, which the
/// browser opens and shuts by itself.
#[component]
pub fn AppShell(
    /// Where the product's name leads.
    #[prop(into, default = "/".into())]
    home: String,
    /// The places to go to.
    #[prop(into)]
    navigation: Signal<Vec<NavGroup>>,
    /// Who is signed in.
    #[prop(into)]
    signed_in: Signal<SignedIn>,
    /// The items of the user's menu: [`MenuLink`](super::MenuLink)s, and sign-out as a form with a [`MenuButton`](super::MenuButton).
    #[prop(optional, into)]
    user_menu: ViewFn,
    /// More for the top bar, left of the user's menu.
    #[prop(optional, into)]
    tools: ViewFn,
    /// The page.
    children: Children,
) -> impl IntoView {
    let side = NodeRef::<html::Nav>::new();
    let shut_side = move |event: leptos::ev::MouseEvent| {
        let element = event.target().and_then(|target| target.dyn_into::<leptos::web_sys::Element>().ok());
        let on_link = element.is_some_and(|element| element.closest("a").is_ok_and(|link| link.is_some()));
        if let (true, Some(side)) = (on_link, side.get_untracked()) {
            // Fails where it isn't open, which is the usual case on a desk.
            _ = side.hide_popover();
        }
    };
    view! {
        <a class="skip-link" href="#content" rel="external">"Skip to content"</a>
        <div class="app">
            <header class="topbar">
                <button class="button topbar-menu" type="button" data-variant="quiet" data-icon-only="" aria-label="Navigation" popovertarget="navigation">
                    <Icon glyph=Glyph::Menu />
                </button>
                <a class="brand" href=home><Logo /><span>{PRODUCT}</span></a>
                <div class="topbar-tools">{tools.run()}</div>
                <UserMenu signed_in items=user_menu />
            </header>
            <nav class="side" id="navigation" popover="auto" aria-label="Main" node_ref=side on:click=shut_side>
                <NavList groups=navigation />
            </nav>
            <main class="content" id="content" tabindex="-1">{children()}</main>
        </div>
        <ToastRegion />
    }
}

/// The frame of pages outside of the console, such as sign-in: one card in the middle.
#[component]
pub fn CenteredShell(
    /// The heading of the page.
    #[prop(into)]
    title: String,
    /// A sentence below it.
    #[prop(optional, into)]
    description: String,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <main class="centered" id="content">
            <div class="centered-card">
                <p class="brand"><Logo /><span>{PRODUCT}</span></p>
                <h1>{title}</h1>
                {super::given(description).map(|description| view! { <p class="page-description">{description}</p> })}
                {children()}
            </div>
        </main>
        <ToastRegion />
    }
}

#[component]
fn UserMenu(signed_in: Signal<SignedIn>, items: ViewFn) -> impl IntoView {
    let name = move || signed_in.get().name;
    let organisation = move || signed_in.get().organisation;
    let avatar = move || {
        signed_in.with(|who| match who.picture.clone() {
            Some(picture) => view! { <img class="avatar" src=picture alt="" /> }.into_any(),
            None => view! { <span class="avatar" aria-hidden="true">{initials(&who.name)}</span> }.into_any(),
        })
    };
    view! {
        <button class="user-button" type="button" popovertarget="user-menu" aria-haspopup="true">
            {avatar}
            <span class="user-text">
                <span class="visually-hidden">"Your account: "</span>
                <span>{name}</span>
                <small>{organisation}</small>
            </span>
            <Icon glyph=Glyph::ChevronDown />
        </button>
        <MenuPopover id="user-menu" label="Your account">
            <p class="menu-heading"><strong>{name}</strong><small>{organisation}</small></p>
            <ThemeSwitch />
            <MenuSeparator />
            {items.run()}
        </MenuPopover>
    }
}

/// The first letters of the first and the last word.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let (first, last) = (words.next(), words.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// One roof over three homes of different size.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
            <rect class="logo-ground" width="32" height="32" rx="8" />
            <path class="logo-lines" d="M7 11h18M16 11v13M10.5 16v8M21.5 16v4" />
        </svg>
    }
}
