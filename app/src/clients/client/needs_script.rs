//! The notice for people without JavaScript.

use leptos::prelude::*;

/// What people read on a page of fields who have switched JavaScript off.
#[component]
pub(super) fn NeedsScript() -> impl IntoView {
    view! {
        <p class="notice only-without-script" data-tone="info">
            "Enable JavaScript to edit this client. You can view clients without it."
        </p>
    }
}
