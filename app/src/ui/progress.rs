//! That something is going on, and how far it is.

use leptos::prelude::*;

/// Something is going on.
#[component]
pub fn Spinner(
    /// What is waited for.
    #[prop(into, default = "Loading".into())]
    label: String,
) -> impl IntoView {
    view! {
        <span class="spinner-row" role="status">
            <span class="spinner" aria-hidden="true"></span>
            <span>{label}</span>
        </span>
    }
}

/// How far it is, by the browser's own progress bar.
#[component]
pub fn ProgressBar(
    /// What is going on.
    #[prop(into)]
    label: String,
    /// Percent done; none while unknown.
    #[prop(into)]
    percent: Signal<Option<u8>>,
) -> impl IntoView {
    let text = move || percent.get().map(|percent| format!("{percent} %"));
    view! {
        <label class="progress">
            <span class="progress-label"><span>{label}</span><span>{text}</span></span>
            <progress max="100" value=move || percent.get().map(|percent| percent.to_string())></progress>
        </label>
    }
}
