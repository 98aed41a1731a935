//! Making a group. Its users are chosen on the next page.

use domain::{Permission, Scope, UserGroupQuery};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{form::GroupForm, list::GROUPS, rpc::create_user_group};
use crate::{
    caller::{refusal, use_caller},
    clients::client::{ClientTab, back_from_form, form_for_client, picked_client},
    forms::{Form, Sending, Unsaved, replacing},
    paths,
    people::user::organization_picker,
    thing::{belongs_to, may_not},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Page, Picked, Section, use_toasts},
};

/// The page.
#[component]
pub fn NewUserGroupPage() -> impl IntoView {
    let content = match refusal(Permission::UserGroupManage, Scope::Visible) {
        Some(reason) => may_not("You can’t add user groups", reason),
        None => form_for_client(|chosen| view! { <NewGroupForm chosen /> }.into_any()),
    };
    view! { <Page title="Add user group" crumbs=GROUPS.crumbs([Crumb::text("Add")]) narrow=true>{content}</Page> }
}

#[component]
fn NewGroupForm(chosen: Picked) -> impl IntoView {
    let caller = use_caller();
    let (form, own) = (GroupForm::new(None), caller.client);
    let back = back_from_form(ClientTab::UserGroups, paths::user_groups(&UserGroupQuery::default()));
    let unsaved = Unsaved::of(move || (form.draft.get(), chosen.added()));
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let save = move || {
        let navigate = navigate.clone();
        let client = own.or_else(|| picked_client(chosen));
        sending.run(create_user_group(client, form.draft.get_untracked()), move |answer| match answer {
            Ok(group) => {
                unsaved.saved();
                toasts.success(format!("{} was added. Choose its users.", group.row.group.name));
                navigate(&paths::user_group_edit(&group.row.group.id), replacing());
            }
            Err(error) => form.errors.refuse(error),
        });
    };
    let organization = belongs_to(&caller.organization);
    view! {
        <Form errors=form.errors unsaved focus_first=true on_submit=save>
            {own.is_none().then(|| view! {
                <Section title="Organization">{organization_picker(chosen, &organization, form.errors.of("client"))}</Section>
            })}
            {form.section()}
            <div class="form-bar">
                <div class="actions push">
                    <ButtonLink href=back>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Add and choose users"</Button>
                </div>
            </div>
        </Form>
    }
}
