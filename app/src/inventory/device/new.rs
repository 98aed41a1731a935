//! Making a device.

use domain::{DeviceQuery, Permission, Scope};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{form::DeviceForm, list::DEVICES, rpc::create_device};
use crate::{
    caller::{refusal, use_caller},
    clients::client::{ClientTab, back_from_form, form_for_client},
    forms::{Form, Sending, Unsaved, replacing},
    paths,
    thing::{belongs_to, may_not},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Page, Picked, use_toasts},
};

/// The page.
#[component]
pub fn NewDevicePage() -> impl IntoView {
    let caller = use_caller();
    let description = if caller.client.is_some() { belongs_to(&caller.organization) } else { String::new() };
    let content = match refusal(Permission::DeviceManage, Scope::Visible) {
        Some(reason) => may_not("You can’t add devices", reason),
        None => form_for_client(|client| view! { <NewDeviceForm client /> }.into_any()),
    };
    view! { <Page title="Add device" description crumbs=DEVICES.crumbs([Crumb::text("Add")]) narrow=true>{content}</Page> }
}

#[component]
fn NewDeviceForm(client: Picked) -> impl IntoView {
    let own = use_caller().client;
    let form = DeviceForm::new(own.is_none().then_some(client));
    let back = back_from_form(ClientTab::Devices, paths::devices(&DeviceQuery::default()));
    let unsaved = Unsaved::of(move || (form.client(), form.draft.get()));

    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let save = move || {
        let navigate = navigate.clone();
        sending.run(create_device(own.or_else(|| form.client()), form.draft.get_untracked()), move |answer| match answer {
            Ok(device) => {
                unsaved.saved();
                toasts.success(format!("{} was added.", device.details.title()));
                navigate(&paths::device(&device.id), replacing());
            }
            Err(error) => form.errors.refuse(error),
        });
    };
    view! {
        <Form errors=form.errors unsaved focus_first=true on_submit=save>
            {form.sections()}
            <div class="form-bar">
                <div class="actions push">
                    <ButtonLink href=back>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Add device"</Button>
                </div>
            </div>
        </Form>
    }
}
