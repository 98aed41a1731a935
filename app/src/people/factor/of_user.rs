//! Another user's second factor, for those who manage them.

use domain::{AuthenticatorApp, Passkey, SecondFactor, UserId};
use leptos::prelude::*;

use super::rpc::{get_second_factor_of, reset_second_factor};
use crate::{
    forms::Sending,
    loading::{Answer, Loaded, ask},
    moment::moment,
    ui::{Button, ConfirmDialog, Description, DescriptionList, Section, use_toasts},
};

/// Whether the user has one, and a button that removes it.
pub(crate) fn second_factor_of(user: UserId, refused: Option<String>) -> impl IntoView {
    let factor: Answer<SecondFactor> = ask(move || user, get_second_factor_of);
    let (open, sending, toasts) = (RwSignal::new(false), Sending::new(), use_toasts());
    let reset = move || {
        sending.run(reset_second_factor(user), move |answer| {
            open.set(false);
            match answer {
                Ok(left) => {
                    factor.set(Some(Ok(left)));
                    toasts.success("Two-factor authentication is reset. The user was signed out everywhere.");
                }
                Err(error) => toasts.error(error.to_string()),
            }
        });
    };
    let shown = move |factor: SecondFactor| view! { <State factor refused=refused.clone() open /> }.into_any();
    view! {
        <Section title="Two-factor authentication">
            <Loaded resource=factor view=Callback::new(shown) />
            <ConfirmDialog
                id="reset-second-factor"
                title="Reset two-factor authentication?"
                body="They’re signed out everywhere, then sign in with their password or, where required, set it up again. Make sure the request really comes from them."
                confirm="Reset"
                danger=true
                open
                busy=sending.busy()
                on_confirm=reset
            />
        </Section>
    }
}

#[component]
fn State(factor: SecondFactor, refused: Option<String>, open: RwSignal<bool>) -> impl IntoView {
    let is_on = factor.is_on();
    let SecondFactor { app, passkeys, recovery_codes, required, .. } = factor;
    if !is_on {
        let asked = if required { "Not set up. Required at their next sign-in." } else { "Not set up." };
        return view! { <p>{asked}</p> }.into_any();
    }
    let app = app.map(|AuthenticatorApp { name, since, last_used }| {
        view! {
            {(!name.is_empty()).then(|| view! { <Description label="Authenticator app" value=name /> })}
            <Description label="Authenticator app since">{moment(since)}</Description>
            <Description label="Last used">{moment(last_used)}</Description>
        }
    });
    let one = |Passkey { name, since, last_used, .. }: Passkey| view! { <div>{name}", added "{moment(since)}", last used "{moment(last_used)}</div> };
    let passkeys: Vec<_> = passkeys.into_iter().map(one).collect();
    view! {
        <DescriptionList>
            {app}
            {(!passkeys.is_empty()).then(|| view! { <Description label="Passkeys">{passkeys}</Description> })}
            <Description label="Recovery codes left" value=recovery_codes.to_string() />
        </DescriptionList>
        <div class="actions" data-needs-script="">
            <Button disabled_because=refused on_click=move || open.set(true)>"Reset…"</Button>
        </div>
    }
    .into_any()
}
