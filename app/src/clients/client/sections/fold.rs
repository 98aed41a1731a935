//! Sections that most people leave alone.

use domain::CatalogueId;
use leptos::prelude::*;

use crate::{clients::client::form::ClientForm, ui::FoldedSection};

/// The section with what is set in its heading; folded in the wizard, open where a client is edited.
pub(super) fn fold(
    form: ClientForm,
    (id, title, description): (&'static str, &'static str, &'static str),
    value: impl Fn() -> String + Send + Sync + 'static,
    actions: ViewFn,
    content: AnyView,
) -> AnyView {
    view! {
        <FoldedSection id=format!("section-{id}") title value=Signal::derive(value) open=!form.folds description actions>
            {content}
        </FoldedSection>
    }
    .into_any()
}

/// What is switched on, or that nothing is.
pub(super) fn enabled(switches: &[(&str, bool)]) -> String {
    or_off(switches.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect::<Vec<_>>().join(", "), "Off")
}

/// What is chosen of a catalogue, or that nothing is.
pub(super) fn chosen(form: ClientForm, chosen: RwSignal<Vec<CatalogueId>>) -> String {
    let names = form.catalogues.with(|catalogues| chosen.with(|ids| ids.iter().map(|id| catalogues.name(*id)).collect::<Vec<_>>().join(", ")));
    or_off(names, "None")
}

fn or_off(text: String, nothing: &str) -> String {
    if text.is_empty() { nothing.to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::enabled;

    #[test]
    fn a_heading_names_what_is_on() {
        assert_eq!(enabled(&[("Logs", false), ("Traces", false)]), "Off");
        assert_eq!(enabled(&[("Global policies", true), ("Logs", false), ("Traces", true)]), "Global policies, Traces");
    }
}
