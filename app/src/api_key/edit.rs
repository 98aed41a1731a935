//! Restricting a key: its name, from where it may be used, and how long.

use domain::{ApiKey, ApiKeyState};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    form::KeyForm,
    list::KEYS,
    refused_to_change,
    rpc::{get_api_key, update_api_key},
};
use crate::{
    directory::{may_not, not_found, of_address},
    forms::{AtStake, Form, Sending, warn_before_leaving},
    loading::Loaded,
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Glyph, Page, use_toasts},
};

/// The page.
#[component]
pub fn ApiKeyEditPage() -> impl IntoView {
    let key = of_address("key", get_api_key);
    let reload = Callback::new(move |()| key.refetch());
    let shown = move |key: Option<ApiKey>| {
        let Some(key) = key else { return not_found("API key") };
        let (id, name) = (key.id, key.name.clone());
        let revoked = (key.state == ApiKeyState::Revoked).then(|| "A revoked key stays revoked: make another one.".to_owned());
        let content = match revoked.or_else(refused_to_change) {
            Some(reason) => may_not("You may not change this API key", reason),
            None => view! { <Editor key reload /> }.into_any(),
        };
        let crumbs = KEYS.crumbs([Crumb::link(name.clone(), paths::api_key(id)), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=key view=Callback::new(shown) /> }
}

#[component]
fn Editor(key: ApiKey, reload: Callback<()>) -> impl IntoView {
    let (form, id, version) = (KeyForm::new(Some(&key)), key.id, key.version);
    let (saved, outdated) = (RwSignal::new(false), RwSignal::new(false));
    let first = form.draft.get_untracked();
    let unsaved = Signal::derive(move || !saved.get() && form.draft.with(|draft| *draft != first));
    warn_before_leaving(AtStake { by_closing: unsaved, by_leaving: unsaved, page: paths::api_key_edit(id) });
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let save = move || {
        let navigate = navigate.clone();
        sending.run(update_api_key(id, version, form.draft.get_untracked()), move |answer| match answer {
            Ok(key) => {
                saved.set(true);
                toasts.success(format!("{} was saved.", key.name));
                navigate(&paths::api_key(id), NavigateOptions::default());
            }
            Err(error) => {
                outdated.set(error.is_conflict());
                form.errors.refuse(error);
            }
        });
    };
    view! {
        <Form errors=form.errors on_submit=save>
            {form.sections()}
            <div class="form-bar">
                <div class="actions push">
                    {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load the key again"</Button> })}
                    <ButtonLink href=paths::api_key(id)>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
}
