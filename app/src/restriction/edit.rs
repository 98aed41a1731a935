//! Choosing what nobody may do at a client.

use domain::{Client, ClientId, ClientQuery, Error, Permission, PermissionBits};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    refused_to_restrict,
    rpc::{get_restrictions, set_restrictions},
};
use crate::{
    client::rpc::get_client,
    directory::{may_not, not_found, of_address},
    error::UiError,
    forms::{AtStake, Form, FormErrors, Sending, warn_before_leaving},
    loading::Loaded,
    paths,
    permission_set::PermissionTicks,
    ui::{Button, ButtonLink, ButtonVariant, Crumb, FieldGroup, Glyph, Page, Section, use_toasts},
};

/// A client, and what is restricted there; nothing for whoever may not know.
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
            (Some(restricted), None) => view! { <Editor client restricted reload /> }.into_any(),
            (_, reason) => may_not("You may not restrict permissions", reason.clone().unwrap_or_default()),
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

#[component]
fn Editor(client: Client, restricted: PermissionBits, reload: Callback<()>) -> impl IntoView {
    let Client { id, details, .. } = client;
    let offered = Permission::ALL.iter().copied().filter(|permission| permission.is_restrictable());
    let ticks = PermissionTicks::new(offered, restricted);
    let (saved, outdated) = (RwSignal::new(false), RwSignal::new(false));
    let unsaved = Signal::derive(move || !saved.get() && ticks.get() != restricted);
    warn_before_leaving(AtStake { by_closing: unsaved, by_leaving: unsaved, page: paths::client_restrictions(id) });
    let (errors, sending, toasts, navigate) = (FormErrors::new(), Sending::new(), use_toasts(), use_navigate());
    let save = move || {
        let (navigate, name) = (navigate.clone(), details.name.clone());
        sending.run(set_restrictions(id, restricted, untrack(move || ticks.get())), move |answer| match answer {
            Ok(()) => {
                saved.set(true);
                toasts.success(format!("The permissions at {name} were saved."));
                navigate(&paths::client(id), NavigateOptions::default());
            }
            Err(error) => {
                outdated.set(error.is_conflict());
                errors.refuse(error);
            }
        });
    };
    view! {
        <Form errors on_submit=save>
            <Section title="What nobody may do here" description="It holds for everybody, also for you, and whatever the roles say. Other clients are not touched.">
                <FieldGroup id="permissions" label="Restricted permissions" error=errors.of("permissions")>{ticks.view(|_| "")}</FieldGroup>
            </Section>
            <div class="form-bar">
                <div class="actions push">
                    {move || outdated.get().then(|| view! { <Button icon=Glyph::Refresh on_click=reload>"Load it again"</Button> })}
                    <ButtonLink href=paths::client(id)>"Cancel"</ButtonLink>
                    <Button variant=ButtonVariant::Primary submit=true busy=sending.busy()>"Save"</Button>
                </div>
            </div>
        </Form>
    }
}
