//! What is typed about a key.

use domain::{ApiKey, ApiKeyDraft, ApiKeyProfile, Draft, limits};
use leptos::prelude::*;

use super::words::last_day;
use crate::{
    caller::use_caller,
    forms::{FormErrors, violations_of},
    moment::now,
    people::user::role_picks,
    ui::{FieldGrid, Picked, Picker, Section, TextArea, TextField},
};

/// A key being typed.
#[derive(Clone, Copy)]
pub(super) struct KeyForm {
    name: RwSignal<String>,
    allowed_ips: RwSignal<String>,
    expires: RwSignal<String>,
    /// The roles of a new one; of another key they never change.
    roles: Option<Picked>,
    /// What would be sent.
    pub(super) draft: Memo<ApiKeyDraft>,
    /// What is wrong with it.
    pub(super) errors: FormErrors,
}

impl KeyForm {
    /// Begins with a key, or with a new one.
    pub(super) fn new(key: Option<&ApiKey>) -> Self {
        let name = RwSignal::new(key.map(|key| key.name.clone()).unwrap_or_default());
        let allowed_ips = RwSignal::new(key.map(|key| key.allowed_ips.replace(',', "\n")).unwrap_or_default());
        let first_day = StoredValue::new(last_day(key.and_then(|key| key.expires)));
        let expires = RwSignal::new(first_day.get_value());
        let roles = key.is_none().then(|| Picked::new(Vec::new()));
        let draft = Memo::new(move |_| ApiKeyDraft {
            name: Some(name.get()),
            allowed_ips: Some(allowed_ips.get()),
            // A day that is over already may stay; only another one must be to come.
            expires: Some(expires.get()).filter(|day| first_day.with_value(|first| first != day)),
            roles: roles.map(|roles| roles.added().iter().filter_map(|id| id.parse().ok()).collect()),
        });
        let before = key.map(|_| ApiKeyProfile::default());
        let rules = move || violations_of(draft.get().check((before.as_ref(), now())));
        Self { name, allowed_ips, expires, roles, draft, errors: FormErrors::with_rules(Signal::derive(rules)) }
    }

    /// The sections of the form.
    pub(super) fn sections(self) -> AnyView {
        let errors = self.errors;
        let roles = self.roles.map(|picked| {
            view! {
                <Picker
                    name="roles"
                    label="Roles"
                    picked
                    candidates=role_picks(use_caller().client)
                    required=true
                    error=errors.of("roles")
                    none="No roles selected."
                    hint="What a program can do with the key: no more than you can yourself. This can’t be changed later."
                />
            }
        });
        view! {
            <Section title="Key">
                <TextField
                    name="name"
                    label="Name"
                    value=self.name
                    required=true
                    max_length=limits::SHORT_NAME
                    hint="The program that will use this key, for example “Terraform”."
                    error=errors.of("name")
                    on_blur=errors.leave("name")
                />
                {roles}
            </Section>
            <Section title="Restrictions" description="Restricting a key limits the damage if it leaks.">
                <FieldGrid>
                    <div class="wide">
                        <TextArea
                            name="allowed_ips"
                            label="Allowed addresses"
                            value=self.allowed_ips
                            rows=4
                            hint="One per line: 10.1.2.7, 10.1.2.*, 10.1.3.[0-50], 10.1.0.0/16, 2001:db8::/32. Leave empty to allow any address."
                            error=errors.of("allowed_ips")
                            on_blur=errors.leave("allowed_ips")
                        />
                    </div>
                    <TextField
                        name="expires"
                        label="Last day"
                        kind="date"
                        value=self.expires
                        hint="In UTC. Leave empty for no expiry."
                        error=errors.of("expires")
                        on_blur=errors.leave("expires")
                    />
                </FieldGrid>
            </Section>
        }
        .into_any()
    }
}
