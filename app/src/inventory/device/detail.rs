//! The page of one device.

use domain::{AccessKind, Device, InventoryUsage, Permission, counted};
use leptos::prelude::*;

use super::{
    list::{DEVICES, spaced, state_badge, type_words},
    rpc::{delete_device, get_device, get_device_usage},
};
use crate::{
    access::why::why_link,
    forms::{Deletion, delete_dialog},
    loading::Loaded,
    moment::moment,
    paths,
    thing::{not_found, of_address, refusal_at},
    ui::{Badge, Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Page, Section},
};

/// The page.
#[component]
pub fn DevicePage() -> impl IntoView {
    let device = of_address("device", get_device);
    let shown = |device: Option<Device>| match device {
        Some(device) => view! { <Shown device /> }.into_any(),
        None => not_found("Device"),
    };
    view! { <Loaded resource=device view=Callback::new(shown) /> }
}

#[component]
fn Shown(device: Device) -> impl IntoView {
    let (id, name, state) = (device.id.clone(), device.details.title().to_owned(), device.details.state);
    let deleting = RwSignal::new(false);
    let refused = refusal_at(Permission::DeviceManage, Some(device.client.id));
    let (edit, asked) = (paths::device_edit(&id), id.clone());
    let actions = move || {
        view! {
            <span data-needs-script="">
                <Button icon=Glyph::Trash disabled_because=refused.clone() on_click=move || deleting.set(true)>"Delete"</Button>
            </span>
            {why_link(None, AccessKind::Device, Some(asked.as_str()))}
            <ButtonLink href=edit.clone() variant=ButtonVariant::Primary icon=Glyph::Pencil disabled_because=refused.clone()>"Edit"</ButtonLink>
        }
    };
    let deletion = Deletion {
        id,
        name: name.clone(),
        usage: get_device_usage,
        words,
        delete: delete_device,
        list: paths::devices(&domain::DeviceQuery::default()),
    };
    view! {
        <Page title=name.clone() crumbs=DEVICES.crumbs([Crumb::text(name)]) beside=move || state_badge(state) actions>
            <div class="stack">
                {overview(&device)}
                {facts("Network", [("Host name", &device.details.host_name), ("IP address", &spaced(&device.details.ip_address)), ("DNS name", &device.details.dns_name)])}
                {facts("Make", [
                    ("Make", &device.details.make),
                    ("Model", &device.details.model),
                    ("Operating system", &device.details.os_name),
                    ("Serial number", &device.details.serial_number),
                ])}
                {groups(&device)}
                {record(&device)}
            </div>
        </Page>
        {delete_dialog(deletion, deleting)}
    }
}

fn overview(Device { client, details, kind, .. }: &Device) -> AnyView {
    let (href, client) = (paths::client(client.id), client.name.clone());
    let (name, alias) = (details.name.clone(), details.alias_name.clone());
    let sort = type_words(*kind, &details.resource_type);
    let tags = details.tags.iter().map(|tag| view! { <li><Badge text=tag.clone() /></li> }).collect_view();
    let none = details.tags.is_empty().then(|| view! { <span class="missing" aria-label="none">"—"</span> });
    view! {
        <Section title="Device">
            <DescriptionList>
                <Description label="Name" value=name />
                <Description label="Alias" value=alias />
                <Description label="Client"><a href=href>{client}</a></Description>
                <Description label="Type" value=sort />
                <Description label="Tags"><ul class="chips" role="list">{tags}</ul>{none}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

fn facts<const N: usize>(title: &'static str, facts: [(&'static str, &String); N]) -> AnyView {
    let facts = facts.map(|(label, value)| view! { <Description label value=value.clone() /> }).collect_view();
    view! { <Section title><DescriptionList>{facts}</DescriptionList></Section> }.into_any()
}

fn groups(device: &Device) -> AnyView {
    let item = |group: &domain::DeviceGroupSummary| view! { <li><a href=paths::device_group(&group.id)>{group.name.clone()}</a></li> };
    let content = if device.groups.is_empty() {
        view! { <p class="muted">"Not in any device group."</p> }.into_any()
    } else {
        view! { <ul class="plain-list">{device.groups.iter().map(item).collect_view()}</ul> }.into_any()
    };
    view! { <Section title="Device groups">{content}</Section> }.into_any()
}

/// What programs know it by.
fn record(Device { id, details, created, updated, .. }: &Device) -> AnyView {
    let [name, device_type, record_type] = [&details.resource_name, &details.device_type, &details.record_type].map(Clone::clone);
    let (id, created, updated) = (id.to_string(), moment(*created), moment(*updated));
    view! {
        <Section title="Record">
            <DescriptionList>
                <Description label="Resource name" value=name />
                <Description label="Device type" value=device_type />
                <Description label="Record type" value=record_type />
                <Description label="Unique ID"><span class="mono">{id}</span></Description>
                <Description label="Created">{created}</Description>
                <Description label="Last updated">{updated}</Description>
            </DescriptionList>
        </Section>
    }
    .into_any()
}

/// What hangs on a device, in a sentence.
fn words(usage: &InventoryUsage) -> String {
    let groups = counted(usage.device_groups, "device group", "device groups");
    let roles = counted(usage.roles, "role lists", "roles list");
    match (usage.device_groups, usage.roles) {
        (0, 0) => "It isn’t in any device group, and no role lists it.".to_owned(),
        (_, 0) => format!("It is removed from {groups}. No role lists it."),
        (0, _) => format!("{roles} it and will no longer see it. It isn’t in any device group."),
        _ => format!("It is removed from {groups}. {roles} it and will no longer see it."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_device_is_told() {
        let sentence = |roles, device_groups| words(&InventoryUsage { roles, device_groups, devices: 0 });
        assert_eq!(sentence(0, 0), "It isn’t in any device group, and no role lists it.");
        assert_eq!(sentence(0, 1), "It is removed from 1 device group. No role lists it.");
        assert_eq!(sentence(2, 0), "2 roles list it and will no longer see it. It isn’t in any device group.");
    }
}
