//! Choosing a time zone.

use domain::{OLD_TIME_ZONES, TIME_ZONES};
use leptos::prelude::*;

use super::FormErrors;
use crate::ui::{Choice, Combobox};

/// The field `time_zone` of a form.
#[component]
pub(crate) fn TimeZoneField(
    /// The time zone.
    value: RwSignal<String>,
    /// The errors of the form.
    errors: FormErrors,
    /// Must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    // A deprecated name from the API stays selectable until another is chosen.
    let old = value.with_untracked(|zone| OLD_TIME_ZONES.iter().copied().find(|old| old == zone));
    let options = Choice::same(TIME_ZONES.iter().copied().chain(old));
    view! { <Combobox name="time_zone" label="Time Zone" required value options error=errors.of("time_zone") on_blur=errors.leave("time_zone") /> }
}
