//! Making a permission set, from nothing or like another one.

use domain::{PermissionSet, PermissionSetDraft, PermissionSetQuery, RoleScope};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{
    form::{SetForm, refused_to_make},
    list::SETS,
    rpc::{create_permission_set, get_permission_set},
};
use crate::{
    caller::use_caller,
    forms::{Form, Sending, Unsaved, replacing},
    loading::Loaded,
    paths,
    thing::{may_not, not_found, of_address},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Page, use_toasts},
};

/// The page of a new set.
#[component]
pub fn NewPermissionSetPage() -> impl IntoView {
    let draft = PermissionSetDraft { scope: scope_of_caller(RoleScope::Msp), ..PermissionSetDraft::default() };
    let crumbs = SETS.crumbs([Crumb::text("Add")]);
    view! { <Page title="Add permission set" crumbs narrow=true>{content(draft)}</Page> }
}

/// The page of a copy.
#[component]
pub fn CopyPermissionSetPage() -> impl IntoView {
    let set = of_address("set", get_permission_set);
    let shown = |set: Option<PermissionSet>| {
        let Some(PermissionSet { id, name, description, scope, permissions, unenforced, .. }) = set else { return not_found("Permission set") };
        let crumbs = SETS.crumbs([Crumb::link(name.clone(), paths::permission_set(&id)), Crumb::text("Copy")]);
        let draft = PermissionSetDraft { name: format!("{name} (copy)"), description, scope: scope_of_caller(scope), permissions, unenforced };
        view! { <Page title=format!("Copy {name}") crumbs narrow=true>{content(draft)}</Page> }.into_any()
    };
    view! { <Loaded resource=set view=Callback::new(shown) /> }
}

/// A client's sets are for its users, whatever they are copied from.
fn scope_of_caller(scope: RoleScope) -> String {
    if use_caller().client.is_some() { RoleScope::Client.key().to_owned() } else { scope.key().to_owned() }
}

fn content(draft: PermissionSetDraft) -> AnyView {
    match refused_to_make() {
        Some(reason) => may_not("You can’t add permission sets", reason),
        None => view! { <NewSetForm draft /> }.into_any(),
    }
}

#[component]
fn NewSetForm(draft: PermissionSetDraft) -> impl IntoView {
    let form = SetForm::new(draft);
    let unsaved = Unsaved::of(move || form.draft.get());
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let save = move || {
        let navigate = navigate.clone();
        sending.run(create_permission_set(form.draft.get_untracked()), move |answer| match answer {
            Ok(set) => {
                unsaved.saved();
                toasts.success(format!("{} was added.", set.name));
                navigate(&paths::permission_set(&set.id), replacing());
            }
            Err(error) => form.errors.refuse(error),
        });
    };
    view! {
        <Form errors=form.errors unsaved focus_first=true on_submit=save>
            {form.details(true)}
            {form.ticks()}
            <div class="form-bar">
                <div class="actions push">
                    <ButtonLink href=paths::permission_sets(&PermissionSetQuery::default())>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Add permission set"</Button>
                </div>
            </div>
        </Form>
    }
}
