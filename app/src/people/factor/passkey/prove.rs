//! Proving the second factor with a passkey.

use leptos::prelude::*;

use super::{
    browser::sign,
    rpc::{finish_by_passkey, may_finish_by_passkey, prove_passkey, request_finish, request_proof},
};
use crate::{
    error::UiError,
    forms::Sending,
    loading::{Loaded, ask},
    ui::{Button, Glyph},
};

/// Proves the caller's second factor again.
pub(in crate::people::factor) async fn prove_again() -> Result<(), UiError> {
    let request = request_proof().await?;
    prove_passkey(sign(request, false).await?).await
}

/// Finishes a sign-in after the password.
pub(in crate::people) async fn finish(trust: bool) -> Result<(), UiError> {
    let request = request_finish().await?;
    finish_by_passkey(sign(request, trust).await?).await
}

/// A button that finishes a sign-in, for who has a passkey.
pub(in crate::people) fn finish_button(sending: Sending, on_click: Callback<()>) -> impl IntoView {
    let has_passkey = ask(|| (), |()| may_finish_by_passkey());
    let button = move |has_passkey: bool| {
        let shown = move || {
            view! { <div class="stack" data-needs-script=""><Button icon=Glyph::Key busy=sending.busy() on_click=on_click>"Use a passkey"</Button></div> }
        };
        has_passkey.then(shown).into_any()
    };
    view! { <Loaded resource=has_passkey view=Callback::new(button) skeleton=ViewFn::from(|| ()) /> }
}
