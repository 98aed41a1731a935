//! Restricting a key: its name, from where it may be used, and how long.

use domain::{ApiKey, ApiKeyState};
use leptos::prelude::*;

use super::{
    form::KeyForm,
    list::KEYS,
    refused_to_change,
    rpc::{get_api_key, update_api_key},
};
use crate::{
    forms::{Editing, edit_form, was_saved},
    loading::Loaded,
    paths,
    thing::{may_not, not_found, of_address},
    ui::{Crumb, Page},
};

/// The page.
#[component]
pub fn ApiKeyEditPage() -> impl IntoView {
    let key = of_address("key", get_api_key);
    let reload = Callback::new(move |()| key.refetch());
    let shown = move |key: Option<ApiKey>| {
        let Some(key) = key else { return not_found("API key") };
        let (id, name) = (key.id, key.name.clone());
        let revoked = (key.state == ApiKeyState::Revoked).then(|| "A revoked key can’t be used again. Create a new one.".to_owned());
        let content = match revoked.or_else(|| refused_to_change(&key)) {
            Some(reason) => may_not("You can’t change this API key", reason),
            None => editor(&key, reload),
        };
        let crumbs = KEYS.crumbs([Crumb::link(name.clone(), paths::api_key(id)), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=key view=Callback::new(shown) /> }
}

fn editor(key: &ApiKey, reload: Callback<()>) -> AnyView {
    let (form, id, version) = (KeyForm::new(Some(key)), key.id, key.version);
    let thing = paths::api_key(id);
    let first = form.draft.get_untracked();
    let changed = Signal::derive(move || form.draft.with(|draft| *draft != first));
    let save = move || {
        let saving = update_api_key(id, version, form.draft.get_untracked());
        async { saving.await.map(|key| was_saved(key.name)) }
    };
    edit_form(Editing { errors: form.errors, changed, thing, reload }, save, form.sections())
}
