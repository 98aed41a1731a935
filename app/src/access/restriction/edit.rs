//! The page that edits the blocked permissions of a client.

use domain::{Client, ClientId, ClientQuery, Error, Permission, PermissionBits};
use leptos::prelude::*;

use super::{
    refused_to_restrict,
    rpc::{get_restrictions, set_restrictions},
};
use crate::{
    access::permission_set::PermissionTicks,
    clients::client::{ClientTab, rpc::get_client},
    error::UiError,
    forms::{Editing, FormErrors, edit_form},
    loading::Loaded,
    paths,
    thing::{may_not, not_found, of_address},
    ui::{Crumb, FieldGroup, Page, Section},
};

/// A client and its restrictions; none if the reader may not see them.
type Both = (Client, Option<PermissionBits>);

/// The page.
#[component]
pub fn RestrictionsPage() -> impl IntoView {
    let refused = refused_to_restrict();
    let both = of_address("client", get_both);
    let reload = Callback::new(move |()| both.refetch());
    let shown = move |both: Option<Both>| {
        let Some((client, restricted)) = both else { return not_found("Client") };
        let name = client.details.name.clone();
        let crumbs = vec![
            Crumb::text("Setup"),
            Crumb::text("Accounts"),
            Crumb::link("Clients", paths::clients(&ClientQuery::default())),
            Crumb::link(name.clone(), paths::client(client.id)),
            Crumb::text("Restrict permissions"),
        ];
        let content = match (restricted, &refused) {
            (Some(restricted), None) => editor(client, restricted, reload),
            (_, reason) => may_not("You can’t restrict permissions", reason.clone().unwrap_or_default()),
        };
        view! { <Page title=format!("Restrict permissions at {name}") crumbs narrow=true>{content}</Page> }.into_any()
    };
    view! { <Loaded resource=both view=Callback::new(shown) /> }
}

async fn get_both(id: ClientId) -> Result<Both, UiError> {
    let client = get_client(id).await?;
    match get_restrictions(id).await {
        Ok(restricted) => Ok((client, Some(restricted))),
        Err(UiError::Refused(Error::Forbidden { .. } | Error::NotFound)) => Ok((client, None)),
        Err(error) => Err(error),
    }
}

fn editor(client: Client, restricted: PermissionBits, reload: Callback<()>) -> AnyView {
    let Client { id, details, .. } = client;
    let offered = Permission::ALL.iter().copied().filter(|permission| permission.is_restrictable());
    let (ticks, errors) = (PermissionTicks::new(offered, restricted), FormErrors::new());
    let changed = Signal::derive(move || ticks.get() != restricted);
    let save = move || {
        let (saving, message) =
            (set_restrictions(id, restricted, untrack(move || ticks.get())), format!("The permissions at {} were saved.", details.name));
        async { saving.await.map(|()| message) }
    };
    let fields = view! {
        <Section title="Blocked permissions" description="Nobody at this client can use these permissions, including you, whatever their roles. Other clients aren’t affected.">
            <FieldGroup id="permissions" label="Restricted permissions" error=errors.of("permissions")>{ticks.view(|_| "")}</FieldGroup>
        </Section>
    };
    edit_form(Editing { errors, changed, thing: paths::client_tab(id, ClientTab::Access), reload }, save, fields)
}
