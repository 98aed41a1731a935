//! Changing a user.

use domain::{Permission, User, UserStatus};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    form::{UserForm, access_section, account_section, contact_section},
    list::USERS,
    rpc::{get_user, update_user},
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
            Some(reason) => may_not("You may not change this user", reason),
            None => view! { <Editor user reload /> }.into_any(),
        };
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=user view=Callback::new(shown) /> }
}

#[component]
fn Editor(user: User, reload: Callback<()>) -> impl IntoView {
    let (id, version, client) = (user.row.id, user.version, user.row.client);
    let form = UserForm::new(Some(&user));
    let (saved, outdated) = (RwSignal::new(false), RwSignal::new(false));
    let first = form.draft.get_untracked();
    let unsaved = Signal::derive(move || !saved.get() && form.draft.with(|draft| *draft != first));
    warn_before_leaving(AtStake { by_closing: unsaved, by_leaving: unsaved, page: paths::user_edit(id) });

    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let save = move || {
        let navigate = navigate.clone();
        sending.run(update_user(id, version, form.draft.get_untracked()), move |answer| match answer {
            Ok(user) => {
                saved.set(true);
                toasts.success(format!("{} was saved.", user.row.profile.name()));
                navigate(&paths::user(id), NavigateOptions::default());
            }
            Err(error) => {
                outdated.set(error.is_conflict());
                form.errors.refuse(error);
            }
        });
    };
    view! {
        <Form errors=form.errors on_submit=save>
            {account_section(form)}
            {access_section(form.access, client, form.errors)}
            {contact_section(form)}
            <div class="form-bar">
                <div class="actions push">
                    {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load the user again"</Button> })}
                    <ButtonLink href=paths::user(id)>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
}
