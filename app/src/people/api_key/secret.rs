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
        <Section title="Key and secret" description="Store the secret where only your program can read it.">
            <CopyField name="key" label="Key" value=Signal::stored(key) />
            <CopyField name="secret" label="Secret" value=Signal::stored(secret) />
        </Section>
        <Section title="Try it" description="Request a token, then send it with every call as Authorization: Bearer, followed by the token.">
            <CopyField name="call" label="Requesting a token" value=Signal::stored(call) hint="The response has the token as access_token, and its lifetime in seconds." />
        </Section>
    }
    .into_any()
}
