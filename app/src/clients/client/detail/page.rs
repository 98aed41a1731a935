//! Client Details: every setting of a client, to read.

use domain::{Catalogues, Client, ClientId, ClientQuery, ClientStatus, Permission, PermissionBits, UserSummary};
use leptos::prelude::*;

use super::{
    facts::sections,
    lists::{accesses, images, providers, services},
};
use crate::{
    access::restriction::access_section,
    audit::audit_of_client,
    aws::account::client_section,
    caller::use_caller,
    clients::{
        catalogue::rpc::list_catalogues,
        client::{
            rpc::get_client,
            status::{StatusChange, StatusQuestion, may_end, status_badge, status_dialog},
        },
    },
    leaving::{
        job::use_jobs,
        termination::{TerminationQuestion, receipt_section, termination_dialog},
    },
    loading::{Answer, Loaded, ask},
    moment::moment,
    paths,
    thing::{not_found, of_address},
    ui::{Button, ButtonLink, ButtonVariant, Crumb, Description, DescriptionList, Glyph, Notice, Page, Section},
};

/// The page of one client.
#[component]
pub fn ClientPage() -> impl IntoView {
    let client = client_of_address();
    let catalogues = ask(|| (), |()| list_catalogues());
    let (question, termination, jobs) = (StatusQuestion::new(), TerminationQuestion::new(), use_jobs());
    Effect::new(move |before: Option<u64>| {
        let ended = jobs.ended();
        if before.is_some_and(|before| before != ended) {
            client.refetch();
        }
        ended
    });
    let shown = move |client: Option<Client>| {
        let Some(client) = client else { return no_client() };
        if client.status.is_terminated() {
            return bare(client);
        }
        let shown = StoredValue::new(client);
        let read = move |catalogues: Catalogues| shown.with_value(|client| details(client, &catalogues));
        view! { <Frame client=shown.get_value() question termination><Loaded resource=catalogues view=Callback::new(read) /></Frame> }.into_any()
    };
    view! {
        <Loaded resource=client view=Callback::new(shown) />
        {status_dialog(question, Callback::new(move |changed| client.set(Some(Ok(Some(changed))))))}
        {termination_dialog(termination, Callback::new(move |changed| client.set(Some(Ok(Some(changed))))))}
    }
}

/// The client whose id is in the address; none if it doesn't exist or the reader can't see it.
pub(in crate::clients::client) fn client_of_address() -> Answer<Option<Client>> {
    of_address("client", get_client)
}

/// The page for an id that doesn't exist.
pub(in crate::clients::client) fn no_client() -> AnyView {
    not_found("Client")
}

/// What remains of a client that was terminated.
fn bare(client: Client) -> AnyView {
    let (id, status, name) = (client.id, client.status, client.details.name.clone());
    let (title, text) = if status == ClientStatus::Terminating {
        ("This client is being erased", "Its users can’t sign in. This can’t be stopped or undone.")
    } else {
        ("This client was terminated", "Everything but this record was erased. To work with this client again, add it as a new one.")
    };
    let of_partner = use_caller().client.is_none();
    view! {
        <Page title=name.clone() crumbs=crumbs(name) beside=move || status_badge(status)>
            <Notice title>{text}</Notice>
            <Overview client />
            {of_partner.then(|| receipt_section(id))}
        </Page>
    }
    .into_any()
}

fn crumbs(name: String) -> Vec<Crumb> {
    vec![Crumb::text("Setup"), Crumb::text("Accounts"), Crumb::link("Clients", paths::clients(&ClientQuery::default())), Crumb::text(name)]
}

/// Heading, state and buttons.
#[component]
fn Frame(client: Client, question: StatusQuestion, termination: TerminationQuestion, children: Children) -> impl IntoView {
    let Client { id, status, may, .. } = client;
    let name = client.details.name.clone();
    let asked = name.clone();
    let crumbs = crumbs(name.clone());
    view! {
        <Page title=name crumbs beside=move || status_badge(status) actions=move || buttons(id, status, may, asked.clone(), question, termination)>
            <Overview client />
            {children()}
            {client_section(id)}
            {access_section(id)}
            {audit_of_client(id)}
        </Page>
    }
}

/// What may be done; what may not isn't offered.
fn buttons(
    id: ClientId,
    status: ClientStatus,
    may: PermissionBits,
    name: String,
    question: StatusQuestion,
    termination: TerminationQuestion,
) -> AnyView {
    let caller = use_caller();
    let change = StatusChange::allowed(&caller, may, status).map(|change| {
        let icon = if status == ClientStatus::Active { Glyph::Pause } else { Glyph::Play };
        view! { <span data-needs-script=""><Button icon on_click=move |()| question.ask(id, name.clone(), change)>{change.verb}</Button></span> }
    });
    let may_end = may_end(&caller, may);
    let back_up = may_end.then(|| view! { <ButtonLink href=paths::client_backups(id) icon=Glyph::Download>"Backups"</ButtonLink> });
    let terminate = may_end.then(|| {
        view! { <span data-needs-script=""><Button icon=Glyph::Trash on_click=move || termination.ask(id)>"Terminate"</Button></span> }
    });
    let may_edit = may.contains(Permission::ClientManage);
    let edit =
        may_edit.then(|| view! { <ButtonLink href=paths::client_edit(id) variant=ButtonVariant::Primary icon=Glyph::Pencil>"Edit"</ButtonLink> });
    view! { {change}{back_up}{terminate}{edit} }.into_any()
}

/// What the client is to Tenantry, whatever its settings.
#[component]
fn Overview(client: Client) -> impl IntoView {
    let by = |user: Option<UserSummary>| user.map(|user| format!(" by {}", user.name()));
    view! {
        <div class="card">
            <DescriptionList>
                <Description label="Unique ID"><span class="mono">{client.id.to_string()}</span></Description>
                <Description label="Created">{moment(client.created)}{by(client.created_by)}</Description>
                <Description label="Last updated">{moment(client.updated)}{by(client.updated_by)}</Description>
            </DescriptionList>
        </div>
    }
}

/// Every section.
fn details(client: &Client, catalogues: &Catalogues) -> AnyView {
    let draft = &client.details;
    let plain = sections(draft, catalogues).into_iter().map(|section| {
        let facts = section.facts.into_iter().map(|(label, value)| view! { <Description label value=Some(value) /> }).collect_view();
        view! { <Section title=section.title><DescriptionList>{facts}</DescriptionList></Section> }
    });
    let lists = [
        ("Services", services(draft, catalogues)),
        ("Alternate Access Details", accesses(draft, catalogues)),
        ("Internet Service Providers", providers(draft)),
        ("Network Architecture", images(draft)),
    ];
    let lists = lists.map(|(title, list)| view! { <Section title>{list}</Section> });
    let stored = draft.kept.iter().map(|(name, value)| view! { <Description label=name.clone() value=value.clone() /> }).collect_view();
    let stored = (!draft.kept.is_empty()).then(|| {
        view! { <Section title="Stored for other programs" description="This console doesn’t use these values."><DescriptionList>{stored}</DescriptionList></Section> }
    });
    view! { <div class="stack">{plain.collect_view()}{lists.into_iter().collect_view()}{stored}</div> }.into_any()
}
