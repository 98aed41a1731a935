//! Deleting a permission set, after a question.

use domain::{PermissionSetId, PermissionSetQuery};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::rpc::delete_permission_set;
use crate::{
    forms::{Sending, replacing},
    paths,
    ui::{ConfirmDialog, use_toasts},
};

/// The question.
pub(super) fn delete_dialog(id: PermissionSetId, name: String, open: RwSignal<bool>) -> AnyView {
    let (sending, toasts, navigate) = (Sending::new(), use_toasts(), use_navigate());
    let title = format!("Delete {name}?");
    let go = move || {
        let (navigate, name) = (navigate.clone(), name.clone());
        sending.run(delete_permission_set(id.clone()), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("{name} was deleted."));
                    navigate(&paths::permission_sets(&PermissionSetQuery::default()), replacing());
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    view! {
        <ConfirmDialog
            id="delete-permission-set"
            title
            body="This can’t be undone. A set that roles use can’t be deleted: remove it from them first."
            confirm="Delete"
            danger=true
            open
            busy=sending.busy()
            on_confirm=go
        />
    }
    .into_any()
}
