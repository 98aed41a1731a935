//! Changing one's e-mail address.

use domain::{Draft, EmailChangeDraft, EmailSetting, PendingEmail, limits};
use leptos::prelude::*;

use super::rpc::{cancel_email_change, change_email, get_email_setting};
use crate::{
    caller::use_caller,
    forms::{Form, FormErrors, Sending, Unsaved, violations_of},
    loading::{Loaded, ask},
    moment::exact,
    ui::{Button, ButtonVariant, Notice, PasswordField, Section, TextField, use_toasts},
};

/// The form, and what waits to be confirmed.
pub(super) fn email_section() -> impl IntoView {
    let setting = ask(|| (), |()| get_email_setting());
    let refetch = Callback::new(move |()| setting.refetch());
    let shown = move |setting: EmailSetting| match setting {
        EmailSetting { has_mail: false, .. } => {
            view! { <p>"This server sends no mail. Ask your administrator to change your e-mail address."</p> }.into_any()
        }
        EmailSetting { pending: Some(pending), .. } => view! { <Pending pending on_done=refetch /> }.into_any(),
        EmailSetting { pending: None, .. } => view! { <Change on_done=refetch /> }.into_any(),
    };
    view! { <Section title="E-mail address"><Loaded resource=setting view=Callback::new(shown) /></Section> }
}

#[component]
fn Pending(pending: PendingEmail, on_done: Callback<()>) -> impl IntoView {
    let (sending, toasts) = (Sending::new(), use_toasts());
    let cancel = move || {
        sending.run(cancel_email_change(), move |answer| {
            match answer {
                Ok(()) => toasts.success("Change cancelled."),
                Err(error) => toasts.error(error.to_string()),
            }
            on_done.run(());
        });
    };
    let PendingEmail { email, expires } = pending;
    view! {
        <Notice title=format!("Waiting for confirmation of {email}")>"Open the link that we mailed there. It expires on "{exact(expires)}"."</Notice>
        <div class="actions" data-needs-script="">
            <Button busy=sending.busy() on_click=cancel>"Cancel change"</Button>
        </div>
    }
}

#[component]
fn Change(on_done: Callback<()>) -> impl IntoView {
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let before = StoredValue::new(use_caller().user.email);
    let draft = Signal::derive(move || EmailChangeDraft { email: email.get(), password: password.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(before.with_value(|before| draft.get().check(before)))));
    let unsaved = Unsaved::of(move || [email.get(), password.get()]);
    let (sending, toasts) = (Sending::new(), use_toasts());
    let change = move || {
        sending.run(change_email(draft.get_untracked()), move |answer| match answer {
            Ok(pending) => {
                unsaved.saved();
                toasts.success(format!("A link was mailed to {}.", pending.email));
                on_done.run(());
            }
            Err(error) => errors.refuse(error),
        });
    };
    view! {
        <Form errors unsaved on_submit=change>
            <TextField
                name="email"
                label="New e-mail address"
                value=email
                kind="email"
                required=true
                max_length=limits::EMAIL
                hint="We’ll email it a link. Open the link to complete the change."
                error=errors.of("email")
                on_blur=errors.leave("email")
            />
            <PasswordField
                name="password"
                label="Password"
                hint="To confirm it’s you."
                value=password
                error=errors.of("password")
                on_blur=errors.leave("password")
                required=true
            />
            <div class="actions">
                <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Send link"</Button>
            </div>
        </Form>
    }
}
