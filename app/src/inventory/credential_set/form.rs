//! What is typed about a credential set: a form for each type, by the table of the domain.

use std::collections::BTreeMap;

use domain::{
    CredentialField, CredentialSet, CredentialSetDetails, CredentialSetDraft, CredentialType, Draft, FieldNeed, Violation, Violations, limits,
};
use leptos::prelude::*;

use super::{
    fields::Typed,
    words::{missing, type_label},
};
use crate::{
    forms::{FormErrors, violations_of},
    ui::{Description, DescriptionList, FieldGrid, Section, TextArea, TextField},
};

/// A field that is asked for, and whether it must be there.
type Asked = (CredentialField, bool);

/// A credential set being typed.
#[derive(Clone, Copy)]
pub(super) struct SetForm {
    credential_type: StoredValue<String>,
    name: RwSignal<String>,
    description: RwSignal<String>,
    fields: StoredValue<BTreeMap<CredentialField, Typed>>,
    asked: Memo<Vec<Asked>>,
    /// What would be sent.
    pub(super) draft: Memo<CredentialSetDraft>,
    /// What is wrong with it.
    pub(super) errors: FormErrors,
}

impl SetForm {
    /// Begins with a new set of a type.
    pub(super) fn of_type(credential_type: &str) -> Self {
        let details = CredentialSetDetails { credential_type: credential_type.to_owned(), ..CredentialSetDetails::default() };
        Self::with(&details, |_| false)
    }

    /// Begins with a set.
    pub(super) fn of(set: &CredentialSet) -> Self {
        Self::with(&set.details, |field| set.secrets.contains(&field))
    }

    fn with(details: &CredentialSetDetails, is_stored: impl Fn(CredentialField) -> bool) -> Self {
        let credential_type = StoredValue::new(details.credential_type.clone());
        let (name, description) = (RwSignal::new(details.name.clone()), RwSignal::new(details.description.clone()));
        let typed = |field: CredentialField| (field, Typed::new(field, details.value(field), is_stored(field)));
        let fields: BTreeMap<_, _> = every_field(details, &is_stored).into_iter().map(typed).collect();
        // What the set has is shown even where it means nothing now: nothing is kept in secret.
        let had: Vec<_> = fields.keys().copied().filter(|field| is_stored(*field) || details.fields.contains_key(field)).collect();
        let order = every_field(details, &is_stored);
        let fields = StoredValue::new(fields);
        let asked = Memo::new(move |_| {
            let value = |field| fields.with_value(|fields| fields.get(&field).map_or_else(String::new, |typed| typed.value()));
            let asked = |field: &CredentialField| match credential_type.with_value(|kind| CredentialType::need(kind, *field, value)) {
                FieldNeed::Required => Some((*field, true)),
                FieldNeed::Unused if !had.contains(field) => None,
                FieldNeed::Optional | FieldNeed::Unused => Some((*field, false)),
            };
            order.iter().filter_map(asked).collect::<Vec<_>>()
        });
        let draft = Memo::new(move |_| {
            let sent = |(field, _): &Asked| Some((*field, fields.with_value(|fields| fields.get(field).copied())?.sent()?));
            CredentialSetDraft {
                name: Some(name.get()),
                description: Some(description.get()),
                credential_type: Some(credential_type.get_value()),
                fields: asked.with(|asked| asked.iter().filter_map(sent).collect()),
            }
        });
        let empty = CredentialSetDetails { credential_type: details.credential_type.clone(), ..CredentialSetDetails::default() };
        let rules = move || {
            let mut violations = violations_of(draft.get().check((&empty, &[].into())));
            violations.extend(unfilled(asked, fields));
            violations
        };
        Self { credential_type, name, description, fields, asked, draft, errors: FormErrors::with_rules(Signal::derive(rules)) }
    }

    /// The sections of the form.
    pub(super) fn sections(self) -> AnyView {
        let errors = self.errors;
        let kind = self.credential_type.with_value(|kind| type_label(kind));
        view! {
            <Section title="Details">
                <DescriptionList><Description label="Type" value=kind /></DescriptionList>
                <FieldGrid>
                    <div class="wide">
                        <TextField name="name" label="Name" value=self.name required=true max_length=limits::NAME error=errors.of("name") on_blur=errors.leave("name") />
                    </div>
                    <div class="wide">
                        <TextArea
                            name="description"
                            label="Description"
                            value=self.description
                            rows=2
                            max_length=limits::DESCRIPTION
                            error=errors.of("description")
                            on_blur=errors.leave("description")
                        />
                    </div>
                </FieldGrid>
            </Section>
            <Section title="Credentials" description="Secrets are encrypted and never shown again: not here, not by the API, not in the audit log.">
                {self.grid(|field| !field.is_general())}
            </Section>
            <Section title="Connection">{self.grid(CredentialField::is_general)}</Section>
        }
        .into_any()
    }

    /// Some of the fields. Choosing may bring others and take some away; what was typed stays.
    fn grid(self, which: fn(CredentialField) -> bool) -> impl IntoView {
        let asked = move || self.asked.with(|asked| asked.iter().copied().filter(|(field, _)| which(*field)).collect::<Vec<_>>());
        let view = move |(field, required): Asked| {
            let typed = self.fields.with_value(|fields| fields.get(&field).copied());
            typed.map(|typed| typed.view(field, required, self.errors))
        };
        view! { <FieldGrid><For each=asked key=|asked| *asked children=view /></FieldGrid> }
    }
}

/// The fields of the type's form, and behind them whatever else the set has.
fn every_field(details: &CredentialSetDetails, is_stored: impl Fn(CredentialField) -> bool) -> Vec<CredentialField> {
    let own = CredentialType::fields(&details.credential_type);
    let more = CredentialField::ALL.iter().copied().filter(|field| !own.contains(field) && (is_stored(*field) || details.fields.contains_key(field)));
    own.iter().copied().chain(more).collect()
}

/// What must be there and isn't.
fn unfilled(asked: Memo<Vec<Asked>>, fields: StoredValue<BTreeMap<CredentialField, Typed>>) -> Violations {
    let is_there = |field: CredentialField| fields.with_value(|fields| fields.get(&field).is_some_and(|typed| typed.is_there()));
    let empty = |(field, required): &Asked| *required && !is_there(*field);
    let fault = |(field, _): &Asked| Violation { field: format!("fields.{}", field.key()), message: missing(*field) };
    asked.with(|asked| asked.iter().filter(|asked| empty(asked)).map(fault).collect())
}
