//! The page of one device group.

use domain::{DeviceGroup, InventoryUsage, Permission, counted};
use leptos::prelude::*;

use super::{
    devices::Members,
    list::{GROUPS, organization},
    rpc::{delete_device_group, get_device_group, get_device_group_usage},
};
use crate::{
    forms::{Deletion, delete_dialog},
    loading::Loaded,
    moment::moment,
    paths,
    thing::{not_found, of_address, refusal_at},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Page, Section},
};

/// The page.
#[component]
pub fn DeviceGroupPage() -> impl IntoView {
    let group = of_address("group", get_device_group);
    let shown = |group: Option<DeviceGroup>| match group {
        Some(group) => view! { <Shown group /> }.into_any(),
        None => not_found("Device group"),
    };
    view! { <Loaded resource=group view=Callback::new(shown) /> }
}

#[component]
fn Shown(group: DeviceGroup) -> impl IntoView {
    let DeviceGroup { id, client, details, created, updated, .. } = group;
    let name = details.name;
    let deleting = RwSignal::new(false);
    let refused = refusal_at(Permission::DeviceManage, client.as_ref().map(|client| client.id));
    let edit = paths::device_group_edit(&id);
    let actions = move || {
        view! {
            <span data-needs-script="">
                <Button icon=Glyph::Trash disabled_because=refused.clone() on_click=move || deleting.set(true)>"Delete"</Button>
            </span>
            <ButtonLink href=edit.clone() variant=ButtonVariant::Primary icon=Glyph::Pencil disabled_because=refused.clone()>"Edit"</ButtonLink>
        }
    };
    let owner = organization(client.as_ref());
    let owner = match client {
        Some(client) => view! { <a href=paths::client(client.id)>{owner}</a> }.into_any(),
        None => owner.into_any(),
    };
    let deletion = Deletion {
        id: id.clone(),
        name: name.clone(),
        usage: get_device_group_usage,
        words,
        delete: delete_device_group,
        list: paths::device_groups(&domain::DeviceGroupQuery::default()),
    };
    let shown_id = id.to_string();
    view! {
        <Page title=name.clone() crumbs=GROUPS.crumbs([Crumb::text(name)]) actions>
            <div class="stack">
                <Section title="Details">
                    <DescriptionList>
                        <Description label="Organization">{owner}</Description>
                        <Description label="Description" value=details.description />
                        {(!details.search_query.is_empty()).then(|| view! { <Description label="Holds the devices for which" value=details.search_query.clone() /> })}
                        {(!details.parent.is_empty()).then(|| view! { <Description label="Parent group" value=details.parent.clone() /> })}
                        <Description label="Unique ID"><span class="mono">{shown_id}</span></Description>
                        <Description label="Created">{moment(created)}</Description>
                        <Description label="Last updated">{moment(updated)}</Description>
                    </DescriptionList>
                </Section>
                <Section title="Devices"><Members group=id /></Section>
            </div>
        </Page>
        {delete_dialog(deletion, deleting)}
    }
}

/// What hangs on a group, in sentences.
fn words(usage: &InventoryUsage) -> String {
    let devices = match usage.devices {
        0 => "It has no devices.".to_owned(),
        1 => "Its device stays.".to_owned(),
        many => format!("Its {} stay.", counted(many, "device", "devices")),
    };
    match usage.roles {
        0 => format!("{devices} No role lists it."),
        roles => format!(
            "{devices} {} it: their users no longer see its devices, unless another rule shows them.",
            counted(roles, "role lists", "roles list")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_group_is_told() {
        let sentence = |devices, roles| words(&InventoryUsage { roles, device_groups: 0, devices });
        assert_eq!(sentence(0, 0), "It has no devices. No role lists it.");
        assert_eq!(sentence(1, 0), "Its device stays. No role lists it.");
        assert!(sentence(1200, 1).starts_with("Its 1,200 devices stay. 1 role lists it: "));
    }
}
