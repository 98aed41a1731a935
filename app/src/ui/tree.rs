//! The navigation of a part of the console: groups that open and close, each with its pages.

use leptos::prelude::*;

use super::{Glyph, Icon, Tab};

/// A group of pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its name.
    pub label: String,
    /// Its icon.
    pub icon: Glyph,
    /// Its pages.
    pub pages: Vec<Tab>,
}

/// The groups beside a page and, where there is no room, above it. A group that has the current page is open.
#[component]
pub fn TreeNav(
    /// What has these parts.
    #[prop(into)]
    label: String,
    /// The groups.
    branches: Vec<Branch>,
) -> impl IntoView {
    view! { <nav class="tree-nav" aria-label=label>{branches.into_iter().map(branch).collect_view()}</nav> }
}

fn branch(Branch { label, icon, pages }: Branch) -> impl IntoView {
    let open = pages.iter().any(|page| page.current);
    let page = |Tab { label, href, current, .. }: Tab| {
        view! { <li><a href=href aria-current=current.then_some("page")>{label}</a></li> }
    };
    view! {
        <details open=open>
            <summary><Icon glyph=icon /><span>{label}</span><Icon glyph=Glyph::ChevronDown /></summary>
            <ul>{pages.into_iter().map(page).collect_view()}</ul>
        </details>
    }
}
