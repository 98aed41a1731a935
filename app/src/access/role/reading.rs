//! What a role is and lists, to read.

use domain::{RoleList, RoleSummary, grouped};
use leptos::prelude::*;

use super::{list::users_of, open::Opened, sets::SetContents};
use crate::{
    moment::moment,
    ui::{Choice, Description, DescriptionList, Section},
};

/// The role itself.
pub(super) fn about(opened: &Opened) -> AnyView {
    let RoleSummary { id, description, scope, created, updated, .. } = opened.overview.summary.clone();
    view! {
        <Section title="Role">
            <DescriptionList>
                <Description label="Description" value=description />
                <Description label="For" value=users_of(scope).to_owned() />
                <Description label="Unique ID"><span class="mono">{id.to_string()}</span></Description>
                <Description label="Created">{moment(created)}</Description>
                <Description label="Last updated">{moment(updated)}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

/// What it lists; with the people too unless they stand elsewhere.
pub(super) fn lists(opened: &Opened, people: bool) -> AnyView {
    let role = &opened.overview.summary;
    let sets = opened.first(RoleList::PermissionSets).into_iter();
    let sets = sets.map(|set| view! { <SetContents id=set.value name=set.label /> }).collect_view();
    let people = people.then(|| {
        let (users, groups) = (listed(opened, RoleList::Users), listed(opened, RoleList::UserGroups));
        view! { <Section title="Users and groups"><DescriptionList>{users}{groups}</DescriptionList></Section> }
    });
    let all = |label: &'static str, text: &'static str| view! { <Description label value=text.to_owned() /> }.into_any();
    let clients = match (role.client, role.all_clients) {
        (Some(own), _) => view! { <Description label="Clients" value=own.to_string() /> }.into_any(),
        (None, true) => all("Clients", "All clients"),
        (None, false) => listed(opened, RoleList::Clients),
    };
    let devices = if role.all_devices {
        all("Devices", "All devices of the clients")
    } else {
        view! { {listed(opened, RoleList::Devices)}{listed(opened, RoleList::DeviceGroups)} }.into_any()
    };
    let credentials =
        if role.all_credentials { all("Credential sets", "All credential sets of the clients") } else { listed(opened, RoleList::CredentialSets) };
    view! {
        <Section title="Permission sets"><div class="sets">{sets}</div></Section>
        {people}
        <Section title="What it shows"><DescriptionList>{clients}{devices}{credentials}</DescriptionList></Section>
    }
    .into_any()
}

/// The first of a list, and how many more there are.
fn listed(opened: &Opened, list: RoleList) -> AnyView {
    let (first, more) = (opened.first(list), opened.beyond(list));
    if first.is_empty() {
        return view! { <Description label=list.label() value="".to_owned() /> }.into_any();
    }
    let name = |choice: Choice| view! { <li title=choice.detail>{choice.label}</li> };
    let more = (more > 0).then(|| view! { <li class="muted">{format!("and {} more", grouped(more))}</li> });
    view! { <Description label=list.label()><ul class="plain-list">{first.into_iter().map(name).collect_view()}{more}</ul></Description> }.into_any()
}
