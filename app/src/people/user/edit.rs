//! Changing a user.

use domain::{Permission, User, UserStatus};
use leptos::prelude::*;

use super::{
    form::{UserForm, access_section, account_section, contact_section},
    list::USERS,
    rpc::{get_user, update_user},
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
pub fn UserEditPage() -> impl IntoView {
    let user = of_address("user", get_user);
    let reload = Callback::new(move |()| user.refetch());
    let shown = move |user: Option<User>| {
        let Some(user) = user else { return not_found("User") };
        let name = user.row.profile.name();
        let refused = if user.row.status == UserStatus::Terminated {
            Some("A terminated user can’t be changed.".to_owned())
        } else {
            refusal_at(Permission::UserManage, user.row.client)
        };
        let crumbs = USERS.crumbs([Crumb::link(name.clone(), paths::user(user.row.id)), Crumb::text("Edit")]);
        let content = match refused {
            Some(reason) => may_not("You can’t change this user", reason),
            None => editor(&user, reload),
        };
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=user view=Callback::new(shown) /> }
}

fn editor(user: &User, reload: Callback<()>) -> AnyView {
    let (form, id, version, client) = (UserForm::new(Some(user)), user.row.id, user.version, user.row.client);
    let thing = paths::user(id);
    let first = form.draft.get_untracked();
    let changed = Signal::derive(move || form.draft.with(|draft| *draft != first));
    let save = move || {
        let saving = update_user(id, version, form.draft.get_untracked());
        async { saving.await.map(|user| was_saved(user.row.profile.name())) }
    };
    let fields = view! { {account_section(form)}{access_section(form.access, client, form.errors)}{contact_section(form)} };
    edit_form(Editing { errors: form.errors, changed, thing, reload }, save, fields)
}
