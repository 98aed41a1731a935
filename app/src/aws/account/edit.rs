//! Changing the name of an account, and how the server signs in.

use domain::{AwsAccount, AwsAction};
use leptos::prelude::*;

use super::{
    form::AccountForm,
    frame::crumbs,
    refused,
    rpc::{get_aws_account, update_aws_account},
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
pub fn AwsAccountEditPage() -> impl IntoView {
    let account = of_address("account", get_aws_account);
    let reload = Callback::new(move |()| account.refetch());
    let shown = move |account: Option<AwsAccount>| {
        let Some(account) = account else { return not_found("AWS account") };
        let (id, name) = (account.id, account.name.clone());
        let content = match refused(AwsAction::Edit, &account) {
            Some(reason) => may_not("You can’t change this account", reason),
            None => editor(&account, reload),
        };
        let crumbs = crumbs(account.kind, [Crumb::link(name.clone(), paths::aws_account(id)), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=account view=Callback::new(shown) /> }
}

fn editor(account: &AwsAccount, reload: Callback<()>) -> AnyView {
    let (form, id, version) = (AccountForm::new(account.kind, Some(account)), account.id, account.version);
    let first = form.draft.get_untracked();
    let changed = Signal::derive(move || form.draft.with(|draft| *draft != first));
    let save = move || {
        let saving = update_aws_account(id, version, form.draft.get_untracked());
        form.is_asking.set(true);
        async move {
            let answer = saving.await;
            form.is_asking.try_set(false);
            answer.map(|account| was_saved(account.name))
        }
    };
    edit_form(Editing { errors: form.errors, changed, thing: paths::aws_account(id), reload }, save, form.sections())
}
