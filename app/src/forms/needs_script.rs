//! The notice for readers without JavaScript.

use leptos::prelude::*;

/// What readers see who have switched JavaScript off.
#[component]
pub(crate) fn NeedsScript(
    /// What they can't do.
    #[prop(default = "Enable JavaScript to make changes here.")]
    sentence: &'static str,
) -> impl IntoView {
    view! { <p class="notice only-without-script" data-tone="info">{sentence}</p> }
}
