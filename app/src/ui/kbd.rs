//! Keys to press.

use leptos::prelude::*;

/// One or more keys, as they are written on the keyboard.
#[component]
pub fn Kbd(
    /// Their names: `Ctrl K`.
    #[prop(into)]
    keys: Signal<String>,
) -> impl IntoView {
    view! { <kbd class="kbd">{move || keys.get()}</kbd> }
}
