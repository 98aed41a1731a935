//! Small coloured labels for states.

use leptos::prelude::*;

/// What a colour says. It never says it alone: there are always words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// All is well.
    Positive,
    /// Take care.
    Warning,
    /// Something is wrong or lost.
    Danger,
    /// Worth knowing.
    Info,
}

impl Tone {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Positive => "positive",
            Self::Warning => "warning",
            Self::Danger => "danger",
            Self::Info => "info",
        }
    }
}

/// A state in a word.
#[component]
pub fn Badge(
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="badge" data-tone=tone.name()>{text}</span> }
}
