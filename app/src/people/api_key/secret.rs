//! A new key with its secret, which is shown this once.

use domain::NewApiKey;
use leptos::prelude::*;

use crate::{
    paths,
    ui::{CopyField, Notice, Section, Tone, focus},
};

/// Key and secret to copy, and how a program begins with them.
pub(super) fn secret_card(new: &NewApiKey) -> AnyView {
    let NewApiKey { key, secret } = new.clone();
    // It takes the place of a form that may be longer than the window: begin at its top.
    Effect::new(|_| focus("content"));
    // Only a browser makes a key, so it knows under which address programs will find us.
    let address = window().location().origin().unwrap_or_default() + &paths::token();
    let call = format!("curl {address} -d grant_type=client_credentials -d client_id={key} -d client_secret={secret}");
    view! {
        <Notice tone=Tone::Warning title="Copy the secret now">
            <p>"We can’t show it again. If you lose it, create a new key."</p>
        </Notice>
        <Section title="Key and secret" description="Keep the secret where your program finds it and nobody else does.">
            <CopyField name="key" label="Key" value=Signal::stored(key) />
            <CopyField name="secret" label="Secret" value=Signal::stored(secret) />
        </Section>
        <Section title="Try it" description="A program asks for a token, and sends it along with every call: Authorization: Bearer, and the token.">
            <CopyField name="call" label="Asking for a token" value=Signal::stored(call) hint="The answer has the token as access_token, and says for how many seconds it is good." />
        </Section>
    }
    .into_any()
}
