//! Where an action takes a proof of the second factor, a dialog over the page asks for it, and then the refused request is sent again.

use domain::{CodeDraft, SecondFactor};
use leptos::{ev, html, prelude::*};

#[cfg(feature = "hydrate")]
use super::asked;
use super::{
    passkey::prove_again,
    rpc::{get_second_factor, prove_second_factor},
};
use crate::{
    error::UiError,
    forms::{FormErrors, FormSummary, Sending},
    loading::{Answer, Loaded, ask},
    ui::{Button, ButtonVariant, Glyph, TextField},
};

/// The dialog, closed until a request asks for a proof.
#[component]
pub(crate) fn ProveAgain() -> impl IntoView {
    let (open, code) = (RwSignal::new(false), RwSignal::new(String::new()));
    let (errors, sending) = (FormErrors::new(), Sending::new());
    let node = NodeRef::<html::Dialog>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| asked::begin(open));
    Effect::new(move |_| {
        let wanted = open.get();
        if let Some(dialog) = node.get_untracked() {
            if wanted && !dialog.open() {
                _ = dialog.show_modal();
                crate::ui::focus(crate::ui::field_id(CODE));
            } else if !wanted && dialog.open() {
                dialog.close();
            }
        }
    });
    let close = move |again: bool| {
        #[cfg(feature = "hydrate")]
        asked::answer(again);
        #[cfg(not(feature = "hydrate"))]
        let _ = again;
        code.set(String::new());
        errors.reset();
        open.set(false);
    };
    let proved = move |answer: Result<(), UiError>| match answer {
        Ok(()) => close(true),
        // Three unsuccessful attempts ended the session. The request waits until its user has signed in again, and is then sent again.
        Err(error) if error.is_signed_out() => {
            #[cfg(feature = "hydrate")]
            crate::people::session::lead_to_sign_in_page();
            close(true);
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
            <header class="dialog-header"><h2 id="prove-again-title">"Confirm it’s you"</h2></header>
            <form class="form" method="dialog" novalidate on:submit=submit>
                <div class="dialog-body stack">
                    <p>"Enter a code from your authenticator app, or use a passkey, to go on. After three unsuccessful attempts you have to sign in again."</p>
                    <FormSummary errors />
                    <Loaded resource=factor view=Callback::new(passkey_button) skeleton=ViewFn::from(|| ()) />
                    <TextField
                        name=CODE
                        label="Code"
                        value=code
                        autocomplete="one-time-code"
                        required=true
                        error=errors.of("code")
                        hint="Wait for a new one if you have just used the one shown. A recovery code works too."
                    />
                </div>
                <footer class="dialog-footer actions">
                    <Button on_click=move || close(false)>"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Confirm"</Button>
                </footer>
            </form>
        }
    };
    view! {
        <dialog
            class="dialog"
            id="prove-again"
            aria-labelledby="prove-again-title"
            node_ref=node
            on:close=move |_| {
                // Closed by Escape: the request stays refused.
                if open.get_untracked() {
                    close(false);
                }
            }
        >
            {move || open.get().then(form)}
        </dialog>
    }
}

const CODE: &str = "prove.code";
