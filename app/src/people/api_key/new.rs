//! Making a key: a form, and then its secret.

use domain::{ApiKey, ApiKeyQuery, Error, NewApiKey};
use leptos::prelude::*;

use super::{form::KeyForm, list::KEYS, refused_to_add, rpc::create_api_key, secret::secret_card};
use crate::{
    error::UiError,
    forms::{Form, Sending, Unsaved},
    paths,
    thing::may_not,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Page, use_toasts},
};

/// The page.
#[component]
pub fn NewApiKeyPage() -> impl IntoView {
    let made = RwSignal::new(None::<(ApiKey, NewApiKey)>);
    let title = Signal::derive(move || made.with(|made| made.as_ref().map_or("Add API key".to_owned(), |(key, _)| key.name.clone())));
    let content = match refused_to_add() {
        Some(reason) => may_not("You can’t add API keys", reason),
        None => IntoAny::into_any(move || match made.get() {
            Some((key, new)) => view! {
                <div class="stack">
                    {secret_card(&new)}
                    <div class="actions">
                        <ButtonLink href=paths::api_key(key.id) variant=ButtonVariant::Primary>"Done"</ButtonLink>
                    </div>
                </div>
            }
            .into_any(),
            None => view! { <NewKeyForm made /> }.into_any(),
        }),
    };
    view! { <Page title crumbs=KEYS.crumbs([Crumb::text("Add")]) narrow=true>{content}</Page> }
}

#[component]
fn NewKeyForm(made: RwSignal<Option<(ApiKey, NewApiKey)>>) -> impl IntoView {
    let form = KeyForm::new(None);
    let unsaved = Unsaved::of(move || form.draft.get());
    let (sending, toasts) = (Sending::new(), use_toasts());
    let save = move || {
        sending.run(create_api_key(form.draft.get_untracked()), move |answer| match answer {
            Ok(new) => {
                unsaved.saved();
                toasts.success(format!("{} was added.", new.0.name));
                made.set(Some(new));
            }
            Err(error) => form.errors.refuse(about_roles(error)),
        });
    };
    view! {
        <Form errors=form.errors unsaved focus_first=true on_submit=save>
            {form.sections()}
            <div class="form-bar">
                <div class="actions push">
                    <ButtonLink href=paths::api_keys(&ApiKeyQuery::default())>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Add API key"</Button>
                </div>
            </div>
        </Form>
    }
}

/// Only users who may make keys see this form, so what the server forbids here is a role that gives too much: the error belongs to the roles.
fn about_roles(error: UiError) -> UiError {
    match error {
        UiError::Refused(Error::Forbidden { reason }) => Error::invalid("roles", reason).into(),
        other => other,
    }
}
