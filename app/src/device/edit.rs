//! Changing a device.

use domain::{Device, Permission};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    form::DeviceForm,
    list::DEVICES,
    rpc::{get_device, update_device},
};
use crate::{
    directory::{may_not, not_found, of_address, refusal_at},
    forms::{AtStake, Form, Sending, warn_before_leaving},
    loading::Loaded,
    paths,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Glyph, Page, use_toasts},
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
        let description = format!("Belongs to {}.", device.client.name);
        let content = match refusal_at(Permission::DeviceManage, Some(device.client.id)) {
            Some(reason) => may_not("You may not change this device", reason),
            None => view! { <Editor device reload /> }.into_any(),
        };
        view! { <Page title=format!("Edit {name}") description crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=device view=Callback::new(shown) /> }
}

#[component]
fn Editor(device: Device, reload: Callback<()>) -> impl IntoView {
    let form = DeviceForm::of(&device.details);
    let (id, version, page) = (StoredValue::new(device.id.clone()), device.version, paths::device(&device.id));
    let (saved, outdated) = (RwSignal::new(false), RwSignal::new(false));
    let first = form.draft.get_untracked();
    let unsaved = Signal::derive(move || !saved.get() && form.draft.with(|draft| *draft != first));
    warn_before_leaving(AtStake { by_closing: unsaved, by_leaving: unsaved, page: paths::device_edit(&device.id) });

    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let to = page.clone();
    let save = move || {
        let (navigate, to) = (navigate.clone(), to.clone());
        sending.run(update_device(id.get_value(), version, form.draft.get_untracked()), move |answer| match answer {
            Ok(device) => {
                saved.set(true);
                toasts.success(format!("{} was saved.", device.details.title()));
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
            {form.sections()}
            <div class="form-bar">
                <div class="actions push">
                    {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load the device again"</Button> })}
                    <ButtonLink href=page.clone()>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
}
