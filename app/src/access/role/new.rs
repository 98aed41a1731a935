//! Making a role: its scope first, for that decides what can be picked, and then the rest.

use domain::{Permission, RoleQuery, RoleScope, RoleSummary};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{
    editor::{Editor, Place},
    form::{RoleForm, Texts},
    list::{ROLES, users_of},
    open::Editable,
};
use crate::{
    caller::{refusal, use_caller},
    clients::client::{ClientTab, back_from_form, form_for_client},
    forms::replacing,
    paths,
    thing::may_not,
    ui::{Choice, Crumb, Page, Picked, RadioGroup, Section},
};

/// The page.
#[component]
pub fn NewRolePage() -> impl IntoView {
    let content = match refusal(Permission::RoleManage, use_caller().place()) {
        Some(reason) => may_not("You can’t add roles", reason),
        None => form_for_client(|clients| view! { <NewRole clients /> }.into_any()),
    };
    view! { <Page title="Add role" crumbs=ROLES.crumbs([Crumb::text("Add")])>{content}</Page> }
}

#[component]
fn NewRole(clients: Picked) -> impl IntoView {
    let of_client = use_caller().client.is_some();
    let chosen = RwSignal::new(if of_client { RoleScope::Client.key() } else { "" }.to_owned());
    let scope = Memo::new(move |_| chosen.with(|chosen| RoleScope::from_key(chosen)));
    let texts = Texts::of(None);
    let navigate = use_navigate();
    let saved = Callback::new(move |role: RoleSummary| navigate(&paths::role(&role.id), replacing()));
    let place = Place {
        back: back_from_form(ClientTab::Roles, paths::roles(&RoleQuery::default())),
        clients: !of_client,
        saved,
        reload: Callback::new(|()| ()),
    };
    let choices = vec![
        Choice::new(RoleScope::Msp.key(), users_of(RoleScope::Msp))
            .with_detail("Your own users. They work with all clients, or with those you choose."),
        Choice::new(RoleScope::Client.key(), users_of(RoleScope::Client)).with_detail("Users of a client. They never see other clients."),
    ];
    let editor = move || {
        scope.get().map(|scope| {
            let place = place.clone();
            view! { <Editor form=RoleForm::blank(scope, texts, clients) version=None editable=Editable::All place /> }
        })
    };
    view! {
        {(!of_client).then(|| view! {
            <div class="role-scope">
                <Section title="Who is the role for?" description="This can’t be changed later.">
                    <RadioGroup name="scope" label="Scope" value=chosen options=choices required=true />
                </Section>
            </div>
        })}
        {editor}
    }
}
