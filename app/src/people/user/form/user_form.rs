//! What is typed about a user: its fields, in the sections of both pages.

use domain::{Draft, User, UserDraft, UserProfile, limits};
use leptos::prelude::*;

use super::{access::AccessSignals, fields::Texts};
use crate::{
    forms::{FormErrors, TimeZoneField, countries, violations_of},
    ui::{CheckboxField, Choice, Combobox, FieldGrid, RadioGroup, Section, TextField},
};

/// A user being typed.
#[derive(Clone, Copy)]
pub(in crate::people::user) struct UserForm {
    texts: Texts,
    account_type: RwSignal<String>,
    change_password: RwSignal<bool>,
    /// Roles and groups.
    pub(in crate::people::user) access: AccessSignals,
    /// The password of a new user; empty for an invitation.
    pub(in crate::people::user) password: RwSignal<String>,
    /// What would be sent.
    pub(in crate::people::user) draft: Memo<UserDraft>,
    /// What is wrong with it.
    pub(in crate::people::user) errors: FormErrors,
}

impl UserForm {
    /// Begins with a user, or with a new one.
    pub(in crate::people::user) fn new(user: Option<&User>) -> Self {
        let before = user.map(|user| user.row.profile.clone());
        let profile = before.clone().unwrap_or_default();
        let texts = Texts::of(&profile);
        let account_type = RwSignal::new(profile.account_type.key().to_owned());
        let change_password = RwSignal::new(profile.change_password);
        let access = AccessSignals::new(user);
        let password = RwSignal::new(String::new());
        let known = StoredValue::new(before);
        let draft = Memo::new(move |_| {
            let mut draft = texts.draft(known.get_value().as_ref());
            draft.account_type = Some(account_type.get());
            draft.change_password = Some(change_password.get());
            draft.password = Some(password.get()).filter(|password| !password.is_empty());
            access.write(&mut draft);
            draft
        });
        let rules = move || known.with_value(|known: &Option<UserProfile>| violations_of(draft.with(|draft| draft.check(known.as_ref()))));
        Self { texts, account_type, change_password, access, password, draft, errors: FormErrors::with_rules(Signal::derive(rules)) }
    }

    fn text(self, name: &'static str, label: &'static str, value: RwSignal<String>, max_length: usize) -> impl IntoView {
        let errors = self.errors;
        view! { <TextField name label value max_length error=errors.of(name) on_blur=errors.leave(name) /> }
    }

    fn required(self, name: &'static str, label: &'static str, value: RwSignal<String>, max_length: usize) -> impl IntoView {
        let errors = self.errors;
        view! { <TextField name label value max_length required=true error=errors.of(name) on_blur=errors.leave(name) /> }
    }

    fn email(self, name: &'static str, label: &'static str, value: RwSignal<String>, hint: &'static str, required: bool) -> impl IntoView {
        let errors = self.errors;
        view! { <TextField name label value hint required kind="email" max_length=limits::EMAIL error=errors.of(name) on_blur=errors.leave(name) /> }
    }
}

/// Who it is and what it signs in with.
pub(in crate::people::user) fn account_section(form: UserForm) -> AnyView {
    let UserForm { texts, errors, .. } = form;
    let types = domain::AccountType::ALL.iter().map(|kind| Choice::new(kind.key(), kind.label())).collect::<Vec<_>>();
    view! {
        <Section title="Account">
            <FieldGrid>
                {form.required("first_name", "First name", texts.first_name, limits::PERSON_NAME)}
                {form.required("last_name", "Last name", texts.last_name, limits::PERSON_NAME)}
                {form.required("login", "Login name", texts.login, limits::LOGIN)}
                {form.email("email", "E-mail address", texts.email, "", true)}
                <RadioGroup name="account_type" label="Account type" value=form.account_type options=types error=errors.of("account_type") inline=true />
                <CheckboxField
                    name="change_password"
                    label="Must choose another password"
                    hint="At the next sign-in, before anything else."
                    value=form.change_password
                />
            </FieldGrid>
        </Section>
    }
    .into_any()
}

/// How it is reached.
pub(in crate::people::user) fn contact_section(form: UserForm) -> AnyView {
    let UserForm { texts, errors, .. } = form;
    let countries = countries();
    view! {
        <Section title="Contact" description="Optional.">
            <FieldGrid>
                {form.text("designation", "Designation", texts.designation, limits::NAME)}
                {form.text("phone", "Phone", texts.phone, limits::PHONE)}
                {form.text("mobile", "Mobile", texts.mobile, limits::PHONE)}
                {form.email("alternate_email", "Alternate e-mail address", texts.alternate_email, "", false)}
                {form.email("notification_email", "Notification e-mail address", texts.notification_email, "Where alerts and reports go, if different.", false)}
                {form.text("address", "Address", texts.address, limits::ADDRESS)}
                {form.text("city", "City", texts.city, limits::PLACE)}
                {form.text("state", "State", texts.state, limits::PLACE)}
                {form.text("zip", "ZIP", texts.zip, limits::ZIP)}
                <Combobox name="country" label="Country" value=texts.country options=countries error=errors.of("country") on_blur=errors.leave("country") />
                <TimeZoneField value=texts.time_zone errors />
            </FieldGrid>
        </Section>
    }
    .into_any()
}
