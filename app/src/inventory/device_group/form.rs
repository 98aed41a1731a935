//! What is typed about a device group.

use domain::{DeviceGroupDetails, DeviceGroupDraft, Draft, limits};
use leptos::prelude::*;

use crate::{
    forms::{FormErrors, violations_of},
    ui::{FieldGrid, Section, TextArea, TextField},
};

/// A device group being typed.
#[derive(Clone, Copy)]
pub(super) struct GroupForm {
    name: RwSignal<String>,
    description: RwSignal<String>,
    /// What would be sent.
    pub(super) draft: Signal<DeviceGroupDraft>,
    /// What is wrong with it.
    pub(super) errors: FormErrors,
}

impl GroupForm {
    /// Begins with a group, or with a new one.
    pub(super) fn new(details: DeviceGroupDetails) -> Self {
        let (name, description) = (RwSignal::new(details.name), RwSignal::new(details.description));
        let draft =
            Signal::derive(move || DeviceGroupDraft { name: Some(name.get()), description: Some(description.get()), ..DeviceGroupDraft::default() });
        let rules = move || violations_of(draft.get().check(None));
        Self { name, description, draft, errors: FormErrors::with_rules(Signal::derive(rules)) }
    }

    /// The fields.
    pub(super) fn section(self) -> AnyView {
        let errors = self.errors;
        view! {
            <Section title="Details">
                <FieldGrid>
                    <TextField name="name" label="Name" value=self.name required=true max_length=limits::NAME error=errors.of("name") on_blur=errors.leave("name") />
                    <div class="wide">
                        <TextArea
                            name="description"
                            label="Description"
                            value=self.description
                            rows=3
                            max_length=limits::DESCRIPTION
                            error=errors.of("description")
                            on_blur=errors.leave("description")
                        />
                    </div>
                </FieldGrid>
            </Section>
        }
        .into_any()
    }
}
