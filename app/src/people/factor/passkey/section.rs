//! The passkeys on the account page.

use domain::{MAX_PASSKEYS, Passkey};
use leptos::prelude::*;

use super::rpc::delete_passkey;
use crate::{
    forms::Sending,
    moment::moment,
    ui::{Button, ButtonSize, ButtonVariant, ConfirmDialog, Glyph, use_toasts},
};

/// The caller's passkeys, each with a button that removes it, and one that adds another.
#[component]
pub(in crate::people::factor) fn PasskeysList(
    passkeys: Vec<Passkey>,
    /// Whether there is an authenticator app, too.
    has_app: bool,
    /// Whether passkeys can be made and used here.
    offered: bool,
    /// Somebody wants to add one.
    #[prop(into)]
    on_add: Callback<()>,
    /// One was removed.
    #[prop(into)]
    on_removed: Callback<()>,
) -> impl IntoView {
    let (asked, open, sending, toasts) = (RwSignal::new(None::<Passkey>), RwSignal::new(false), Sending::new(), use_toasts());
    let is_only = !has_app && passkeys.len() == 1;
    let because = is_only.then(|| "This is your only second factor. Set up another first, or turn two-factor authentication off.".to_owned());
    let full = (passkeys.len() >= MAX_PASSKEYS).then(|| format!("You have {MAX_PASSKEYS} passkeys. Remove one first."));
    let remove = move || {
        let Some(Passkey { id, name, .. }) = asked.get_untracked() else { return };
        sending.run(delete_passkey(id), move |answer| {
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.success(format!("“{name}” is removed. You were signed out everywhere else."));
                    on_removed.run(());
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    let row = move |passkey: Passkey| {
        let label = format!("Remove {}", passkey.name);
        let shown = passkey.clone();
        let ask = move || {
            asked.set(Some(passkey.clone()));
            open.set(true);
        };
        view! {
            <li>
                <span><strong>{shown.name}</strong><br /><small>"Added "{moment(shown.since)}", last used "{moment(shown.last_used)}</small></span>
                <span data-needs-script="">
                    <Button
                        variant=ButtonVariant::Quiet
                        size=ButtonSize::Small
                        icon=Glyph::Trash
                        label
                        disabled_because=because.clone()
                        on_click=ask
                    />
                </span>
            </li>
        }
    };
    let add = view! { <Button icon=Glyph::Plus disabled_because=full on_click=move || on_add.run(())>"Add passkey"</Button> };
    let add = if offered {
        view! { <div class="actions" data-needs-script="">{add}</div> }.into_any()
    } else {
        view! { <p>"Passkeys can’t be used here yet: the operator of the server has to set its public address, which begins with https and has a name."</p> }
            .into_any()
    };
    view! {
        <h3>"Passkeys"</h3>
        <p>"Sign in with your fingerprint, face or PIN, or with a security key. Most passkeys also sign you in without your password."</p>
        {(!passkeys.is_empty())
            .then(|| view! { <ul class="passkeys" aria-label="Passkeys">{passkeys.into_iter().map(row).collect_view()}</ul> })}
        {add}
        <ConfirmDialog
            id="remove-passkey"
            title="Remove passkey?"
            body="It can’t be used to sign in here any more, and you are signed out everywhere else. Delete it on your device, too."
            confirm="Remove"
            danger=true
            open
            busy=sending.busy()
            on_confirm=remove
        />
    }
}
