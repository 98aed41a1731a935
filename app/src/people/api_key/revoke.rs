//! Revoking a key, after a question.

use domain::{ApiKey, ApiKeyId};
use leptos::prelude::*;

use super::rpc::revoke_api_key;
use crate::{
    forms::Sending,
    ui::{ConfirmDialog, use_toasts},
};

/// The question.
pub(super) fn revoke_dialog(id: ApiKeyId, name: &str, open: RwSignal<bool>, changed: Callback<ApiKey>) -> AnyView {
    let (sending, toasts) = (Sending::new(), use_toasts());
    let go = move || {
        sending.run(revoke_api_key(id), move |answer| {
            open.set(false);
            match answer {
                Ok(key) => {
                    toasts.success(format!("{} was revoked.", key.name));
                    changed.run(key);
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    view! {
        <ConfirmDialog
            id="revoke-api-key"
            title=format!("Revoke {name}?")
            body="Programs that use the key stop working at once, even those that already have a token. This can’t be undone."
            confirm="Revoke"
            danger=true
            open
            busy=sending.busy()
            on_confirm=go
        />
    }
    .into_any()
}
