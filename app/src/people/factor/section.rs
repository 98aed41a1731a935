//! The second factor on the account page.

use domain::{AuthenticatorApp, Draft, FactorOffDraft, RecoveryCodes, SecondFactor};
use leptos::prelude::*;

use super::{
    codes::NewRecoveryCodes,
    passkey::{AddPasskey, PasskeysList},
    rpc::{get_second_factor, renew_recovery_codes, turn_off_second_factor},
    set_up::SetUp,
};
use crate::{
    forms::{Form, FormErrors, NeedsScript, Sending, Unsaved, violations_of},
    loading::{Answer, Loaded, ask},
    moment::moment,
    ui::{Badge, Button, ButtonVariant, CodeField, ConfirmDialog, Description, DescriptionList, PasswordField, Section, Tone, use_toasts},
};

/// What the section shows instead of the state.
#[derive(Clone, PartialEq)]
enum Doing {
    Nothing,
    SettingUp,
    AddingPasskey,
    ShowingCodes(RecoveryCodes),
    TurningOff {
        /// Whether there is an authenticator app, of which a code is asked for.
        has_app: bool,
    },
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
        Doing::Nothing => view! { <Loaded resource=factor view=Callback::new(move |factor| state(factor, doing, done).into_any()) /> }.into_any(),
        Doing::SettingUp => view! { <SetUp on_done=done on_cancel=move || doing.set(Doing::Nothing) /> }.into_any(),
        Doing::ShowingCodes(codes) => view! { <NewRecoveryCodes codes on_done=done /> }.into_any(),
        Doing::AddingPasskey => view! { <AddPasskey on_done=done on_cancel=move || doing.set(Doing::Nothing) /> }.into_any(),
        Doing::TurningOff { has_app } => view! { <TurnOff has_app on_done=done on_cancel=move || doing.set(Doing::Nothing) /> }.into_any(),
    };
    view! {
        <Section title="Two-factor authentication" description="A code from an authenticator app, or a passkey, asked for after your password.">{shown}</Section>
    }
}

fn state(factor: SecondFactor, doing: RwSignal<Doing>, on_changed: Callback<()>) -> impl IntoView {
    let (is_on, has_app, required) = (factor.is_on(), factor.app.is_some(), factor.required);
    let (sending, toasts) = (Sending::new(), use_toasts());
    let asks_renewal = RwSignal::new(false);
    let renew = move || {
        sending.run(renew_recovery_codes(), move |answer| {
            asks_renewal.set(false);
            match answer {
                Ok(codes) => doing.set(Doing::ShowingCodes(codes)),
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    let because = required.then(|| "Your organization requires two-factor authentication.".to_owned());
    let app = factor.app.map(|AuthenticatorApp { name, since, last_used }| {
        view! {
            {(!name.is_empty()).then(|| view! { <Description label="Authenticator app" value=name /> })}
            <Description label="Set up">{moment(since)}</Description>
            <Description label="Last used">{moment(last_used)}</Description>
        }
    });
    let on = is_on.then(|| {
        view! {
            <p><Badge tone=Tone::Positive text="On" /></p>
            <DescriptionList>
                {app}
                <Description label="Recovery codes left" value=factor.recovery_codes.to_string() />
            </DescriptionList>
        }
    });
    let set_up = move || doing.set(Doing::SettingUp);
    let app_button = if has_app {
        view! { <Button on_click=set_up>"Use another app"</Button> }.into_any()
    } else {
        let variant = if is_on { ButtonVariant::Secondary } else { ButtonVariant::Primary };
        view! { <Button variant on_click=set_up>"Set up authenticator app"</Button> }.into_any()
    };
    view! {
        {on}
        <NeedsScript />
        <div class="actions" data-needs-script="">
            {is_on.then(|| view! { <Button on_click=move || asks_renewal.set(true)>"Get new recovery codes"</Button> })}
            {app_button}
            {is_on
                .then(|| {
                    view! {
                        <Button variant=ButtonVariant::Danger disabled_because=because on_click=move || doing.set(Doing::TurningOff { has_app })>
                            "Turn off"
                        </Button>
                    }
                })}
        </div>
        <ConfirmDialog
            id="renew-recovery-codes"
            title="Get new recovery codes?"
            body="The codes that you have stop working."
            confirm="Get new codes"
            open=asks_renewal
            busy=sending.busy()
            on_confirm=renew
        />
        <PasskeysList
            passkeys=factor.passkeys
            has_app
            offered=factor.offers_passkeys
            on_add=move || doing.set(Doing::AddingPasskey)
            on_removed=on_changed
        />
    }
}

#[component]
fn TurnOff(
    /// Whether there is an authenticator app. Without one, a passkey is asked for in the dialog of every other proof.
    has_app: bool,
    #[prop(into)] on_done: Callback<()>,
    #[prop(into)] on_cancel: Callback<()>,
) -> impl IntoView {
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let draft = Signal::derive(move || FactorOffDraft { password: password.get(), code: code.get() });
    let errors = FormErrors::with_rules(Signal::derive(move || violations_of(draft.get().check(has_app))));
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
            {has_app
                .then(|| {
                    view! { <CodeField name="code" value=code error=errors.of("code") on_blur=errors.leave("code") hint="From your authenticator app, or a recovery code." /> }
                })}
            <div class="actions">
                <Button variant=ButtonVariant::Danger submit=true busy=sending.busy()>"Turn off"</Button>
                <Button on_click=on_cancel>"Cancel"</Button>
            </div>
        </Form>
    }
}
