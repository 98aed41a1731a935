//! Choosing the columns of a report.

use domain::ReportKind;
use leptos::prelude::*;

use crate::{
    forms::FormErrors,
    ui::{Button, ButtonSize, CheckboxGroup, Choice},
};

/// The columns as tick boxes, in the order of the file.
pub(super) fn attributes(kind: ReportKind, chosen: RwSignal<Vec<String>>, errors: FormErrors) -> AnyView {
    let options: Vec<_> = kind.attributes().map(|attribute| Choice::new(attribute.key(), attribute.label())).collect();
    let all: Vec<String> = options.iter().map(|option| option.value.clone()).collect();
    view! {
        <div class="columns-of-ticks">
            <CheckboxGroup name="attributes" label="Attributes" value=chosen options required=true error=errors.of("attributes") />
        </div>
        <div class="actions">
            <Button size=ButtonSize::Small on_click=move || chosen.set(all.clone())>"Select all"</Button>
            <Button size=ButtonSize::Small on_click=move || chosen.set(Vec::new())>"Select none"</Button>
        </div>
    }
    .into_any()
}
