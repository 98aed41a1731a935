//! Where a user belongs, and what it may by roles and groups.

use domain::{ClientId, OwnerFilter, RoleFilter, RoleSummary, User, UserDraft, UserGroupRow, UserRole};
use leptos::prelude::*;

use crate::{
    clients::client::client_candidates,
    forms::FormErrors,
    lists::{candidates, selection},
    people::{
        user::rpc::list_user_roles,
        user_group::rpc::{list_client_user_groups, list_user_groups},
    },
    thing::of_client,
    ui::{Candidates, Choice, Picked, Picker, Section, SwitchField},
};

/// Roles and groups being picked.
#[derive(Clone, Copy)]
pub(in crate::people::user) struct AccessSignals {
    roles: Picked,
    all_groups: RwSignal<bool>,
    had_all_groups: bool,
    groups: Picked,
    new: bool,
}

impl AccessSignals {
    /// Begins with those of a user, or with none. Roles that come by a group alone are the group's to give.
    pub(super) fn new(user: Option<&User>) -> Self {
        let own = |role: &&UserRole| !role.by_group;
        let roles = user.iter().flat_map(|user| user.roles.iter().filter(own)).map(|role| Choice::new(role.id.to_string(), &role.name)).collect();
        let groups = user.iter().flat_map(|user| &user.user_groups).map(|group| Choice::new(group.id.to_string(), &group.name)).collect();
        let all = user.is_some_and(|user| user.row.profile.all_user_groups);
        Self { roles: Picked::new(roles), all_groups: RwSignal::new(all), had_all_groups: all, groups: Picked::new(groups), new: user.is_none() }
    }

    /// Forgets what another organization's user could have.
    pub(in crate::people::user) fn clear(self) {
        self.roles.clear();
        self.groups.clear();
    }

    /// Puts the choice into a draft.
    pub(super) fn write(self, draft: &mut UserDraft) {
        draft.roles = (self.new || self.roles.is_changed()).then(|| selection(self.roles));
        draft.user_group_type = match (self.all_groups.get(), self.had_all_groups) {
            (true, _) => Some("ALL".to_owned()),
            (false, true) => Some(String::new()),
            (false, false) => None,
        };
        draft.user_groups = (!self.all_groups.get() && self.groups.is_changed()).then(|| selection(self.groups));
    }
}

/// Roles and groups, of a user of a client or of the partner itself.
pub(in crate::people::user) fn access_section(access: AccessSignals, client: Option<ClientId>, errors: FormErrors) -> AnyView {
    let roles = role_picks(client);
    view! {
        <Section title="Access" description="Roles say what users can do: their own roles, and those of their groups.">
            <Picker name="roles" label="Roles" picked=access.roles candidates=roles error=errors.of("roles") none="No roles: no access." />
            <SwitchField name="user_group_type" label="In every user group" value=access.all_groups hint="Includes groups added later." />
            {move || {
                let groups = group_candidates(client);
                (!access.all_groups.get()).then(|| view! {
                    <Picker name="user_groups" label="User groups" picked=access.groups candidates=groups error=errors.of("user_groups") none="Not in any user group." />
                })
            }}
        </Section>
    }
    .into_any()
}

/// The roles that somebody of a client, or of the partner itself, may be given.
pub(crate) fn role_picks(client: Option<ClientId>) -> Candidates {
    let filter = if client.is_some() { RoleFilter::Client } else { RoleFilter::Msp };
    let choice = |role: &RoleSummary| Choice::new(role.id.to_string(), &role.name).with_detail(of_client(role.client, &role.description));
    candidates(Some(filter), move |query| list_user_roles(client, query), choice)
}

fn group_candidates(client: Option<ClientId>) -> Candidates {
    let choice = |row: &UserGroupRow| Choice::new(row.group.id.to_string(), &row.group.name).with_detail(&row.group.description);
    match client {
        Some(client) => candidates((), move |query| list_client_user_groups(client, query), choice),
        None => candidates(Some(OwnerFilter::Partner), list_user_groups, choice),
    }
}

/// Where a new thing belongs: nothing chosen is the partner itself.
pub(crate) fn organization_picker(picked: Picked, organization: &str, error: Signal<Option<String>>) -> AnyView {
    view! {
        <Picker
            name="client"
            label="Client"
            picked
            candidates=client_candidates()
            single=true
            error
            hint="Leave empty for your own organization. This can’t be changed later."
            none=organization.to_owned()
        />
    }
    .into_any()
}
