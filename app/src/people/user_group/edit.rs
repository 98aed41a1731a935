//! Changing a group and who is in it.

use domain::{ListPage, Permission, UserGroup, UserGroupId, UserRow};
use leptos::prelude::*;

use super::{
    form::GroupForm,
    list::GROUPS,
    members::{candidates, picked},
    rpc::{edit_user_group, get_user_group, list_group_users},
};
use crate::{
    error::UiError,
    forms::{Editing, edit_form, was_saved},
    lists::ids,
    loading::Loaded,
    paths,
    thing::{may_not, not_found, of_address, refusal_at},
    ui::{Crumb, Page, Picker, Section},
};

/// A group and the first of its users.
type Both = (UserGroup, ListPage<UserRow>);

/// The page.
#[component]
pub fn UserGroupEditPage() -> impl IntoView {
    let both = of_address("group", get_both);
    let reload = Callback::new(move |()| both.refetch());
    let shown = move |both: Option<Both>| {
        let Some((group, users)) = both else { return not_found("User group") };
        let (id, name) = (group.row.group.id.clone(), group.row.group.name.clone());
        let content = match refusal_at(Permission::UserGroupManage, group.row.client) {
            Some(reason) => may_not("You can’t change this user group", reason),
            None => editor(&group, &users, reload),
        };
        let crumbs = GROUPS.crumbs([Crumb::link(name.clone(), paths::user_group(&id)), Crumb::text("Edit")]);
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=both view=Callback::new(shown) /> }
}

/// A group and the first of its users.
pub(super) async fn get_both(id: UserGroupId) -> Result<Both, UiError> {
    let group = get_user_group(id.clone()).await?;
    Ok((group, list_group_users(id, String::new()).await?))
}

fn editor(group: &UserGroup, users: &ListPage<UserRow>, reload: Callback<()>) -> AnyView {
    let (form, members) = (GroupForm::new(Some(&group.row)), picked(users, group.row.users));
    let (id, version) = (group.row.group.id.clone(), group.version);
    let thing = paths::user_group(&id);
    let first = form.draft.get_untracked();
    let changed = Signal::derive(move || members.is_changed() || form.draft.with(|draft| *draft != first));
    let candidates = candidates(id.clone(), group.row.client);
    let save = move || {
        let saving = edit_user_group(id.clone(), version, form.draft.get_untracked(), ids(members.added()), ids(members.removed()));
        async { saving.await.map(|group| was_saved(group.row.group.name)) }
    };
    let fields = view! {
        {form.section()}
        <Section title="Users" description="Members get the roles of the group.">
            <Picker
                name="users"
                label="Users"
                picked=members
                candidates
                error=form.errors.of("users")
                none="No users in this group."
                placeholder="Name, login name or e-mail address"
            />
        </Section>
    };
    edit_form(Editing { errors: form.errors, changed, thing, reload }, save, fields)
}
