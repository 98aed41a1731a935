//! The navigation at the side.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Its name.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Its icon.
    pub icon: Glyph,
    /// Below which address all of its pages are.
    pub below: String,
    /// One is there now, or below.
    pub current: bool,
}

/// Places that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavGroup {
    /// Their common name; empty for none.
    pub label: String,
    /// The places.
    pub items: Vec<NavItem>,
}

/// All places, in groups.
#[component]
pub(super) fn NavList(groups: Signal<Vec<NavGroup>>) -> impl IntoView {
    move || groups.get().into_iter().map(group).collect_view()
}

fn group(NavGroup { label, items }: NavGroup) -> impl IntoView {
    view! {
        <div class="nav-group">
            {super::given(label).map(|label| view! { <p class="nav-label">{label}</p> })}
            <ul>{items.into_iter().map(item).collect_view()}</ul>
        </div>
    }
}

fn item(NavItem { label, href, icon, current, .. }: NavItem) -> impl IntoView {
    view! {
        <li>
            <a class="nav-item" href=href aria-current=current.then_some("page")>
                <Icon glyph=icon />
                <span>{label}</span>
            </a>
        </li>
    }
}
