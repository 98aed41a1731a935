//! What is typed about a group.

use domain::{Draft, UserGroupDraft, UserGroupProfile, UserGroupRow, limits};
use leptos::prelude::*;

use crate::{
    forms::{FormErrors, violations_of},
    ui::{FieldGrid, Section, TextArea, TextField},
};

/// A group being typed.
#[derive(Clone, Copy)]
pub(super) struct GroupForm {
    name: RwSignal<String>,
    description: RwSignal<String>,
    email: RwSignal<String>,
    /// What would be sent.
    pub(super) draft: Signal<UserGroupDraft>,
    /// What is wrong with it.
    pub(super) errors: FormErrors,
}

impl GroupForm {
    /// Begins with a group, or with a new one.
    pub(super) fn new(row: Option<&UserGroupRow>) -> Self {
        let text = |of: fn(&UserGroupRow) -> &String| RwSignal::new(row.map(of).cloned().unwrap_or_default());
        let (name, description, email) = (text(|row| &row.group.name), text(|row| &row.group.description), text(|row| &row.email));
        let draft = Signal::derive(move || UserGroupDraft {
            name: Some(name.get()),
            description: Some(description.get()),
            email: Some(email.get()),
            roles: None,
        });
        let rules = move || violations_of(draft.get().check(Some(&UserGroupProfile::default())));
        Self { name, description, email, draft, errors: FormErrors::with_rules(Signal::derive(rules)) }
    }

    /// The fields.
    pub(super) fn section(self) -> AnyView {
        let errors = self.errors;
        view! {
            <Section title="Details">
                <FieldGrid>
                    <TextField name="name" label="Name" value=self.name required=true max_length=limits::NAME error=errors.of("name") on_blur=errors.leave("name") />
                    <TextField
                        name="email"
                        label="E-mail address"
                        kind="email"
                        value=self.email
                        max_length=limits::EMAIL
                        error=errors.of("email")
                        on_blur=errors.leave("email")
                    />
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
