//! One client to change: all sections on one page, a look at what changed before it is saved, and a choice when somebody else was faster.

use domain::{Catalogues, Client, ClientQuery, Permission};
use leptos::prelude::*;

use super::editor::Editor;
use crate::{
    clients::{
        catalogue::rpc::list_catalogues,
        client::{
            NEEDS_SCRIPT,
            hub::{client_of_address, no_client},
        },
    },
    forms::NeedsScript,
    loading::{Loaded, ask},
    paths,
    thing::may_not,
    ui::{Crumb, Page},
};

/// The page.
#[component]
pub fn ClientEditPage() -> impl IntoView {
    let client = client_of_address();
    let catalogues = ask(|| (), |()| list_catalogues());
    let shown = move |client: Option<Client>| {
        let Some(client) = client else { return no_client() };
        let shown = StoredValue::new(client);
        let both = move |catalogues: Catalogues| view! { <Editor client=shown.get_value() catalogues /> }.into_any();
        shown.with_value(|client| {
            let (name, address) = (client.details.name.clone(), paths::client(client.id));
            let crumbs = vec![
                Crumb::text("Setup"),
                Crumb::text("Accounts"),
                Crumb::link("Clients", paths::clients(&ClientQuery::default())),
                Crumb::link(name.clone(), address),
                Crumb::text("Edit"),
            ];
            let refused = if client.status.is_terminated() {
                Some("A terminated client can’t be changed.".to_owned())
            } else {
                client.may.require(Permission::ClientManage).err().map(|error| error.to_string())
            };
            let content = match refused {
                Some(reason) => may_not("You can’t change this client", reason),
                None => view! { <NeedsScript sentence=NEEDS_SCRIPT /><Loaded resource=catalogues view=Callback::new(both) /> }.into_any(),
            };
            view! { <Page title=format!("Edit {name}") crumbs>{content}</Page> }.into_any()
        })
    };
    view! { <Loaded resource=client view=Callback::new(shown) /> }
}
