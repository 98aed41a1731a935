//! Grey shapes of the same size as what is about to come, so that nothing jumps when it comes.

use leptos::prelude::*;

/// Lines of text to come.
#[component]
pub fn Skeleton(
    /// How many.
    #[prop(default = 3)]
    lines: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label="Loading">
            {(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
        </div>
    }
}

/// Rows of a table to come.
#[component]
pub fn TableSkeleton(
    /// How many.
    #[prop(default = 10)]
    rows: usize,
) -> impl IntoView {
    view! {
        <div class="table-frame skeleton-table" role="status" aria-label="Loading">
            {(0..rows).map(|_| view! { <div class="skeleton-row"><span class="skeleton-line"></span></div> }).collect_view()}
        </div>
    }
}
