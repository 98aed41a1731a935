//! Choosing the type of a new credential set. What is chosen stands in the address, so that it works as links, also without scripts.

use domain::{CREDENTIAL_TYPES, limits};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::words::type_about;
use crate::{
    clients::client::client_of_form,
    paths,
    ui::{Button, Section, TextField},
};

/// The types with a form of their own, and any other.
pub(super) fn kinds() -> AnyView {
    let client = client_of_form();
    let tile = move |kind: &domain::CredentialType| {
        view! { <li><a class="tile" href=paths::credential_set_new(kind.key, client)><strong>{kind.label}</strong><span>{type_about(kind.key)}</span></a></li> }
    };
    let (other, navigate) = (RwSignal::new(String::new()), use_navigate());
    let go = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = other.get_untracked();
        if !typed.trim().is_empty() {
            navigate(&paths::credential_set_new(typed.trim(), client), NavigateOptions::default());
        }
    };
    view! {
        <div class="stack">
            <Section title="Type" description="Determines the fields. This can’t be changed later.">
                <ul class="tiles" role="list">{CREDENTIAL_TYPES.iter().map(tile).collect_view()}</ul>
            </Section>
            <Section title="Another type" description="Anything else. The form has every field.">
                <form class="form" method="get" action=paths::credential_set_new("", None) on:submit=go>
                    {client.map(|client| view! { <input type="hidden" name="client" value=client.to_string() /> })}
                    <TextField name="type" label="Name of the type" value=other max_length=limits::CREDENTIAL_TYPE required=true />
                    <div class="actions"><Button submit=true>"Continue"</Button></div>
                </form>
            </Section>
        </div>
    }
    .into_any()
}
