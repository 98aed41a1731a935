//! Changing a device.

use domain::{Device, Permission};
use leptos::prelude::*;

use super::{
    form::DeviceForm,
    list::DEVICES,
    rpc::{get_device, update_device},
};
use crate::{
    forms::{Editing, edit_form, was_saved},
    loading::Loaded,
    paths,
    thing::{belongs_to, may_not, not_found, of_address, refusal_at},
    ui::{Crumb, Page},
};

/// The page.
#[component]
pub fn DeviceEditPage() -> impl IntoView {
    let device = of_address("device", get_device);
    let reload = Callback::new(move |()| device.refetch());
    let shown = move |device: Option<Device>| {
        let Some(device) = device else { return not_found("Device") };
        let name = device.details.title().to_owned();
        let crumbs = DEVICES.crumbs([Crumb::link(name.clone(), paths::device(&device.id)), Crumb::text("Edit")]);
        let description = belongs_to(&device.client.name);
        let content = match refusal_at(Permission::DeviceManage, Some(device.client.id)) {
            Some(reason) => may_not("You can’t change this device", reason),
            None => editor(&device, reload),
        };
        view! { <Page title=format!("Edit {name}") description crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=device view=Callback::new(shown) /> }
}

fn editor(device: &Device, reload: Callback<()>) -> AnyView {
    let (form, id, version) = (DeviceForm::of(&device.details), device.id.clone(), device.version);
    let thing = paths::device(&device.id);
    let first = form.draft.get_untracked();
    let changed = Signal::derive(move || form.draft.with(|draft| *draft != first));
    let save = move || {
        let saving = update_device(id.clone(), version, form.draft.get_untracked());
        async { saving.await.map(|device| was_saved(device.details.title())) }
    };
    edit_form(Editing { errors: form.errors, changed, thing, reload }, save, form.sections())
}
