//! The page with the backups of a client.

use domain::{Client, ClientId, ClientQuery, Error};
use leptos::prelude::*;

use super::{form::backup_form, list::Backups, rpc::list_backups};
use crate::{
    clients::client::rpc::get_client,
    error::UiError,
    loading::Loaded,
    paths,
    thing::{may_not, not_found, of_address},
    ui::{Crumb, Page, Section},
};

/// A client, and why the reader can't back it up.
type ClientAndRefusal = (Client, Option<String>);

/// The page.
#[component]
pub fn BackupsPage() -> impl IntoView {
    let found = of_address("client", get_client_and_refusal);
    let shown = move |found: Option<ClientAndRefusal>| match found {
        Some((client, refused)) => shown(client, refused),
        None => not_found("Client"),
    };
    view! { <Loaded resource=found view=Callback::new(shown) /> }
}

async fn get_client_and_refusal(id: ClientId) -> Result<ClientAndRefusal, UiError> {
    let client = get_client(id).await?;
    match list_backups(id, String::new()).await {
        Ok(_) => Ok((client, None)),
        Err(UiError::Refused(Error::Forbidden { reason })) => Ok((client, Some(reason))),
        Err(error) => Err(error),
    }
}

fn shown(client: Client, refused: Option<String>) -> AnyView {
    let (id, name, is_there) = (client.id, client.details.name, !client.status.is_terminated());
    let crumbs = vec![
        Crumb::text("Setup"),
        Crumb::text("Accounts"),
        Crumb::link("Clients", paths::clients(&ClientQuery::default())),
        Crumb::link(name.clone(), paths::client(id)),
        Crumb::text("Backups"),
    ];
    let title = format!("Backups of {name}");
    if let Some(reason) = refused {
        return view! { <Page title crumbs>{may_not("You can’t back up this client", reason)}</Page> }.into_any();
    }
    let asked = RwSignal::new(0);
    let form = is_there.then(|| {
        let description = "One archive of open formats with everything about the client. It is stored for 7 days.";
        let made = Callback::new(move |_| asked.update(|asked| *asked += 1));
        view! { <Section title="New backup" description>{backup_form(id, made)}</Section> }
    });
    view! {
        <Page title crumbs>
            <div class="stack">
                {form}
                <Section title="Backups"><Backups client=id asked /></Section>
            </div>
        </Page>
    }
    .into_any()
}
