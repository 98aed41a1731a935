//! Links to the other pages of a list.

use leptos::prelude::*;

use crate::ui::{Glyph, Icon};

/// A number of rows a page may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// The number.
    pub rows: u32,
    /// The list with so many rows a page.
    pub href: String,
    /// It has so many now.
    pub current: bool,
}

/// First, previous, next and last page, how many there are, and how many rows are on one. A link that isn't there is shown, but leads nowhere.
#[component]
pub fn Pager(
    /// Which rows these are, for example "26–50 of 1000+".
    #[prop(into)]
    summary: String,
    /// The first page, unless this is it.
    first: Option<String>,
    /// The page before, if there is one.
    previous: Option<String>,
    /// The page after, if there is one.
    next: Option<String>,
    /// The last page, unless this is it or it isn't known.
    last: Option<String>,
    /// Other numbers of rows.
    #[prop(optional)]
    sizes: Vec<PageSize>,
) -> impl IntoView {
    let sizes = (!sizes.is_empty()).then(|| {
        view! {
            <div class="pager-sizes">
                <span>"Rows"</span>
                {sizes.into_iter().map(size_link).collect_view()}
            </div>
        }
    });
    view! {
        <nav class="pager" aria-label="Pages">
            <p class="pager-summary" aria-live="polite">{summary}</p>
            {sizes}
            <div class="pager-links">
                {page_link("First page", Glyph::ChevronsLeft, "first", first)}
                {page_link("Previous page", Glyph::ChevronLeft, "prev", previous)}
                {page_link("Next page", Glyph::ChevronRight, "next", next)}
                {page_link("Last page", Glyph::ChevronsRight, "last", last)}
            </div>
        </nav>
    }
}

fn page_link(label: &'static str, glyph: Glyph, rel: &'static str, href: Option<String>) -> impl IntoView {
    let absent = href.is_none();
    view! {
        <a
            class="button"
            data-variant="quiet"
            data-size="small"
            data-icon-only=""
            href=href
            rel=rel
            role=absent.then_some("link")
            aria-disabled=absent.then_some("true")
            aria-label=label
            title=label
        >
            <Icon glyph />
        </a>
    }
}

fn size_link(PageSize { rows, href, current }: PageSize) -> impl IntoView {
    view! { <a href=href aria-current=current.then_some("true") aria-label=format!("{rows} rows a page")>{rows}</a> }
}
