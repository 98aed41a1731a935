//! The second factor on the account page.

use domain::{AuthenticatorApp, Draft, FactorOffDraft, RecoveryCodes, SecondFactor};
use leptos::prelude::*;

use super::{
    codes::NewRecoveryCodes,
    rpc::{get_second_factor, renew_recovery_codes, turn_off_second_factor},
    set_up::SetUp,
};
use crate::{
    forms::{Form, FormErrors, NeedsScript, Sending, Unsaved, violations_of},
    loading::{Answer, Loaded, ask},
    moment::moment,
    ui::{Badge, Button, ButtonVariant, CodeField, Description, DescriptionList, PasswordField, Section, Tone, use_toasts},
};

/// What the section shows instead of the state.
#[derive(Clone, PartialEq)]
enum Doing {
    Nothing,
    SettingUp,
    ShowingCodes(RecoveryCodes),
    TurningOff,
}

/// The section: whether the second factor is on, and buttons to set it up, replace it, or turn it off.
pub(crate) fn second_factor_section() -> impl IntoView {
    let factor: Answer<SecondFactor> = ask(|| (), |()| get_second_factor());
    let doing = RwSignal::new(Doing::Nothing);
    let done = Callback::new(move |()| {
        doing.set(Doing::Nothing);
        factor.refetch();
    });
    let shown = move || match doing.get() {
        Doing::Nothing => view! { <Loaded resource=factor view=Callback::new(move |factor| state(factor, doing).into_any()) /> }.into_any(),
        Doing::SettingUp => view! { <SetUp on_done=done /> }.into_any(),
        Doing::ShowingCodes(codes) => view! { <NewRecoveryCodes codes on_done=done /> }.into_any(),
        Doing::TurningOff => view! { <TurnOff on_done=done on_cancel=move || doing.set(Doing::Nothing) /> }.into_any(),
    };
    view! {
        <Section title="Two-factor authentication" description="A code from an authenticator app on your phone, asked for after your password.">{shown}</Section>
    }
}

fn state(SecondFactor { app, recovery_codes, required }: SecondFactor, doing: RwSignal<Doing>) -> impl IntoView {
    let (sending, toasts) = (Sending::new(), use_toasts());
    let renew = move || {
        sending.run(renew_recovery_codes(), move |answer| match answer {
            Ok(codes) => doing.set(Doing::ShowingCodes(codes)),
            Err(error) => toasts.error(error.to_string()),
        });
    };
    let because = required.then(|| "Your organization requires two-factor authentication.".to_owned());
    match app {
        None => view! {
            <NeedsScript />
            <div class="actions" data-needs-script="">
                <Button variant=ButtonVariant::Primary on_click=move || doing.set(Doing::SettingUp)>"Set up authenticator app"</Button>
            </div>
        }
        .into_any(),
        Some(AuthenticatorApp { since, last_used }) => view! {
            <p><Badge tone=Tone::Positive text="On" /></p>
            <DescriptionList>
                <Description label="Set up">{moment(since)}</Description>
                <Description label="Last used">{moment(last_used)}</Description>
                <Description label="Recovery codes left" value=recovery_codes.to_string() />
            </DescriptionList>
            <NeedsScript />
            <div class="actions" data-needs-script="">
                <Button busy=sending.busy() on_click=renew>"Get new recovery codes"</Button>
                <Button on_click=move || doing.set(Doing::SettingUp)>"Use another app"</Button>
                <Button variant=ButtonVariant::Danger disabled_because=because on_click=move || doing.set(Doing::TurningOff)>"Turn off"</Button>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn TurnOff(#[prop(into)] on_done: Callback<()>, #[prop(into)] on_cancel: Callback<()>) -> impl IntoView {
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let draft = Signal::derive(move || FactorOffDraft { password: password.get(), code: code.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(()))));
    let (unsaved, sending, toasts) = (Unsaved::of(move || [password.get(), code.get()]), Sending::new(), use_toasts());
    let turn_off = move || {
        sending.run(turn_off_second_factor(draft.get_untracked()), move |answer| match answer {
            Ok(()) => {
                unsaved.saved();
                toasts.success("Two-factor authentication is off. You were signed out everywhere else.");
                on_done.run(());
            }
            // Three wrong codes ended the session.
            Err(error) if error.is_signed_out() => {
                #[cfg(feature = "hydrate")]
                crate::people::session::lead_to_sign_in_page();
            }
            Err(error) => errors.refuse(error),
        });
    };
    view! {
        <Form errors unsaved on_submit=turn_off>
            <PasswordField name="password" label="Password" value=password error=errors.of("password") on_blur=errors.leave("password") required=true />
            <CodeField name="code" value=code error=errors.of("code") on_blur=errors.leave("code") hint="From your authenticator app, or a recovery code." />
            <div class="actions">
                <Button variant=ButtonVariant::Danger submit=true busy=sending.busy()>"Turn off"</Button>
                <Button on_click=on_cancel>"Cancel"</Button>
            </div>
        </Form>
    }
}
