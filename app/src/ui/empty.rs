//! What stands where nothing is.

use leptos::prelude::*;

use super::{Glyph, Icon, given};

/// Says that there is nothing, why, and what to do now.
#[component]
pub fn EmptyState(
    /// An icon of what there could be.
    glyph: Glyph,
    /// What isn't there.
    #[prop(into)]
    title: String,
    /// Why, or what would change it.
    #[prop(optional, into)]
    text: String,
    /// Buttons that would change it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <Icon glyph />
            <h2>{title}</h2>
            {given(text).map(|text| view! { <p>{text}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
}
