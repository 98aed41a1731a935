//! Where an action takes a proof of the second factor, a dialog over the page asks for it, and then the refused request is sent again.

use domain::CodeDraft;
use leptos::{ev, html, prelude::*};

#[cfg(feature = "hydrate")]
use super::asked;
use super::rpc::prove_second_factor;
use crate::{
    forms::{FormErrors, FormSummary, Sending},
    ui::{Button, ButtonVariant, CodeField},
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
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let draft = CodeDraft { code: code.get_untracked(), trust: false };
        sending.run(prove_second_factor(draft), move |answer| match answer {
            Ok(()) => close(true),
            // Three wrong codes ended the session. The request waits until its user has signed in again, and is then sent again.
            Err(error) if error.is_signed_out() => {
                #[cfg(feature = "hydrate")]
                crate::people::session::lead_to_sign_in_page();
                close(true);
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
            <header class="dialog-header"><h2 id="prove-again-title">"Confirm it’s you"</h2></header>
            <form class="form" method="dialog" novalidate on:submit=submit>
                <div class="dialog-body stack">
                    <p>"Enter a code from your authenticator app to continue. After three wrong codes, you’ll need to sign in again."</p>
                    <FormSummary errors />
                    <CodeField
                        name=CODE
                        value=code
                        error=errors.of("code")
                        hint="Each code works once: if you just used this one, wait for the next. Recovery codes work too."
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
