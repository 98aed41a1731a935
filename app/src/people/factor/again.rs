//! Where an action takes a proof of the second factor, a dialog over the page asks for it, and then the refused request is sent again.

use domain::{CodeDraft, SecondFactor};
use leptos::{ev, prelude::*};

use super::{
    passkey::prove_again,
    rpc::{get_second_factor, prove_second_factor},
};
use crate::{
    error::UiError,
    forms::{FormErrors, FormSummary, Sending},
    loading::{Answer, Loaded, ask},
    transport::Waiting,
    ui::{Button, ButtonVariant, CodeField, Dialog, Glyph, field_id, focus},
};

const FORM: &str = "prove-again-form";
const CODE: &str = "prove.code";

/// The dialog, closed until a request asks for a proof.
#[component]
pub(crate) fn ProveAgain() -> impl IntoView {
    let (open, code) = (RwSignal::new(false), RwSignal::new(String::new()));
    let (errors, sending, waiting) = (FormErrors::new(), Sending::new(), Waiting::new(open));
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| super::asked::begin(waiting));
    Effect::new(move |_| {
        if open.get() {
            focus(field_id(CODE));
        } else {
            // Closed without a proof: the requests stay refused.
            waiting.answer(false);
            code.set(String::new());
            errors.reset();
        }
    });
    let send_again = move || {
        waiting.answer(true);
        open.set(false);
    };
    let proved = move |answer: Result<(), UiError>| match answer {
        Ok(()) => send_again(),
        // Three unsuccessful attempts ended the session. The request waits until its user has signed in again, and is then sent again.
        Err(error) if error.is_signed_out() => {
            #[cfg(feature = "hydrate")]
            crate::people::session::lead_to_sign_in_page();
            send_again();
        }
        Err(error) => {
            code.set(String::new());
            errors.refuse(error);
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let draft = CodeDraft { code: code.get_untracked(), trust: false };
        sending.run(prove_second_factor(draft), proved);
    };
    let passkey_button = move |factor: SecondFactor| {
        let shown = || {
            let prove = move || sending.run(prove_again(), proved);
            view! { <div class="actions"><Button icon=Glyph::Key busy=sending.busy() on_click=prove>"Use a passkey"</Button></div> }
        };
        (factor.offers_passkeys && !factor.passkeys.is_empty()).then(shown).into_any()
    };
    // Rendered only while open: a hidden form would offer its field to password managers and label look-ups.
    let form = move || {
        let factor: Answer<SecondFactor> = ask(|| (), |()| get_second_factor());
        view! {
            <form class="form" id=FORM method="dialog" novalidate on:submit=submit>
                <p>"Enter a code from your authenticator app, or use a passkey, to continue. After three unsuccessful attempts, you’ll need to sign in again."</p>
                <FormSummary errors />
                <Loaded resource=factor view=Callback::new(passkey_button) skeleton=ViewFn::from(|| ()) />
                <CodeField
                    name=CODE
                    value=code
                    error=errors.of("code")
                    hint="Each code works once: if you just used this one, wait for the next. Recovery codes work too."
                />
            </form>
        }
    };
    let actions = move || {
        view! {
            <Button on_click=move || open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary submit=true form=FORM busy=sending.busy()>"Confirm"</Button>
        }
    };
    view! { <Dialog id="prove-again" title="Confirm it’s you" open actions>{move || open.get().then(form)}</Dialog> }
}
