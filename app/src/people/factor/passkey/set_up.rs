//! Adding a passkey.

use domain::{Draft, PasskeyDraft, PasskeyRequest, RecoveryCodes, limits};
use leptos::prelude::*;

use super::{
    super::codes::NewRecoveryCodes,
    browser::make,
    rpc::{create_passkey, request_passkey},
};
use crate::{
    forms::{Form, FormErrors, Sending, Unsaved, violations_of},
    ui::{Button, ButtonVariant, PasswordField, TextField, field_id, focus, use_toasts},
};

/// A name for it, then the browser asks for the rest, and then the recovery codes if it is the first second factor.
#[component]
pub(in crate::people::factor) fn AddPasskey(
    /// Whether that finishes a sign-in, which began with the password.
    #[prop(optional)]
    signs_in: bool,
    /// The passkey is added, and the recovery codes are stored.
    #[prop(into)]
    on_done: Callback<()>,
    /// Nothing is added.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let (name, password, codes) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(None::<RecoveryCodes>));
    // What the browser made, in case the server asks for something else: the person isn't asked twice.
    let made = StoredValue::new(None::<(PasskeyRequest, String)>);
    let draft = Signal::derive(move || PasskeyDraft { name: name.get(), password: password.get(), ..PasskeyDraft::default() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(signs_in))));
    let (unsaved, sending, toasts) = (Unsaved::of(move || [name.get(), password.get()]), Sending::new(), use_toasts());
    // What was pressed to come here is gone.
    Effect::new(|_| focus(field_id("name")));
    let add = move || {
        let draft = draft.get_untracked();
        let added = async move {
            let (request, answer) = match made.get_value() {
                Some(made) => made,
                None => {
                    let request = request_passkey().await?;
                    let answer = make(&request).await?;
                    _ = made.try_set_value(Some((request.clone(), answer.clone())));
                    (request, answer)
                }
            };
            create_passkey(PasskeyDraft { ceremony: request.ceremony, answer, ..draft }).await
        };
        sending.run(added, move |answer| match answer {
            Ok(new) => {
                unsaved.saved();
                toasts.success("The passkey is added. You were signed out everywhere else.");
                match new {
                    Some(new) => codes.set(Some(new)),
                    None => on_done.run(()),
                }
            }
            Err(error) => {
                // Otherwise the same answer still counts.
                if error.is_conflict() {
                    made.set_value(None);
                }
                errors.refuse(error);
            }
        });
    };
    let form = move || {
        view! {
            <Form errors unsaved on_submit=add>
                <p>"Your browser asks you next to confirm with your fingerprint, face or PIN, or with a security key."</p>
                <TextField
                    name="name"
                    label="Name"
                    value=name
                    required=true
                    max_length=limits::SHORT_NAME
                    error=errors.of("name")
                    on_blur=errors.leave("name")
                    hint="To recognize it later, such as “Work laptop”."
                />
                {(!signs_in)
                    .then(|| view! { <PasswordField name="password" label="Password" value=password error=errors.of("password") required=true /> })}
                <div class="actions">
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Add passkey"</Button>
                    <Button on_click=move || on_cancel.run(())>"Cancel"</Button>
                </div>
            </Form>
        }
    };
    move || match codes.get() {
        Some(codes) => view! { <NewRecoveryCodes codes on_done /> }.into_any(),
        None => form().into_any(),
    }
}
