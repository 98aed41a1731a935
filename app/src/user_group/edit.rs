//! Changing a group and who is in it.

use domain::{ListPage, Permission, UserGroup, UserGroupId, UserId, UserRow};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    form::GroupForm,
    list::GROUPS,
    members::{candidates, picked},
    rpc::{change_group_users, get_user_group, list_group_users, update_user_group},
};
use crate::{
    directory::{may_not, not_found, of_address, refusal_at},
    error::UiError,
    forms::{AtStake, Form, Sending, warn_before_leaving},
    loading::Loaded,
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Glyph, Page, Picker, Section, use_toasts},
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
            Some(reason) => may_not("You may not change this user group", reason),
            None => view! { <Editor group users reload /> }.into_any(),
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

/// Saves the group, then its users; gives the version that is current then.
async fn save(
    id: UserGroupId,
    version: i64,
    draft: domain::UserGroupDraft,
    users: Option<(Vec<UserId>, Vec<UserId>)>,
) -> Result<(), (Option<i64>, UiError)> {
    let group = update_user_group(id.clone(), version, draft).await.map_err(|error| (None, error))?;
    match users {
        Some((add, remove)) => change_group_users(id, add, remove).await.map_err(|error| (Some(group.version), error)),
        None => Ok(()),
    }
}

#[component]
fn Editor(group: UserGroup, users: ListPage<UserRow>, reload: Callback<()>) -> impl IntoView {
    let form = GroupForm::new(Some(&group.row));
    let members = picked(&users, group.row.users);
    let id = StoredValue::new(group.row.group.id.clone());
    let page = paths::user_group(&group.row.group.id);
    let (version, outdated, saved) = (RwSignal::new(group.version), RwSignal::new(false), RwSignal::new(false));
    let first = form.draft.get_untracked();
    let unsaved = Signal::derive(move || !saved.get() && (members.is_changed() || form.draft.with(|draft| *draft != first)));
    warn_before_leaving(AtStake { by_closing: unsaved, by_leaving: unsaved, page: page.clone() + "/edit" });

    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let (to, name) = (page.clone(), group.row.group.name.clone());
    let submit = move || {
        let (navigate, to, name) = (navigate.clone(), to.clone(), name.clone());
        let ids = |values: Vec<String>| values.iter().filter_map(|value| value.parse().ok()).collect::<Vec<UserId>>();
        let users = members.is_changed().then(|| (ids(members.added()), ids(members.removed())));
        let call = save(id.get_value(), version.get_untracked(), form.draft.get_untracked(), users);
        let call = async move {
            call.await.map_err(|(now, error)| {
                if let Some(now) = now {
                    _ = version.try_set(now);
                }
                error
            })
        };
        sending.run(call, move |answer| match answer {
            Ok(()) => {
                saved.set(true);
                toasts.success(format!("{name} was saved."));
                navigate(&to, NavigateOptions::default());
            }
            Err(error) => {
                outdated.set(error.is_conflict());
                form.errors.refuse(error);
            }
        });
    };
    view! {
        <Form errors=form.errors on_submit=submit>
            {form.section()}
            <Section title="Users" description="Whoever is in the group has its roles.">
                <Picker
                    name="users"
                    label="Users"
                    picked=members
                    candidates=candidates(group.row.group.id.clone(), group.row.client)
                    error=form.errors.of("users")
                    none="Nobody is in this group."
                    placeholder="Name, login name or e-mail address"
                />
            </Section>
            <div class="form-bar">
                <div class="actions push">
                    {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load the group again"</Button> })}
                    <ButtonLink href=page.clone()>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
}
