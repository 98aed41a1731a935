//! Changing a device group and which devices are in it.

use domain::{DeviceGroup, DeviceGroupId, DeviceId, DeviceRow, ListPage, Permission};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    devices::{candidates, picked},
    form::GroupForm,
    list::GROUPS,
    rpc::{edit_device_group, get_device_group, list_group_devices},
};
use crate::{
    directory::{may_not, not_found, of_address, refusal_at},
    error::UiError,
    forms::{AtStake, Form, Sending, warn_before_leaving},
    loading::Loaded,
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Glyph, Page, Picker, Section, use_toasts},
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
            Some(reason) => may_not("You may not change this device group", reason),
            None => view! { <Editor group devices reload /> }.into_any(),
        };
        view! { <Page title=format!("Edit {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=both view=Callback::new(shown) /> }
}

async fn get_both(id: DeviceGroupId) -> Result<Both, UiError> {
    let group = get_device_group(id.clone()).await?;
    Ok((group, list_group_devices(id, String::new()).await?))
}

#[component]
fn Editor(group: DeviceGroup, devices: ListPage<DeviceRow>, reload: Callback<()>) -> impl IntoView {
    let form = GroupForm::new(group.details.clone());
    let members = picked(&group, &devices);
    let (id, version, page) = (StoredValue::new(group.id.clone()), group.version, paths::device_group(&group.id));
    let client = group.client.as_ref().map(|client| client.id);
    let whose =
        group.client.map_or_else(|| "Devices of every client can be in it.".to_owned(), |client| format!("Devices of {} can be in it.", client.name));
    let (saved, outdated) = (RwSignal::new(false), RwSignal::new(false));
    let first = form.draft.get_untracked();
    let unsaved = Signal::derive(move || !saved.get() && (members.is_changed() || form.draft.with(|draft| *draft != first)));
    warn_before_leaving(AtStake { by_closing: unsaved, by_leaving: unsaved, page: paths::device_group_edit(&group.id) });

    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let to = page.clone();
    let save = move || {
        let (navigate, to) = (navigate.clone(), to.clone());
        let ids = |values: Vec<String>| values.iter().filter_map(|value| value.parse().ok()).collect::<Vec<DeviceId>>();
        let call = edit_device_group(id.get_value(), version, form.draft.get_untracked(), ids(members.added()), ids(members.removed()));
        sending.run(call, move |answer| match answer {
            Ok(group) => {
                saved.set(true);
                toasts.success(format!("{} was saved.", group.details.name));
                navigate(&to, NavigateOptions::default());
            }
            Err(error) => {
                outdated.set(error.is_conflict());
                form.errors.refuse(error);
            }
        });
    };
    view! {
        <Form errors=form.errors on_submit=save>
            {form.section()}
            <Section title="Devices" description=whose>
                <Picker
                    name="devices"
                    label="Devices"
                    picked=members
                    candidates=candidates(id.get_value(), client)
                    error=form.errors.of("devices")
                    none="No device is in this group."
                    placeholder="Name, address, serial number or tag"
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
