//! Changing a device group and which devices are in it.

use domain::{DeviceGroup, DeviceGroupId, DeviceRow, ListPage, Permission};
use leptos::prelude::*;

use super::{
    devices::{candidates, picked},
    form::GroupForm,
    list::GROUPS,
    rpc::{edit_device_group, get_device_group, list_group_devices},
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

/// A group and the first of its devices.
type Both = (DeviceGroup, ListPage<DeviceRow>);

/// The page.
#[component]
pub fn DeviceGroupEditPage() -> impl IntoView {
    let both = of_address("group", get_both);
    let reload = Callback::new(move |()| both.refetch());
    let shown = move |both: Option<Both>| {
        let Some((group, devices)) = both else { return not_found("Device group") };
        let name = group.details.name.clone();
        let crumbs = GROUPS.crumbs([Crumb::link(name.clone(), paths::device_group(&group.id)), Crumb::text("Edit")]);
        let content = match refusal_at(Permission::DeviceManage, group.client.as_ref().map(|client| client.id)) {
            Some(reason) => may_not("You can’t change this device group", reason),
            None => editor(group, &devices, reload),
        };
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=both view=Callback::new(shown) /> }
}

async fn get_both(id: DeviceGroupId) -> Result<Both, UiError> {
    let group = get_device_group(id.clone()).await?;
    Ok((group, list_group_devices(id, String::new()).await?))
}

fn editor(group: DeviceGroup, devices: &ListPage<DeviceRow>, reload: Callback<()>) -> AnyView {
    let (form, members) = (GroupForm::new(group.details.clone()), picked(&group, devices));
    let DeviceGroup { id, client, version, .. } = group;
    let thing = paths::device_group(&id);
    let first = form.draft.get_untracked();
    let changed = Signal::derive(move || members.is_changed() || form.draft.with(|draft| *draft != first));
    let candidates = candidates(id.clone(), client.as_ref().map(|client| client.id));
    let whose =
        client.map_or_else(|| "It can include devices of any client.".to_owned(), |client| format!("It can include devices of {}.", client.name));
    let save = move || {
        let saving = edit_device_group(id.clone(), version, form.draft.get_untracked(), ids(members.added()), ids(members.removed()));
        async { saving.await.map(|group| was_saved(group.details.name)) }
    };
    let fields = view! {
        {form.section()}
        <Section title="Devices" description=whose>
            <Picker
                name="devices"
                label="Devices"
                picked=members
                candidates
                error=form.errors.of("devices")
                none="No devices in this group."
                placeholder="Name, address, serial number or tag"
            />
        </Section>
    };
    edit_form(Editing { errors: form.errors, changed, thing, reload }, save, fields)
}
