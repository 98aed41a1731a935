//! The one-time link of a user.

use domain::{Invitation, Mailed, UserId};
use leptos::prelude::*;

use super::rpc::create_invitation;
use crate::{
    forms::Sending,
    paths,
    ui::{Button, ButtonVariant, CopyField, Dialog, Notice, Section, Tone, use_toasts},
};

/// The link, to copy. It is shown this once.
pub(super) fn invitation_card(invitation: &Invitation) -> AnyView {
    let link = link(invitation);
    view! {
        <Section title="Password link">{link}</Section>
    }
    .into_any()
}

fn link(invitation: &Invitation) -> AnyView {
    let path = paths::invitation(&invitation.token);
    // Only a browser makes a link, so it knows under which address the user will find us.
    let address = window().location().origin().unwrap_or_default() + &path;
    view! {
        {mailed(&invitation.mailed)}
        <CopyField
            name="invitation"
            label="Link"
            value=Signal::stored(address)
            hint="Expires in 72 hours, works once, and isn’t shown again. A new link replaces it."
        />
    }
    .into_any()
}

/// Whether the user has the link already, or somebody has to send it.
fn mailed(mailed: &Mailed) -> AnyView {
    match mailed {
        Mailed::No => view! { <p>"Share it privately."</p> }.into_any(),
        Mailed::To(address) => {
            let title = format!("A mail with this link was sent to {address}.");
            view! { <Notice tone=Tone::Positive title /> }.into_any()
        }
        Mailed::Failed(address) => {
            let title = format!("The link couldn’t be e-mailed to {address}.");
            view! { <Notice tone=Tone::Warning title>"The link works all the same. Copy it and share it privately."</Notice> }.into_any()
        }
    }
}

/// Asks, makes a link and shows it.
pub(super) fn invitation_dialog(user: UserId, name: &str, open: RwSignal<bool>) -> AnyView {
    let made = RwSignal::new(None::<Invitation>);
    let (sending, toasts) = (Sending::new(), use_toasts());
    let make = move || {
        sending.run(create_invitation(user), move |answer| match answer {
            Ok(invitation) => made.set(Some(invitation)),
            Err(error) => {
                open.set(false);
                toasts.error(error.to_string());
            }
        });
    };
    // What was shown once is gone when the dialog is shut.
    Effect::new(move |_| {
        if !open.get() {
            made.set(None);
        }
    });
    let actions = move || {
        view! {
            {move || if made.with(Option::is_none) {
                view! {
                    <Button on_click=move || open.set(false)>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary busy=sending.busy() on_click=make>"Make link"</Button>
                }.into_any()
            } else {
                view! { <Button variant=ButtonVariant::Primary on_click=move || open.set(false)>"Done"</Button> }.into_any()
            }}
        }
    };
    let body = format!(
        "{name} can set a new password with this link, and is then signed out everywhere else. The current password works until then. Earlier links stop working."
    );
    let content = move || match made.get() {
        Some(invitation) => link(&invitation),
        None => view! { <p>{body.clone()}</p> }.into_any(),
    };
    view! { <Dialog id="invitation-link" title="Password link" open actions>{content}</Dialog> }.into_any()
}
