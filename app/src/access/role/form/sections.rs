//! The parts of the form.

use domain::{RoleList, RoleScope, limits};
use leptos::prelude::*;

use super::{
    RoleForm,
    role_form::{ALL, LISTED},
};
use crate::{
    access::role::sets::SetContents,
    ui::{Choice, Picked, RadioGroup, Section, TextArea, TextField},
};

/// Name and description.
pub(in crate::access::role) fn text_section(form: RoleForm) -> AnyView {
    let (texts, errors) = (form.texts, form.errors);
    view! {
        <Section title="Role">
            <TextField name="name" label="Name" value=texts.name error=errors.of("name") on_blur=errors.leave("name") required=true max_length=limits::SHORT_NAME />
            <TextArea
                name="description"
                label="Description"
                hint="What this role is for. Helps others choose the right one."
                value=texts.description
                error=errors.of("description")
                on_blur=errors.leave("description")
                rows=2
                max_length=limits::SHORT_DESCRIPTION
            />
        </Section>
    }
    .into_any()
}

/// What its users may do.
pub(in crate::access::role) fn sets_section(form: RoleForm) -> AnyView {
    view! {
        <Section title="Permission sets" description="What this role’s users can do. Permission sets add up.">
            {form.picker(RoleList::PermissionSets, "No permission sets: this role grants nothing.")}
            {contents(form.lists.permission_sets)}
        </Section>
    }
    .into_any()
}

/// What each of the chosen sets holds.
fn contents(picked: Picked) -> impl IntoView {
    view! {
        <div class="sets">
            <For each=move || picked.shown() key=|set| set.value.clone() children=move |set| view! { <SetContents id=set.value name=set.label /> } />
        </div>
    }
}

/// Who has it.
pub(in crate::access::role) fn people_section(form: RoleForm) -> AnyView {
    let description = match form.scope {
        RoleScope::Msp => "Your own users who have this role, directly or through groups.",
        RoleScope::Client => "Client users who have this role, directly or through groups.",
    };
    view! {
        <Section title="Users and groups" description>
            {form.picker(RoleList::Users, "No individual users.")}
            {form.picker(RoleList::UserGroups, "No user groups.")}
        </Section>
    }
    .into_any()
}

/// The clients that it shows.
pub(in crate::access::role) fn clients_section(form: RoleForm) -> AnyView {
    let (description, none) = match form.scope {
        RoleScope::Msp => ("The clients that the role’s users see.", "No clients: this role’s users see none."),
        RoleScope::Client => (
            "The clients whose users can have this role. A client’s users only see their own client.",
            "No clients: this role is for the users of any client.",
        ),
    };
    let view = form.views.clients;
    view! {
        <Section title="Clients" description>
            {question(form, "all_clients", "Which clients?", view, "All clients", "Includes clients added later.")}
            {move || view.with(|view| view == LISTED).then(|| form.picker(RoleList::Clients, none))}
        </Section>
    }
    .into_any()
}

/// The devices that it shows of these clients.
pub(in crate::access::role) fn devices_section(form: RoleForm) -> AnyView {
    let view = form.views.devices;
    let pickers = move || {
        view.with(|view| view == LISTED).then(|| {
            [form.picker(RoleList::Devices, "No individual devices."), form.picker(RoleList::DeviceGroups, "No device groups.")]
                .into_iter()
                .collect_view()
        })
    };
    view! {
        <Section title="Devices" description="Which devices of these clients.">
            {question(form, "all_devices", "Which devices?", view, "All devices of the clients", "Includes those added later.")}
            {pickers}
        </Section>
    }
    .into_any()
}

/// The credential sets that it shows of these clients.
pub(in crate::access::role) fn credentials_section(form: RoleForm) -> AnyView {
    let view = form.views.credential_sets;
    view! {
        <Section title="Credential sets" description="Which credential sets of these clients. Nobody sees their secrets.">
            {question(form, "all_credentials", "Which credential sets?", view, "All credential sets of the clients", "Includes those added later.")}
            {move || view.with(|view| view == LISTED).then(|| form.picker(RoleList::CredentialSets, "No credential sets."))}
        </Section>
    }
    .into_any()
}

/// All or listed?
fn question(form: RoleForm, name: &'static str, label: &'static str, value: RwSignal<String>, all: &'static str, detail: &'static str) -> AnyView {
    let options = vec![Choice::new(ALL, all).with_detail(detail), Choice::new(LISTED, "Only those listed")];
    view! { <RadioGroup name label value options error=form.errors.of(name) /> }.into_any()
}
