//! What stands at the top of every page of the console.

use leptos::prelude::*;

use super::{Glyph, Icon, WindowTitle, given};

/// A breadcrumb; the last one is the page itself and no link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Where it is, if it is a page.
    pub href: Option<String>,
}

impl Crumb {
    /// A step that is a page.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// A step that is only a name.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// A page of the console: breadcrumbs, heading, actions, content. Names the window after the heading.
#[component]
pub fn Page(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// The breadcrumbs.
    #[prop(optional, into)]
    crumbs: Signal<Vec<Crumb>>,
    /// A sentence below the heading.
    #[prop(optional, into)]
    description: String,
    /// What stands beside the heading, such as a [`Badge`](super::Badge).
    #[prop(optional, into)]
    beside: ViewFn,
    /// Buttons at the other end of the line.
    #[prop(optional, into)]
    actions: ViewFn,
    /// Only as wide as a form is comfortable.
    #[prop(optional)]
    narrow: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    // On the server, the head is written when the page's signals may be gone already.
    let at_first = title.get_untracked();
    view! {
        <WindowTitle page=move || title.try_get().unwrap_or_else(|| at_first.clone()) />
        <div class="page" data-narrow=narrow.then_some("")>
            <Breadcrumbs crumbs />
            <header class="page-header">
                <div>
                    <div class="page-title"><h1>{move || title.get()}</h1>{move || beside.run()}</div>
                    {given(description).map(|description| view! { <p class="page-description">{description}</p> })}
                </div>
                <div class="actions">{move || actions.run()}</div>
            </header>
            {children()}
        </div>
    }
}

/// The breadcrumbs of a page.
#[component]
pub fn Breadcrumbs(
    /// Its steps.
    #[prop(into)]
    crumbs: Signal<Vec<Crumb>>,
) -> impl IntoView {
    move || {
        let crumbs = crumbs.get();
        let last = crumbs.len().saturating_sub(1);
        (!crumbs.is_empty()).then(|| {
            let items = crumbs.into_iter().enumerate().map(|(index, crumb)| crumb_item(crumb, index == last)).collect_view();
            view! { <nav class="crumbs" aria-label="Breadcrumb"><ol>{items}</ol></nav> }
        })
    }
}

fn crumb_item(Crumb { label, href }: Crumb, here: bool) -> impl IntoView {
    let content = match href {
        Some(href) if !here => view! { <a href=href>{label}</a> }.into_any(),
        _ => view! { <span aria-current=here.then_some("page")>{label}</span> }.into_any(),
    };
    view! { <li>{content}{(!here).then(|| view! { <Icon glyph=Glyph::ChevronRight /> })}</li> }
}
