//! Changing a permission set.

use domain::{PermissionSet, PermissionSetDraft};
use leptos::prelude::*;

use super::{
    detail::refused_to_change,
    form::SetForm,
    list::SETS,
    rpc::{get_permission_set, update_permission_set},
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
pub fn PermissionSetEditPage() -> impl IntoView {
    let set = of_address("set", get_permission_set);
    let reload = Callback::new(move |()| set.refetch());
    let shown = move |set: Option<PermissionSet>| {
        let Some(set) = set else { return not_found("Permission set") };
        let (name, address) = (set.name.clone(), paths::permission_set(&set.id));
        let content = match refused_to_change(&set) {
            Some(reason) => may_not("You can’t change this permission set", reason),
            None => editor(set, reload),
        };
        let crumbs = SETS.crumbs([Crumb::link(name.clone(), address), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=set view=Callback::new(shown) /> }
}

fn editor(set: PermissionSet, reload: Callback<()>) -> AnyView {
    let PermissionSet { id, name, description, scope, permissions, unenforced, version, .. } = set;
    let draft = PermissionSetDraft { name, description, scope: scope.key().to_owned(), permissions, unenforced };
    let form = SetForm::new(draft.clone());
    let thing = paths::permission_set(&id);
    let changed = Signal::derive(move || form.draft.with(|now| *now != draft));
    let save = move || {
        let saving = update_permission_set(id.clone(), version, form.draft.get_untracked());
        async { saving.await.map(|set| was_saved(set.name)) }
    };
    edit_form(Editing { errors: form.errors, changed, thing, reload }, save, view! { {form.details(false)}{form.ticks()} })
}
