//! Changing a permission set.

use domain::{PermissionSet, PermissionSetDraft};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    detail::refused_to_change,
    form::SetForm,
    list::SETS,
    rpc::{get_permission_set, update_permission_set},
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
pub fn PermissionSetEditPage() -> impl IntoView {
    let set = of_address("set", get_permission_set);
    let reload = Callback::new(move |()| set.refetch());
    let shown = move |set: Option<PermissionSet>| {
        let Some(set) = set else { return not_found("Permission set") };
        let (name, address) = (set.name.clone(), paths::permission_set(&set.id));
        let content = match refused_to_change(&set) {
            Some(reason) => may_not("You may not change this permission set", reason),
            None => view! { <Editor set reload /> }.into_any(),
        };
        let crumbs = SETS.crumbs([Crumb::link(name.clone(), address), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=set view=Callback::new(shown) /> }
}

#[component]
fn Editor(set: PermissionSet, reload: Callback<()>) -> impl IntoView {
    let PermissionSet { id, name, description, scope, permissions, version, .. } = set;
    let draft = PermissionSetDraft { name, description, scope: scope.key().to_owned(), permissions };
    let form = SetForm::new(draft.clone());
    let (address, page) = (paths::permission_set(&id), paths::permission_set_edit(&id));
    let (saved, outdated) = (RwSignal::new(false), RwSignal::new(false));
    let unsaved = Signal::derive(move || !saved.get() && form.draft.with(|now| *now != draft));
    warn_before_leaving(AtStake { by_closing: unsaved, by_leaving: unsaved, page });

    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let to = address.clone();
    let save = move || {
        let (navigate, to) = (navigate.clone(), to.clone());
        sending.run(update_permission_set(id.clone(), version, form.draft.get_untracked()), move |answer| match answer {
            Ok(set) => {
                saved.set(true);
                toasts.success(format!("{} was saved.", set.name));
                navigate(&to, NavigateOptions::default());
            }
            Err(error) => {
                outdated.set(error.is_conflict());
                form.errors.refuse(error);
            }
        });
    };
    view! {
        <Form errors=form.errors on_submit=save>
            {form.details(false)}
            {form.ticks()}
            <div class="form-bar">
                <div class="actions push">
                    {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load it again"</Button> })}
                    <ButtonLink href=address.clone()>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
}
