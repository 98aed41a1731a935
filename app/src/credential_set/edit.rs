//! Changing a credential set. What is secret can be replaced or removed, not read.

use domain::{CredentialSet, Permission};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    form::SetForm,
    list::SETS,
    rpc::{get_credential_set, update_credential_set},
};
use crate::{
    directory::{may_not, not_found, of_address, refusal_at},
    forms::{AtStake, Form, Sending, warn_before_leaving},
    loading::Loaded,
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Glyph, Page, use_toasts},
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
            Some(reason) => may_not("You may not change this credential set", reason),
            None => view! { <Editor set reload /> }.into_any(),
        };
        let crumbs = SETS.crumbs([Crumb::link(name.clone(), paths::credential_set(&id)), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=set view=Callback::new(shown) /> }
}

#[component]
fn Editor(set: CredentialSet, reload: Callback<()>) -> impl IntoView {
    let (form, id, version) = (SetForm::of(&set), set.id.clone(), set.version);
    let page = paths::credential_set(&set.id);
    let (saved, outdated) = (RwSignal::new(false), RwSignal::new(false));
    let first = form.draft.get_untracked();
    let unsaved = Signal::derive(move || !saved.get() && form.draft.with(|draft| *draft != first));
    warn_before_leaving(AtStake { by_closing: unsaved, by_leaving: unsaved, page: paths::credential_set_edit(&set.id) });
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let to = page.clone();
    let save = move || {
        let (navigate, to) = (navigate.clone(), to.clone());
        sending.run(update_credential_set(id.clone(), version, form.draft.get_untracked()), move |answer| match answer {
            Ok(set) => {
                saved.set(true);
                toasts.success(format!("{} was saved.", set.details.name));
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
            {form.sections()}
            <div class="form-bar">
                <div class="actions push">
                    {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load the set again"</Button> })}
                    <ButtonLink href=page.clone()>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
}
