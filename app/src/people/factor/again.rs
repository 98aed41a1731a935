//! Where an action takes a proof of the second factor, a dialog over the page asks for it, and then the refused request is sent again.

use domain::CodeDraft;
use leptos::{ev, prelude::*};

use super::rpc::prove_second_factor;
use crate::{
    forms::{FormErrors, FormSummary, Sending},
    transport::Waiting,
    ui::{Button, ButtonVariant, CodeField, Dialog, field_id, focus},
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
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let draft = CodeDraft { code: code.get_untracked(), trust: false };
        sending.run(prove_second_factor(draft), move |answer| match answer {
            Ok(()) => send_again(),
            // Three wrong codes ended the session. The request waits until its user has signed in again, and is then sent again.
            Err(error) if error.is_signed_out() => {
                #[cfg(feature = "hydrate")]
                crate::people::session::lead_to_sign_in_page();
                send_again();
            }
            Err(error) => {
                code.set(String::new());
                errors.refuse(error);
            }
        });
    };
    // Rendered only while open: a hidden form would offer its field to password managers and label look-ups.
    let form = move || {
        view! {
            <form class="form" id=FORM method="dialog" novalidate on:submit=submit>
                <p>"Enter a code from your authenticator app to continue. After three wrong codes, you’ll need to sign in again."</p>
                <FormSummary errors />
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
