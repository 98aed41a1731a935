//! Changing a credential set. What is secret can be replaced or removed, not read.

use domain::{CredentialSet, Permission};
use leptos::prelude::*;

use super::{
    form::SetForm,
    list::SETS,
    rpc::{get_credential_set, update_credential_set},
};
use crate::{
    forms::{Editing, edit_form, was_saved},
    loading::Loaded,
    paths,
    thing::{may_not, not_found, of_address, refusal_at},
    ui::{Crumb, Page},
};

/// The page.
#[component]
pub fn CredentialSetEditPage() -> impl IntoView {
    let set = of_address("set", get_credential_set);
    let reload = Callback::new(move |()| set.refetch());
    let shown = move |set: Option<CredentialSet>| {
        let Some(set) = set else { return not_found("Credential set") };
        let (id, name) = (set.id.clone(), set.details.name.clone());
        let content = match refusal_at(Permission::CredentialSetManage, set.client.as_ref().map(|client| client.id)) {
            Some(reason) => may_not("You can’t change this credential set", reason),
            None => editor(&set, reload),
        };
        let crumbs = SETS.crumbs([Crumb::link(name.clone(), paths::credential_set(&id)), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=set view=Callback::new(shown) /> }
}

fn editor(set: &CredentialSet, reload: Callback<()>) -> AnyView {
    let (form, id, version) = (SetForm::of(set), set.id.clone(), set.version);
    let thing = paths::credential_set(&set.id);
    let first = form.draft.get_untracked();
    let changed = Signal::derive(move || form.draft.with(|draft| *draft != first));
    let save = move || {
        let saving = update_credential_set(id.clone(), version, form.draft.get_untracked());
        async { saving.await.map(|set| was_saved(set.details.name)) }
    };
    edit_form(Editing { errors: form.errors, changed, thing, reload }, save, form.sections())
}
