//! Signing in with a passkey alone.

use leptos::prelude::*;

use super::{
    browser::sign,
    rpc::{request_sign_in, sign_in_by_passkey},
};
use crate::{
    forms::Sending,
    ui::{Button, Glyph, Notice, Tone},
};

/// The button of the sign-in page.
pub(in crate::people) fn passkey_sign_in(next: String) -> impl IntoView {
    let (sending, refusal) = (Sending::new(), RwSignal::new(String::new()));
    let enter = move || {
        refusal.set(String::new());
        let next = next.clone();
        let signed_in = async { sign_in_by_passkey(sign(request_sign_in().await?, false).await?).await };
        sending.run(signed_in, move |answer| match answer {
            // Somebody is signed in now, which needs a new page.
            Ok(()) => _ = window().location().set_href(&next),
            Err(error) => refusal.set(error.into_violations().iter().map(|violation| violation.message.clone()).collect()),
        });
    };
    view! {
        <div class="stack" data-needs-script="">
            <Button icon=Glyph::Key busy=sending.busy() on_click=enter>"Sign in with a passkey"</Button>
            {move || (!refusal.get().is_empty()).then(|| view! { <Notice tone=Tone::Danger title=refusal.get() /> })}
        </div>
    }
}
