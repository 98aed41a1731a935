//! Making a role of another name that lists the same.

use domain::{RoleSummary, Violation, Violations, limits};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::rpc::copy_role;
use crate::{
    forms::{Form, FormErrors, Sending, Unsaved},
    paths,
    ui::{Button, ButtonVariant, Dialog, TextField, use_toasts},
};

const FORM: &str = "copy-role-form";

/// Asks for the name.
pub(super) fn copy_dialog(role: &RoleSummary, open: RwSignal<bool>) -> AnyView {
    let id = StoredValue::new(role.id.clone());
    let proposed = format!("{} (copy)", role.name);
    let name = RwSignal::new(proposed.clone());
    // The dialog starts with the proposed name each time it opens.
    Effect::new(move |_| {
        if !open.get() {
            name.set(proposed.clone());
        }
    });
    let (errors, unsaved) = (FormErrors::new(), Unsaved::of(move || name.get()));
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let copy = move || {
        let navigate = navigate.clone();
        sending.run(copy_role(id.get_value(), name.get_untracked()), move |answer| match answer {
            Ok(role) => {
                open.set(false);
                unsaved.saved();
                toasts.success(format!("{} was added. Nobody has it yet.", role.name));
                navigate(&paths::role(&role.id), NavigateOptions::default());
            }
            Err(error) => errors.show(in_dialog(error.into_violations())),
        });
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary submit=true form=FORM busy=sending.busy()>"Copy"</Button>
        }
    };
    view! {
        <Dialog id="copy-role" title=format!("Copy {}?", role.name) open unsaved=unsaved.changed() actions>
            <Form id=FORM errors unsaved on_submit=copy>
                <p>"The new role has the same permission sets, clients, devices and credential sets, but no users and groups yet."</p>
                <TextField name="copy.name" label="Name of the copy" value=name error=errors.of("copy.name") required=true max_length=limits::SHORT_NAME />
            </Form>
        </Dialog>
    }
    .into_any()
}

/// The page around the dialog may have a name too; the other fields are not here.
fn in_dialog(violations: Violations) -> Violations {
    let inside = |Violation { field, message }| Violation { field: if field == "name" { "copy.name".to_owned() } else { String::new() }, message };
    violations.into_iter().map(inside).collect()
}
